"""What is late and what will be, for those who can still do something about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sauro.cases import queries as cases
from sauro.core.actor import Actor
from sauro.core.clock import at_local, local_day
from sauro.core.statements import named_rows
from sauro.core.text import _
from sauro.core.workdays import WorkingCalendar
from sauro.lateness.queries import access, breaches, counting, forecasts, letters
from sauro.lateness.queries.counting import Page
from sauro.lateness.queries.facts import course, spans_of, stops_of
from sauro.lateness.queries.forecasts import OpenCase
from sauro.lateness.rules import charging, minutes
from sauro.lateness.rules.charging import Account, Share
from sauro.lateness.rules.pace import Forecast
from sauro.offices import queries as offices
from sauro.offices.roster import Roster
from sauro.offices.rules import OfficialRow
from sauro.offices.scopes import scope

SHOWN = 15
FIRST = Page(0, SHOWN)
_DAYS_AHEAD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A case that will be late at today's pace. rescue: minutes to be found, and of which step.

    words: what is missing; left: the time to the promise. action: "SIGN", "NUDGE" or "OPEN".
    """

    case_id: int
    code: str
    who: str
    title: str
    step: str
    holder: OfficialRow | None
    promised_at: datetime
    ends_at: datetime
    missing: int
    words: str
    left: str
    rescue: Sequence[tuple[str, str]]
    action: str
    nudged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A case past its first promise. cause: the step with most of the delay, and its part.

    again_at: the new promise of an apology, None where there is none.
    """

    case_id: int
    code: str
    who: str
    title: str
    step: str
    holder: OfficialRow | None
    promised_at: datetime
    again_at: datetime | None
    apologised: bool
    words: str
    cause: str
    cause_holder: str
    cause_part: str
    action: str
    nudged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Lateness of an office or of the province now. at_risk: cheapest rescue first.

    looked_at: how many open cases, late or promised in the next days, were counted among.
    """

    name: str
    is_all: bool
    late: Sequence[Late]
    late_count: int
    at_risk: Sequence[Risk]
    risk_count: int
    to_sign: int
    breaches: int
    looked_at: int


def overview(actor: Actor, *, now: datetime, late: Page = FIRST, at_risk: Page = FIRST) -> Overview:
    """Return what is late and what will be at the actor's office, a page of each. Nine queries.

    A leader of the province sees all of it.
    """
    roster = offices.roster(local_day(now))
    calendar = offices.working_calendar()
    seen = scope(actor, roster)
    until = at_local(calendar.after(local_day(now), _DAYS_AHEAD), time(23, 59))
    known = forecasts.paces()
    counts = counting.counted(
        seen, known, calendar, until=until, now=now, late=late, at_risk=at_risk
    )
    found = forecasts.open_cases_of([*counts.late, *counts.at_risk])
    nudged = nudges_of(list(found))
    risky = [found[pk] for pk in counts.at_risk if pk in found]
    return Overview(
        name=seen.name,
        is_all=seen.offices is None,
        late=_late(
            [found[pk] for pk in counts.late if pk in found],
            actor,
            roster,
            calendar,
            now=now,
            nudged=nudged,
        ),
        late_count=counts.late_count,
        at_risk=[
            _risk(
                forecasts.forecast(case, known, calendar, now),
                case,
                actor,
                roster,
                calendar=calendar,
                nudged=nudged,
            )
            for case in risky
        ],
        risk_count=counts.risk_count,
        to_sign=letters.count_to_sign(actor, roster),
        breaches=breaches.count(seen, _month(now)),
        looked_at=counts.looked_at,
    )


def _month(now: datetime) -> datetime:
    return at_local(local_day(now).replace(day=1), time(0))


_NUDGES = """
SELECT case_id, count(*) AS times FROM lateness_nudge WHERE case_id = ANY(%s) GROUP BY case_id
"""


def nudges_of(case_ids: Sequence[int]) -> Mapping[int, int]:
    """Return how often the holders of cases were reminded, by case. One query."""
    return {row["case_id"]: row["times"] for row in named_rows(_NUDGES, [list(case_ids)])}


def _risk(
    forecast: Forecast,
    case: OpenCase,
    actor: Actor,
    roster: Roster,
    *,
    calendar: WorkingCalendar,
    nudged: Mapping[int, int],
) -> Risk:
    day = calendar.minutes_a_day()
    task = case.tasks[0]
    return Risk(
        case_id=case.case_id,
        code=case.code,
        who=case.who,
        title=case.title,
        step=cases.process(case.process_id).step(task.step).name,
        holder=access.named(roster, task.official_id),
        promised_at=case.promised_at,
        ends_at=forecast.ends_at,
        missing=forecast.missing,
        words=minutes.words(forecast.missing, day),
        left=minutes.words(forecast.left, day),
        rescue=[(leg.name, minutes.words(part, day)) for leg, part in forecast.rescue],
        action=_action(case, actor, roster),
        nudged=nudged.get(case.case_id, 0),
    )


def _action(case: OpenCase, actor: Actor, roster: Roster) -> str:
    """Return the one thing this person can do about a case: sign, remind, or open it."""
    if case.letter == "DRAFT" and access.signs_for(actor, roster, case.authority_id):
        return "SIGN"
    holders = {task.official_id for task in case.tasks}
    return "NUDGE" if actor.leads and actor.official_id not in holders else "OPEN"


def _late(
    late: Sequence[OpenCase],
    actor: Actor,
    roster: Roster,
    calendar: WorkingCalendar,
    *,
    now: datetime,
    nudged: Mapping[int, int],
) -> list[Late]:
    ids = [case.case_id for case in late]
    spans, stops = spans_of(ids), stops_of(ids)
    day = calendar.minutes_a_day()
    rows = []
    for case in late:
        account = charging.account(
            calendar,
            course(
                spans[case.case_id],
                stops.get(case.case_id, ()),
                started_at=case.started_at,
                due_at=case.promised_first,
                end_at=now,
            ),
        )
        cause = main_cause(account)
        task = case.tasks[0]
        process = cases.process(case.process_id)
        guilty = access.named(roster, cause.span.official_id)
        rows.append(
            Late(
                case_id=case.case_id,
                code=case.code,
                who=case.who,
                title=case.title,
                step=process.step(task.step).name,
                holder=access.named(roster, task.official_id),
                promised_at=case.promised_first,
                again_at=case.promised_at if case.promised_at > case.promised_first else None,
                apologised=case.apologised,
                words=minutes.words(account.delay, day),
                cause=process.step(cause.span.step).name,
                cause_holder=guilty.name if guilty else _("Cán bộ đã chuyển công tác"),
                cause_part=minutes.words(cause.delay, day),
                action=_action(case, actor, roster),
                nudged=nudged.get(case.case_id, 0),
            )
        )
    return rows


def main_cause(account: Account) -> Share:
    """Return the task with the largest part of the delay, the earlier of equals."""
    return max(account.shares, key=lambda share: (share.delay, -share.span.id))
