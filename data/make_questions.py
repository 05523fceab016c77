"""Make the question files of `questions/` from what people say (parts/) and the records.

    .venv/bin/python data/make_questions.py [FOLDER]

The same input gives the same files, byte for byte: what is chosen is chosen by a hash. What a
right answer contains is read from the records, never written by hand. FOLDER: the shared
development questions (qa/) of other projects, whose licence allows it; without it, shared.jsonl
stays as it is. A procedure is wholly in one split, so that `held` is never what was looked at.
"""

import csv
import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sauro.core.text import fold
from sauro.procedures import rules
from sauro.procedures.rules import FeeKind, ProcedureRecord

HERE = Path(__file__).resolve().parent / "questions"
RECORDS = HERE.parent / "procedures" / "procedures.jsonl.gz"
OURS = {"source": "dự án tự soạn", "licence": "như dự án"}
FORM = re.compile(r"\b(?:CT|DC|TK|TP|HT|NA)\s?\d{2}[a-z]?\b")
A_SHORT_NAME = 60
HELD_OF_TEN = 3
HOTICH = 150

Row = dict[str, Any]
Need = tuple[tuple[str, ...], str]


def lines(name: str) -> Iterator[list[str]]:
    """Yield the fields of a file of `parts/`; # begins a remark."""
    with (HERE / "parts" / name).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        yield from (row for row in rows if row and not row[0].startswith("#"))


def pick(among: Sequence[Any], *said: object) -> Any:  # noqa: ANN401 - one of what was given
    """Return one of several, always the same for the same words."""
    return among[number(*said) % len(among)]


def number(*said: object) -> int:
    """Return a number that hangs on the words alone."""
    return int(hashlib.sha256("|".join(map(str, said)).encode()).hexdigest()[:12], 16)


def records() -> dict[str, ProcedureRecord]:
    """Return every record by its code."""
    with gzip.open(RECORDS, "rt", encoding="utf-8") as file:
        found = (rules.parse(json.loads(line)) for line in file)
        return {record.code: record for record in found}


def values(record: ProcedureRecord) -> dict[str, list[str]]:
    """Return the parts that a record has, each with what a right answer says of it."""
    fees = [fee for method in record.methods for fee in method.fees]
    amounts = sorted({fee.amount for fee in fees if fee.kind is FeeKind.SET})
    terms = sorted({str(method.term) for method in record.methods if method.term})
    papers = [item for case in record.cases for item in case.items]
    forms = sorted({f for item in papers for f in FORM.findall(f"{item.name} {item.form}")})
    names = [name for name in record.results if len(name) <= A_SHORT_NAME]
    has = {
        "phi_le_phi": (fees, [f"{a:,}".replace(",", ".") for a in amounts], 2),
        "thoi_han": (terms, terms, 1),
        "thanh_phan_ho_so": (papers, forms[:1], 1),
        "noi_nop": (record.implementers, [], 1),
        "cach_thuc": (record.methods, [], 1),
        "trinh_tu": (record.steps, [], 1),
        "dieu_kien": (record.requirements, [], 1),
        "can_cu": (record.laws, [law.code for law in record.laws if law.code][:1], 1),
        "ket_qua": (record.results, names[:1], 1),
    }
    kept = {part: (said, most) for part, (there, said, most) in has.items() if there}
    return {part: said if len(said) <= most else [] for part, (said, most) in kept.items()}


class Maker:
    """Puts questions together. known: records by code; asking: (shape, words) by part."""

    def __init__(self) -> None:
        self.known = records()
        self.needs: list[Need] = [
            (tuple(row[0].split(",")), need.strip())
            for row in lines("needs.tsv")
            for need in row[1].split("|")
        ]
        self.asking: dict[str, list[tuple[str, str]]] = {}
        for part, shape, words in lines("asking.tsv"):
            self.asking.setdefault(part, []).append((shape, words))
        self.frames = [row[0] for row in lines("frames.tsv")]

    def part(self, codes: Sequence[str], *said: object) -> tuple[str, list[str]]:
        """Return a part that the record has, and what an answer says of it."""
        has = values(self.known[codes[0]])
        weighted = [p for p in has for _ in range(3 if p in COMMON else 1)]
        part = pick(weighted, "part", *said)
        same = all(values(self.known[code]).get(part) == has[part] for code in codes[1:])
        return part, has[part] if same else []

    def words(self, need: str, part: str, *said: object) -> str:
        """Return a question: the need and the part, in one of the ways people say them."""
        shape, asked = pick(self.asking[part], "asked", need, *said)
        if shape == "trước":
            frames = [f for f in self.frames if "muốn" not in f and "cần" not in f]
            inner = f"{asked} {need}"
        else:
            frames, inner = self.frames, f"{need} {asked}"
        frame = pick(frames, "frame", need, *said)
        if not frame.startswith("{}"):
            inner = inner[:1].lower() + inner[1:]
        text = str(frame.format(inner)).replace("??", "?")
        return text[:1].upper() + text[1:]

    def row(self, kind: str, codes: Sequence[str], question: str, **more: Any) -> Row:  # noqa: ANN401
        """Return one line of a file."""
        held = number("split", codes[0] if codes else question) % 10 < HELD_OF_TEN
        return {
            "id": f"{kind}-{hashlib.sha256(question.encode()).hexdigest()[:8]}",
            "kind": kind,
            "split": "held" if held else "dev",
            "question": question,
            "expect": "answer",
            "gold_codes": list(codes),
            **more,
            **OURS,
        }

    def asked(self, kind: str, need: Need, change: Any = None) -> Row:  # noqa: ANN401
        """Return a question about a need. change: what is done to its words."""
        codes, said = need
        part, wanted = self.part(codes, kind, said)
        question = self.words(said, part, kind)
        if change is not None:
            question = change(question)
        return self.row(kind, codes, question, gold_intent=part, expected_values=wanted)

    def everyday(self) -> Iterator[Row]:
        """Yield a question for every need, as people say it."""
        yield from (self.asked("everyday", need) for need in self.needs)

    def unaccented(self) -> Iterator[Row]:
        """Yield every second need without marks, mostly without signs, as on a telephone."""
        for need in self.needs[::2]:
            yield self.asked("no_diacritics", need, fold)

    def typos(self) -> Iterator[Row]:
        """Yield needs with one or two slips of the keyboard."""
        slips = [(right, wrong) for right, wrong in lines("typos.tsv")]

        def slip(text: str) -> str:
            there = [(right, wrong) for right, wrong in slips if right in text]
            first = pick(there, "slip", text)
            text = text.replace(*first, 1)
            rest = [each for each in there if each[0] in text and each != first]
            return text.replace(*pick(rest, "slip2", text), 1) if len(rest) > 1 else text

        for need in self.needs[1::3]:
            if any(right in need[1] for right, _wrong in slips):
                yield self.asked("typos", need, slip)

    def old_places(self) -> Iterator[Row]:
        """Yield needs with the name of a place before or after the merger."""
        places = [row[0] for row in lines("old_places.tsv")]
        for codes, said in self.needs[2::6]:
            part, wanted = self.part(codes, "place", said)
            place = pick(places, "place", said)
            _shape, asked = pick([a for a in self.asking[part] if a[0] == "sau"], said)
            question = f"{place[:1].upper()}{place[1:]} {said} {asked}?"
            yield self.row("old_place", codes, question, gold_intent=part, expected_values=wanted)

    def follow_ups(self) -> Iterator[Row]:
        """Yield questions that name no procedure, after one that did (subject, after)."""
        lead = ("Thế {}?", "Còn {}?", "Vậy {} vậy?", "{}?", "thế {} hả em")
        for codes, said in self.needs[3::7]:
            part, wanted = self.part(codes, "follow", said)
            _shape, asked = pick([a for a in self.asking[part] if a[0] == "sau"], "f", said)
            question = pick(lead, said).format(asked.removeprefix("thì "))
            row = self.row("follow_up", codes, question, gold_intent=part, expected_values=wanted)
            yield {
                **row,
                "id": f"follow_up-{hashlib.sha256((said + question).encode()).hexdigest()[:8]}",
                "subject": codes[0],
                "after": self.words(said, "thanh_phan_ho_so", "follow"),
            }

    def others(self) -> Iterator[Row]:
        """Yield what is not answered: outside, unsafe, of others, ambiguous, courtesies."""
        text = (HERE / "parts" / "others.jsonl").read_text(encoding="utf-8")
        for group in map(json.loads, text.splitlines()):
            codes = group.get("gold_codes", [])
            for question in group["questions"]:
                row = self.row(group["kind"], codes, question)
                yield {**row, "expect": group["expect"]}


COMMON = {"phi_le_phi", "thoi_han", "thanh_phan_ho_so", "noi_nop"}


def shared(qa: Path, known: dict[str, ProcedureRecord]) -> Iterator[Row]:
    """Yield development questions of other projects under MIT and Apache-2.0."""
    ctcv = {"source": "bminhnemhoi/ctcv_aiangtaotre2026", "licence": "Apache-2.0"}
    for row in read(qa / "ctcv_dev.jsonl"):
        if row["kind"] != "out_of_kb":  # outside that project's catalogue, inside ours
            codes = [row["gold_code"]] if row["gold_code"] else []
            kept = ("id", "kind", "question", "expect", "gold_intent", "expected_values")
            yield {**{k: row[k] for k in kept}, "split": "dev", "gold_codes": codes, **ctcv}
    faq = {"source": "drpie143/egov-bot@6a12816", "licence": "MIT"}
    for row in read(qa / "dvcqg_faq_74.jsonl"):
        if codes := [code for code in row["gold_codes_full"] if code in known]:
            kind = {"id": row["id"], "kind": "portal_faq", "split": "dev", "expect": "answer"}
            yield {**kind, "question": row["question"], "gold_codes": codes, **faq}
    hotich = {"source": "thhieu2904/LegalRAG@f94b54c", "licence": "MIT"}
    rows = sorted(read(qa / "hotich_chungthuc_questions.jsonl"), key=lambda r: number(r["id"]))
    on_page = beside_a_text()
    for row in sorted(rows[:HOTICH], key=lambda r: str(r["id"])):
        kind = {"id": row["id"], "kind": "civil_status", "split": "dev", "expect": "answer"}
        about = {"kind": "on_page", "subject": row["gold_codes"][0]} if row["id"] in on_page else {}
        question = {"question": row["question"], "gold_codes": row["gold_codes"]}
        yield {**kind, **question, **about, **hotich}


def beside_a_text() -> frozenset[str]:
    """Return the ids of questions that make sense only on the page of their procedure."""
    lines = (HERE / "parts" / "on_page.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(id_ for line in lines if not line.startswith("#") for id_ in line.split())


def read(path: Path) -> list[Row]:
    """Return the objects of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def write(name: str, rows: Iterator[Row]) -> None:
    """Write a file, each question once."""
    kept = {row["id"]: row for row in rows}
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept.values())
    (HERE / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(kept):>5}  {name}\n")


def main(words: list[str]) -> None:
    """Write every file."""
    maker = Maker()
    write("everyday.jsonl", maker.everyday())
    write("no_diacritics.jsonl", maker.unaccented())
    write("typos.jsonl", maker.typos())
    write("old_places.jsonl", maker.old_places())
    write("follow_ups.jsonl", maker.follow_ups())
    write("others.jsonl", maker.others())
    if words:
        write("shared.jsonl", shared(Path(words[0]), maker.known))


if __name__ == "__main__":
    main(sys.argv[1:])
