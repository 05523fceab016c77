"""One case: where its time went, whose delay it is, and why it is where it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sauro.cases import queries as cases
from sauro.cases.rules import GO_ON, PAUSE, PROMISE, Process
from sauro.core.actor import Actor
from sauro.core.clock import local, local_day
from sauro.core.errors import NotFound
from sauro.core.explain import Explanation, from_data
from sauro.core.workdays import Term, Unit, WorkingCalendar
from sauro.events import queries as events
from sauro.events.queries import HistoryLine
from sauro.lateness.models import Breach, Verdict
from sauro.lateness.queries import access, facts, letters
from sauro.lateness.queries.facts import CaseFacts
from sauro.lateness.queries.letters import LetterState
from sauro.lateness.rules import charging, minutes, verdicts
from sauro.lateness.rules.charging import NOBODY, Account, Share, Span, Stop
from sauro.lateness.rules.here import Moved, why_here
from sauro.lateness.rules.lanes import Lane, lanes
from sauro.lateness.rules.verdicts import LABELS
from sauro.offices import queries as offices
from sauro.offices.roster import Roster
from sauro.onestop.rules import LABELS as STATES
from sauro.onestop.rules import State

PARTIES = {
    "OFFICE": "Cơ quan giải quyết",
    "CITIZEN": "Chờ người nộp",
    "OTHER": "Chờ cơ quan khác",
    NOBODY: "Bất khả kháng",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A line of the table: a task with its minutes. caused_by: the number of the line blamed."""

    number: int
    step: str
    who: str
    office: str
    share: Share
    caused_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Where the time of a case went. delay: against the first promise, until the end or now."""

    case: CaseFacts
    state: str
    process: Process
    account: Account
    lines: Sequence[TaskLine]
    lanes: Sequence[Lane]
    by_party: Sequence[tuple[str, str, int]]
    by_office: Sequence[tuple[str, int]]
    by_official: Sequence[tuple[str, int]]
    term: Term
    due_words: str
    delay_words: str
    day: int
    end_at: datetime
    target_at: datetime
    verdicts: Sequence[tuple[str, str, str]]
    explanation: Explanation | None
    here: Explanation | None
    stops: Sequence[Stop]
    letter: LetterState | None
    breach: bool


def why(actor: Actor, code: str, *, now: datetime) -> Why:
    """Return where the time of a case went, for an official who may see it.

    Eight queries, however much happened in it.

    :raises NotFound: no such case, not of this official's offices, or not accepted yet; the
        first two look the same
    """
    case = facts.facts_for(actor, code, now=now)
    roster = offices.roster(local_day(now))
    if case.started_at is None or case.promised_first is None:
        raise NotFound(facts.NOT_STARTED)
    spans = facts.spans_of([case.case_id])[case.case_id]
    stops = facts.stops_of([case.case_id]).get(case.case_id, [])
    end = case.finished_at or case.ended_at or now
    calendar = offices.working_calendar()
    whole = facts.course(
        spans, stops, started_at=case.started_at, due_at=case.promised_first, end_at=end
    )
    line = charging.scale_of(calendar, whole)
    account = charging.account(calendar, whole, line)
    process = cases.process(case.process_id)
    verdict = Verdict.objects.filter(pk=case.case_id).first()
    day = calendar.minutes_a_day()
    names = {step.key: step.name for step in process.steps}
    return Why(
        case=case,
        state=STATES[State(case.state)],
        process=process,
        account=account,
        lines=_lines(account, names, roster),
        lanes=lanes(whole, account, line, names),
        by_party=[(party, PARTIES[party], spent) for party, spent in account.by_party.items()],
        by_office=_named(account, "office_id", lambda key: access.office_name(roster, key)),
        by_official=_named(account, "official_id", lambda key: _name(roster, key)),
        term=Term(case.limit_value, Unit(case.limit_unit)),
        due_words=verdicts.said(local(case.promised_first)),
        delay_words=minutes.words(account.delay, day),
        day=day,
        end_at=end,
        target_at=_target(case, account, calendar),
        verdicts=_verdicts(verdict),
        explanation=from_data(verdict.explanation) if verdict else None,
        here=_here(case, process, spans, roster),
        stops=stops,
        letter=letters.letter_of(case.case_id),
        breach=Breach.objects.filter(pk=case.case_id).exists(),
    )


def _target(case: CaseFacts, account: Account, calendar: WorkingCalendar) -> datetime:
    started = case.started_at or case.opened_at
    term = Term(case.limit_value, Unit(case.limit_unit))
    legal = case.legal_due_at or case.promised_first or started
    return verdicts.target(calendar, local(started), term, local(legal), stood=account.waited)


def _lines(account: Account, names: Mapping[str, str], roster: Roster) -> list[TaskLine]:
    number = {share.span.id: n for n, share in enumerate(account.shares, start=1)}
    return [
        TaskLine(
            number=number[share.span.id],
            step=names.get(share.span.step, share.span.step),
            who=_name(roster, share.span.official_id),
            office=access.office_name(roster, share.span.office_id),
            share=share,
            caused_by=number[share.caused_by] if share.caused_by else None,
        )
        for share in account.shares
    ]


def _name(roster: Roster, official_id: int) -> str:
    row = access.named(roster, official_id)
    return row.name if row else "Cán bộ đã chuyển công tác"


def _named(account: Account, attribute: str, name: Any) -> list[tuple[str, int]]:  # noqa: ANN401
    found = [(name(key), part) for key, part in account.delay_of(attribute).items() if part]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _verdicts(verdict: Verdict | None) -> list[tuple[str, str, str]]:
    """Return (measure, verdict in words, code) of a case that was judged."""
    if verdict is None:
        return []
    found = [
        ("So với hẹn trả lần đầu", verdict.original),
        ("So với hẹn trả sau cùng", verdict.official),
        ("Chỉ tiêu 2.1, Quyết định 766", verdict.index_766),
    ]
    return [(what, LABELS[verdicts.Verdict(code)], code) for what, code in found]


def _here(
    case: CaseFacts, process: Process, spans: Sequence[Span], roster: Roster
) -> Explanation | None:
    """Return why an open case is at its step: the rule, what it was given, and the version."""
    current = next((span for span in reversed(spans) if span.done_at is None), None)
    if current is None:
        return None
    moved = _last_move(events.history("cases.case", case.case_id))
    return why_here(
        process,
        current,
        moved,
        who=_name(roster, current.official_id),
        office=access.office_name(roster, current.office_id),
        case_id=case.case_id,
    )


def _last_move(history: Sequence[HistoryLine]) -> Moved | None:
    """Return what brought the case to its step; what touched only its clock did not."""
    for line in reversed(history):
        verb = str(line.data.get("verb", ""))
        if line.verb in {"case.moved", "case.opened"} and verb not in {PROMISE, PAUSE, GO_ON}:
            return Moved(local(line.at), line.who, verb, str(line.data.get("note", "")))
    return None
