"""What was typed, as an answer: one reader for each kind, with the words of what to mend. Pure."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date

from sauro.core.errors import Invalid
from sauro.core.text import _, tidy
from sauro.forms.rules.shape import Form, Kind, Page, Question, constant
from sauro.forms.rules.showing import Said, asked, is_shown, kept
from sauro.people import rules as people

_NEEDED: Mapping[Kind, str] = {
    Kind.CHOICE: _("Chọn một câu trả lời cho “{label}”."),
    Kind.YES_NO: _("Chọn có hoặc không cho “{label}”."),
    Kind.DATE: _("Ghi đủ ngày, tháng, năm cho “{label}”."),
    Kind.PLACE: _("Chọn xã, phường cho “{label}”."),
    Kind.ROWS: _("Ghi ít nhất {least} dòng cho “{label}”."),
}
_FILL = _("Ghi “{label}”.")
_GROUPING = re.compile(r"[\s.,đ]+|vnd", re.IGNORECASE)
_YEARS = (1800, 2200)
Typed = Mapping[str, str]


def read(question: Question, typed: Typed, *, places: Collection[str], prefix: str = "") -> object:
    """Return the answer that was typed; None where nothing was and nothing is needed.

    :raises Invalid: the sentence says what to mend; field is the question's key
    """
    try:
        found = _READERS[question.kind](question, typed, prefix, places)
    except Invalid as mend:
        raise Invalid(_plain(str(mend)), field=prefix + question.key) from mend
    if found is None and question.is_needed:
        raise Invalid(
            _NEEDED.get(question.kind, _FILL),
            field=prefix + question.key,
            label=question.label,
            least=question.least or 1,
        )
    return found


def _plain(sentence: str) -> str:
    """Return a finished sentence as one whose braces are no places to fill."""
    return sentence.replace("{", "{{").replace("}", "}}")


def _string(question: Question, typed: Typed, prefix: str) -> str:
    return typed.get(prefix + question.key, "")


def _text(question: Question, typed: Typed, prefix: str, _places: Collection[str]) -> str | None:
    said = tidy(_string(question, typed, prefix))
    if len(said) > question.longest:
        raise Invalid(
            _("“{label}” dài quá {limit} ký tự. Rút gọn lại."),
            label=question.label,
            limit=question.longest,
        )
    return said or None


def _area(question: Question, typed: Typed, prefix: str, places: Collection[str]) -> str | None:
    lines = _string(question, typed, prefix).splitlines()
    said = "\n".join(tidy(line) for line in lines).strip()
    return _text(question, {prefix + question.key: said}, prefix, places) and said


def _number(question: Question, typed: Typed, prefix: str, _places: Collection[str]) -> int | None:
    said = _GROUPING.sub("", unicodedata.normalize("NFKC", _string(question, typed, prefix)))
    if not said:
        return None
    if not (said.isascii() and said.isdecimal()) or len(said) > 15:  # noqa: PLR2004 - đồng
        raise Invalid(_("“{label}” là một số, chỉ ghi chữ số."), label=question.label)
    number = int(said)
    if question.least is not None and number < question.least:
        raise Invalid(
            _("“{label}” ít nhất là {least}."), label=question.label, least=question.least
        )
    if question.most is not None and number > question.most:
        raise Invalid(
            _("“{label}” nhiều nhất là {most}."), label=question.label, most=question.most
        )
    return number


def _date(question: Question, typed: Typed, prefix: str, _places: Collection[str]) -> str | None:
    name = prefix + question.key
    parts = [tidy(typed.get(f"{name}_{part}", "")) for part in "dmy"]
    if not any(parts):
        return None
    try:
        found = date(*(int(part) for part in reversed(parts)))
    except ValueError as cause:
        raise Invalid(
            _("“{label}” chưa là một ngày có thật. Ví dụ: 5 3 1990."), label=question.label
        ) from cause
    if not _YEARS[0] <= found.year < _YEARS[1]:
        raise Invalid(_("Xem lại năm của “{label}”, ghi đủ bốn chữ số."), label=question.label)
    return found.isoformat()


def _choice(question: Question, typed: Typed, prefix: str, _places: Collection[str]) -> str | None:
    said = _string(question, typed, prefix)
    return said if said in dict(question.options) else None


def _yes_no(question: Question, typed: Typed, prefix: str, _places: Collection[str]) -> bool | None:
    return {"yes": True, "no": False}.get(_string(question, typed, prefix))


def _place(question: Question, typed: Typed, prefix: str, places: Collection[str]) -> str | None:
    said = _string(question, typed, prefix)
    return said if said in places else None


def _checked_by(check: Callable[[str], str]) -> "_Reader":
    def read_one(
        question: Question, typed: Typed, prefix: str, _places: Collection[str]
    ) -> str | None:
        said = _string(question, typed, prefix)
        return (check(said) or None) if said.strip() else None

    return read_one


def _rows(
    question: Question, typed: Typed, prefix: str, places: Collection[str]
) -> list[dict[str, object]] | None:
    numbers = sorted(
        {
            int(name.split(".")[1])
            for name in typed
            if name.startswith(f"{prefix}{question.key}.")
            and name.split(".")[1].isdecimal()
            and len(name.split(".")[1]) < 4  # noqa: PLR2004 - up to 999, of which 200 are taken
        }
    )
    rows = [_row(question, typed, f"{prefix}{question.key}.{n}.", places) for n in numbers]
    found = [row for row in rows if row]
    if len(found) > (question.most or 0):
        raise Invalid(
            _("“{label}” nhận nhiều nhất {most} dòng; phần còn lại gửi kèm thành tệp."),
            label=question.label,
            most=question.most,
        )
    return found if len(found) >= (question.least or 1) else None


def _row(
    question: Question, typed: Typed, prefix: str, places: Collection[str]
) -> dict[str, object]:
    is_blank = not any(v.strip() for k, v in typed.items() if k.startswith(prefix))
    if is_blank:
        return {}
    answers = {part.key: read(part, typed, places=places, prefix=prefix) for part in question.rows}
    return {key: answer for key, answer in answers.items() if answer is not None}


_Reader = Callable[[Question, Typed, str, Collection[str]], object]
_READERS: Mapping[Kind, "_Reader"] = {
    Kind.TEXT: _text,
    Kind.AREA: _area,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.PLACE: _place,
    Kind.PID: _checked_by(people.check_pid),
    Kind.NAME: _checked_by(people.check_name),
    Kind.PHONE: _checked_by(people.check_phone),
    Kind.EMAIL: _checked_by(people.check_email),
    Kind.ROWS: _rows,
}


def missing(form: Form, questions: Collection[Question], said: Said) -> str:
    """Return what the first unanswered needed question asks for; "" where all are answered."""
    for question in questions:
        if question.is_needed and said.get(question.key) is None and is_shown(form, question, said):
            words = _NEEDED.get(question.kind, _FILL)
            return words.format(label=question.label, least=question.least or 1)
    return ""


def read_page(
    form: Form, page: Page, typed: Typed, said: Said, *, places: Collection[str]
) -> tuple[dict[str, object], dict[str, str]]:
    """Return all answers after a page was typed, and for each question what is to be mended."""
    found = dict(said)
    errors: dict[str, str] = {}
    for question in asked(form, page, said):
        found.pop(question.key, None)
        if not is_shown(form, question, found):
            continue
        try:
            answer = read(question, typed, places=places)
        except Invalid as mend:
            errors[mend.field] = str(mend)
            continue
        if answer is not None:
            found[question.key] = answer
    return kept(form, found), errors


def fits(question: Question, answer: object) -> bool:
    """Test whether an answer given to a question of the same name elsewhere can answer this one."""
    match question.kind:
        case Kind.ROWS:
            return isinstance(answer, list) and all(_is_row(question, row) for row in answer)
        case Kind.YES_NO:
            return isinstance(answer, bool)
        case Kind.NUMBER | Kind.MONEY:
            return isinstance(answer, int) and not isinstance(answer, bool)
        case Kind.CHOICE:
            return constant(answer) in {value for value, _label in question.options}
        case Kind.DATE:
            return isinstance(answer, str) and _is_day(answer)
        case _:
            return isinstance(answer, str)


def _is_row(question: Question, row: object) -> bool:
    return isinstance(row, dict) and all(
        fits(part, row[part.key]) for part in question.rows if part.key in row
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def typed(questions: Collection[Question], said: Said, prefix: str = "") -> dict[str, str]:
    """Return stored answers as they would be typed: the reverse of reading them."""
    boxes: dict[str, str] = {}
    for question in questions:
        answer = said.get(question.key)
        name = prefix + question.key
        if isinstance(answer, list):
            for number, row in enumerate(answer):
                boxes |= typed(question.rows, row, f"{name}.{number}.")
        elif question.kind is Kind.DATE and answer is not None:
            year, month, day = str(answer).split("-")
            boxes |= {f"{name}_d": str(int(day)), f"{name}_m": str(int(month)), f"{name}_y": year}
        elif answer is not None:
            boxes[name] = constant(answer)
    return boxes
