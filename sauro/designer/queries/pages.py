"""What each page of the designer shows, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from sauro.cases import catalogue
from sauro.cases.catalogue import Published
from sauro.cases.picture import of_definition, picture, rails
from sauro.core.errors import NotFound
from sauro.designer import queries
from sauro.designer.queries import DraftRow
from sauro.designer.rules import checks, comparing, reconciling, words
from sauro.designer.rules.checks import Problem
from sauro.designer.rules.comparing import Difference
from sauro.procedures import queries as procedures
from sauro.procedures.queries import ProcedureHit


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A line of the list: the newest version of a process, or one that is only a draft yet."""

    code: str
    name: str
    version: int
    since: date | None
    serves: str
    running: int
    steps: int
    draft: DraftRow | None


def listed() -> list[ListRow]:
    """Return every process by name, then those not published yet. Two queries."""
    open_drafts = {row.code: row for row in queries.drafts()}
    rows = [
        ListRow(
            code=row.code,
            name=row.name,
            version=row.version,
            since=row.since,
            serves=_serves(row.definition),
            running=row.running,
            steps=len(row.definition["steps"]),
            draft=open_drafts.pop(row.code, None),
        )
        for row in catalogue.newest()
    ]
    new = [
        ListRow(
            code=row.code,
            name=row.name,
            version=0,
            since=None,
            serves=_serves(row.definition),
            running=0,
            steps=len(row.definition.get("steps", ())),
            draft=row,
        )
        for row in open_drafts.values()
    ]
    return [*rows, *new]


def _serves(definition: Mapping[str, Any]) -> str:
    codes = definition.get("procedures") or ()
    return f"{len(codes)} thủ tục" if codes else "Mọi thủ tục còn lại"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step with its six clarities in words, and what is to be mended in it."""

    number: int
    key: str
    name: str
    kind: str
    who: str
    work: str
    duty: str
    length: str
    product: str
    then: tuple[str, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def steps_of(
    definition: Mapping[str, Any], problems: Sequence[Problem] = ()
) -> tuple[StepRow, ...]:
    """Return the steps of a process in words. No query."""
    names = words.names_of(definition)
    return tuple(
        StepRow(
            number=number,
            key=step["key"],
            name=step.get("name") or "Bước chưa có tên",
            kind="" if step.get("kind", "WORK") == "WORK" else words.said(step, "kind", names),
            who=words.said(step, "post", names),
            work=step.get("work", ""),
            duty=words.said(step, "at", names),
            length=words.said(step, "length", names),
            product=step.get("product", ""),
            then=tuple(
                words.moves_said({verb: move}, names)
                for verb, move in words.ordered(step.get("moves") or {})
            ),
            notes=_notes(step, names),
            problems=tuple(problem for problem in problems if problem.step == step["key"]),
        )
        for number, step in enumerate(definition.get("steps", ()), start=1)
    )


def _notes(step: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    notes = []
    if step.get("joins"):
        notes.append("Mở khi mọi nhánh đã xong")
    if step.get("silence"):
        notes.append(f"Im lặng quá hạn là “{words.said(step, 'silence', names)}”")
    if step.get("party"):
        waiting = step.get("agency") or words.said(step, "party", names)
        pause = words.said(step, "pause", names).lower()
        notes.append(f"Chờ: {waiting}" + (f" ({pause})" if pause else ""))
    notes.extend(step[part] for part in ("note", "basis") if step.get(part))
    return tuple(notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessPage:
    """One version of a process, the others, and its draft."""

    shown: Published
    versions: tuple[Published, ...]
    steps: tuple[StepRow, ...]
    picture: Markup
    basis: str
    limit: str
    longest: str
    procedures: tuple[ProcedureHit, ...]
    draft: DraftRow | None

    @property
    def left_behind(self) -> tuple[Published, ...]:
        """Return the older versions on which cases still run."""
        return tuple(row for row in self.versions if not row.is_newest and row.running)


def process(code: str, version: int | None = None) -> ProcessPage:
    """Return a process in its newest or another version. Three queries.

    :raises NotFound: there is no such process or version
    """
    versions = catalogue.versions(code)
    shown = next((row for row in versions if version in {None, row.version}), None)
    if shown is None:
        raise NotFound(catalogue.NO_SUCH_PROCESS)
    definition = shown.definition
    serves = tuple(definition.get("procedures") or ())
    return ProcessPage(
        shown=shown,
        versions=tuple(versions),
        steps=steps_of(definition),
        picture=picture(of_definition({**definition, "name": shown.name})),
        basis=str(definition.get("basis", "")),
        limit=words.about_said(definition, "limit"),
        longest=longest_said(definition),
        procedures=tuple(procedures.by_codes(serves)) if serves else (),
        draft=next((row for row in queries.drafts() if row.code == code), None),
    )


def longest_said(definition: Mapping[str, Any]) -> str:
    """Return the longest way in words: "60% thời hạn và 2 ngày làm việc"."""
    way = reconciling.longest(definition)
    if way is None:
        return ""
    parts = [f"{way.share}% thời hạn"] if way.share else []
    parts += [reconciling.said(way.hours)] if way.hours else []
    return " và ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions of a process side by side."""

    older: Published
    newer: Published
    versions: tuple[Published, ...]
    differences: tuple[Difference, ...]


def comparison(code: str, older: int | None, newer: int | None) -> Comparison:
    """Return how two versions differ; by default the newest and the one before. One query.

    :raises NotFound: there is no such process or version
    """
    versions = catalogue.versions(code)
    numbers = {row.version: row for row in versions}
    newer = newer or versions[0].version
    older = older or max((n for n in numbers if n < newer), default=newer)
    if older not in numbers or newer not in numbers:
        raise NotFound(catalogue.NO_SUCH_PROCESS)
    before, after = numbers[min(older, newer)], numbers[max(older, newer)]
    return Comparison(
        older=before,
        newer=after,
        versions=tuple(versions),
        differences=tuple(comparing.compare(whole(before), whole(after))),
    )


def whole(row: Published) -> dict[str, Any]:
    """Return a published definition with the name in it, to be compared."""
    return {**row.definition, "name": row.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorPage:
    """A draft being drawn: steps, what is to be mended, the picture, one step open."""

    draft: DraftRow
    steps: tuple[StepRow, ...]
    problems: tuple[Problem, ...]
    general: tuple[Problem, ...]
    picture: Markup
    longest: str
    targets: tuple[tuple[str, str], ...]
    open: Mapping[str, Any] | None


def editor(
    row: DraftRow, opened: str = "", *, typed: Mapping[str, Any] | None = None
) -> EditorPage:
    """Return the page of a draft with a step open; typed: as filled in now, saved or not.

    No query.
    """
    definition = row.definition
    if typed is not None:
        replaced = [typed if s["key"] == opened else s for s in definition["steps"]]
        definition = {**definition, "steps": replaced}
    found = checks.problems(definition, queries.workflow_of(definition))
    step = next((s for s in definition.get("steps", ()) if s["key"] == opened), None)
    return EditorPage(
        draft=row,
        steps=steps_of(definition, found),
        problems=tuple(found),
        general=tuple(problem for problem in found if not problem.step),
        picture=rails(of_definition({**definition, "name": row.name})),
        longest=longest_said(definition),
        targets=tuple(words.names_of(definition).items()),
        open=step,
    )


def versions_between(row: DraftRow) -> list[Difference]:
    """Return what was published since the draft was begun, beside its base. One query."""
    if not row.base_version:
        return []
    versions = {found.version: found for found in catalogue.versions(row.code)}
    newest, base = versions[max(versions)], versions.get(row.base_version)
    if base is None or newest.version == base.version:
        return []
    return comparing.compare(whole(base), whole(newest))
