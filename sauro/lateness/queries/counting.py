"""How many cases are late, and how many will be, counted in the database; and which come first.

The rules are those of `forecasts`, case by case; only the way there is shorter. Working minutes
are looked up among the sessions of the calendar, and what is still to do after a step is
reckoned once for all cases that stand alike.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sauro.core.clock import HERE
from sauro.core.statements import named_rows
from sauro.core.workdays import WorkingCalendar
from sauro.lateness.queries import forecasts
from sauro.lateness.rules import pace
from sauro.lateness.rules.pace import Leg, Paces, Usual
from sauro.offices.scopes import Scope
from sauro.onestop.rules import DOSSIER


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list: `size` rows from row `first` on."""

    first: int = 0
    size: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many are late and at risk, and one page of the ids of each.

    late: the longest first; at_risk: cheapest rescue first. looked_at: the cases counted among.
    """

    late_count: int
    late: Sequence[int]
    risk_count: int
    at_risk: Sequence[int]
    looked_at: int


_NONE = -1  # minutes of a step without a pace
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OPEN = """
FROM cases_case c
JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
LEFT JOIN onestop_apology a ON a.dossier_id = c.id
WHERE c.kind = %(kind)s AND c.ended_at IS NULL AND c.finished_at IS NULL AND c.paused_at IS NULL
  AND c.started_at IS NOT NULL
  AND (c.promised_at < %(until)s OR a.signed_at >= c.started_at AND a.promised_before < %(now)s)
  AND (%(offices)s::bigint[] IS NULL OR c.door_id = ANY(%(offices)s)
       OR c.unit_id = ANY(%(offices)s) OR c.authority_id = ANY(%(offices)s))
"""
_ALIKE = f"""
SELECT DISTINCT c.process_id, t.step, t.office_id, c.door_id, c.unit_id, c.authority_id {_OPEN}
"""
# As a double: exact for microseconds of this age, and much faster than as a numeric.
_MICROS = "date_part('epoch', {0}) * 1000000"
# The working microseconds from the beginning of the calendar to an instant.
_SPENT = """(
    SELECT CASE WHEN b = 0 THEN 0
        ELSE s.before[b] + least(round(micros)::bigint - s.opens[b]::bigint, s.lengths[b]) END
    FROM (SELECT micros, width_bucket(round(micros), s.opens) AS b
        FROM (SELECT {0} AS micros OFFSET 0) AS m OFFSET 0) AS session
)"""
_INSTANTS = ("opened_at", "due_at", "started_at", "promised_first")
_COUNT = f"""
WITH open AS MATERIALIZED (
    SELECT c.id, c.process_id, t.step, t.office_id, c.door_id, c.unit_id, c.authority_id,
        c.promised_at, t.opened_at, t.due_at, c.started_at,
        CASE WHEN a.signed_at >= c.started_at THEN a.promised_before
             ELSE c.promised_at END AS promised_first {_OPEN}
), timed AS MATERIALIZED (
    SELECT open.*, {
    ", ".join(f"{_SPENT.format(_MICROS.format(name))} AS {name}_spent" for name in _INSTANTS)
}
    FROM open, (SELECT %(opens)s::float8[] AS opens, %(lengths)s::bigint[] AS lengths,
        %(before)s::bigint[] AS before) AS s
), way AS MATERIALIZED (
    SELECT * FROM unnest(%(processes)s::bigint[], %(steps)s::text[], %(task_offices)s::bigint[],
        %(doors)s::bigint[], %(units)s::bigint[], %(authorities)s::bigint[], %(usual)s::int[],
        %(rest)s::int[], %(shares)s::text[]) AS w (process_id, step, office_id, door_id, unit_id,
        authority_id, usual, rest, shares)
), needed AS (
    SELECT c.id, c.promised_at, c.promised_first, c.promised_first_spent,
        greatest(%(now_spent)s::bigint - c.opened_at_spent, 0) / 60000000 AS taken,
        coalesce(w.usual, greatest(c.due_at_spent - c.opened_at_spent, 0) / 60000000) AS usual,
        w.rest + CASE WHEN w.shares = '' THEN 0 ELSE (
            SELECT sum(greatest(%(shortest)s::int,
                CASE WHEN part = 0 THEN %(half)s::int ELSE part END))
            FROM (SELECT greatest(c.promised_first_spent - c.started_at_spent, 0) / 60000000
                * share::int / 100 AS part
                FROM unnest(string_to_array(w.shares, ',')) AS share) AS parts
        ) END AS rest
    FROM timed c JOIN way w USING (process_id, step, office_id, door_id, unit_id, authority_id)
), found AS MATERIALIZED (
    SELECT id, min(promised_at) AS promised_at, min(promised_first) AS promised_first,
        max(rest + greatest(%(shortest)s::int,
            CASE WHEN taken < usual THEN usual - taken ELSE taken / %(stuck)s::int END))
        - greatest(min(promised_first_spent) - %(now_spent)s::bigint, 0) / 60000000 AS missing
    FROM needed GROUP BY id
)
SELECT count(*) AS looked_at,
    count(*) FILTER (WHERE promised_first < %(now)s) AS late_count,
    count(*) FILTER (WHERE promised_first >= %(now)s AND missing > 0) AS risk_count,
    ARRAY(SELECT id FROM found WHERE promised_first < %(now)s
        ORDER BY promised_first, id LIMIT %(late_size)s OFFSET %(late_first)s) AS late,
    ARRAY(SELECT id FROM found WHERE promised_first >= %(now)s AND missing > 0
        ORDER BY missing, promised_at, id LIMIT %(risk_size)s OFFSET %(risk_first)s) AS at_risk
FROM found
"""  # noqa: S608 - only constants of this module are put in


def counted(
    scope: Scope,
    known: Paces,
    calendar: WorkingCalendar,
    *,
    until: datetime,
    now: datetime,
    late: Page,
    at_risk: Page,
) -> Counted:
    """Return how many open dossiers are late, and how many promised before `until` will be.

    Two queries, however many cases there are.
    """
    table = _sessions(calendar)
    given = {
        "kind": DOSSIER.code,
        "until": until,
        "now": now,
        "offices": None if scope.offices is None else list(scope.offices),
    }
    alike = named_rows(_ALIKE, given)
    ways = [way for one in alike for way in _ways(tuple(one.values()), known)]
    columns = list(zip(*ways, strict=True)) or [()] * len(_COLUMNS)
    [row] = named_rows(
        _COUNT,
        {
            **given,
            **{name: list(column) for name, column in zip(_COLUMNS, columns, strict=True)},
            "opens": table.opens,
            "lengths": table.lengths,
            "before": table.before,
            "now_spent": table.spent(now),
            "shortest": pace.SHORTEST,
            "stuck": pace.STUCK,
            "half": calendar.minutes_a_day() // 2,
            "late_first": late.first,
            "late_size": late.size,
            "risk_first": at_risk.first,
            "risk_size": at_risk.size,
        },
    )
    return Counted(**row)


_COLUMNS = (
    "processes",
    "steps",
    "task_offices",
    "doors",
    "units",
    "authorities",
    "usual",
    "rest",
    "shares",
)
_Alike = tuple[int, str, int, int, int, int]


def _ways(alike: _Alike, known: Paces) -> Iterator[tuple[object, ...]]:
    """Return the ways on of cases that stand alike: the minutes to come, as far as they are known.

    usual: of the step itself, None where it has no pace. shares: of the term, for steps without.
    """
    process_id, step, office_id, door, unit, authority = alike
    here = pace.of(known, process_id, step, office_id, _NONE)
    offices = {"DOOR": door, "UNIT": unit, "AUTHORITY": authority}
    for way in forecasts.ways(process_id, step):
        rest, shares = 0, []
        for later in way:
            usual = pace.of(known, process_id, later.key, offices[later.at], _NONE)
            if usual.median == _NONE:
                shares.append(str(later.share))
            else:
                rest += _leg(usual)
        yield (*alike, None if here.median == _NONE else here.median, rest, ",".join(shares))


def _leg(usual: Usual) -> int:
    """Return the minutes that a step needs which nobody has begun."""
    return Leg(step="", name="", official_id=None, office_id=0, usual=usual).needs(careful=False)


@dataclass(frozen=True, slots=True)
class _Sessions:
    """When offices open, for how long, and what was worked before; all in microseconds."""

    opens: list[int]
    lengths: list[int]
    before: list[int]

    def spent(self, at: datetime) -> int:
        """Return the working microseconds from the beginning of the calendar to an instant."""
        micros = _micros(at)
        index = bisect_right(self.opens, micros) - 1
        if index < 0:
            return 0
        return self.before[index] + min(micros - self.opens[index], self.lengths[index])


_cached: list[tuple[WorkingCalendar, _Sessions]] = []


def _sessions(calendar: WorkingCalendar) -> _Sessions:
    """Return the sessions of a calendar; those of the last one asked for are kept."""
    if _cached and _cached[0][0] is calendar:
        return _cached[0][1]
    table = _Sessions([], [], [])
    worked, day = 0, calendar.since
    while day < calendar.until:
        if calendar.is_working(day):
            for opens, closes in calendar.sessions_on(day):
                start = _micros(datetime.combine(day, opens, HERE))
                length = _micros(datetime.combine(day, closes, HERE)) - start
                table.opens.append(start)
                table.lengths.append(length)
                table.before.append(worked)
                worked += length
        day += timedelta(days=1)
    _cached[:] = [(calendar, table)]
    return table


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
