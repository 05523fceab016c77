"""The statements that write cases: each a whole change, with its tasks and its event."""

from functools import cache

from sauro.core.statements import Beside
from sauro.events import services as events

SUBJECT = "cases.case"
_BESIDE = "/* beside */"
_CODE_DIGITS = 7

_TASK = """
INSERT INTO cases_task (case_id, step, kind, work, product, party, official_id, office_id,
                        head_id, opened_at, due_at, outcome, note)
SELECT {case}, %(step)s, %(task_kind)s, %(work)s, %(product)s, %(party)s, %(official)s, %(office)s,
       %(head)s, %(now)s, %(task_due)s, '', ''
"""
_TASKS = """
INSERT INTO cases_task (case_id, step, kind, work, product, party, official_id, office_id,
                        head_id, opened_at, due_at, outcome, note)
SELECT moved.id, t.step, t.kind, t.work, t.product, t.party, t.official, t.office, t.head,
       %(now)s, t.due, '', ''
FROM moved, ROWS FROM (jsonb_to_recordset(%(tasks)s::jsonb) AS (step text, kind text, work text,
    product text, party text, official bigint, office bigint, head bigint, due timestamptz))
    WITH ORDINALITY AS t(step, kind, work, product, party, official, office, head, due, number)
ORDER BY t.number RETURNING id
"""
# What an event says of the tasks it opens is written before they have their ids.
_WITH_IDS = (
    "%(data)s::jsonb || (SELECT jsonb_build_object('ids', jsonb_agg(id ORDER BY id)) FROM {of})"
)
_WITH_ID = "%(data)s::jsonb || (SELECT jsonb_build_object('ids', jsonb_build_array(id)) FROM {of})"

OPEN = f"""
WITH number AS (
    INSERT INTO cases_codecounter AS counter (prefix, value) VALUES (%(prefix)s, 1)
    ON CONFLICT (prefix) DO UPDATE SET value = counter.value + 1 RETURNING value
), opened AS (
    INSERT INTO cases_case (code, kind, title, state, step, version, process_id, owed_to_id,
        place_id, door_id, unit_id, authority_id, opened_at, due_at, started_at, legal_due_at,
        promised_at, paused_at, finished_at, outcome)
    SELECT %(prefix)s || lpad(value::text, {_CODE_DIGITS}, '0'), %(kind)s, %(title)s, %(state)s,
        %(step)s, 1, %(process)s, %(owed_to)s, %(place)s, %(door)s, %(unit)s, %(authority)s,
        %(now)s, %(due)s, %(started)s, %(legal_due)s, %(promised)s, %(paused)s,
        %(finished)s, ''
    FROM number RETURNING id, code
), task AS ({_TASK.format(case="id")} FROM opened RETURNING id
), logged AS ({
    events.RECORD.format(
        verb="'case.opened'", subject=SUBJECT, subject_id="id", data=_WITH_ID.format(of="task")
    )
} FROM opened){_BESIDE}
SELECT id, code FROM opened
"""  # noqa: S608 - only constants of this module are put in

_MOVE = """
WITH moved AS (
    UPDATE cases_case SET state = %(state)s, step = %(case_step)s, version = version + 1,
        due_at = %(due)s, started_at = %(started)s, legal_due_at = %(legal_due)s,
        promised_at = %(promised)s, paused_at = %(paused)s, finished_at = %(finished)s,
        ended_at = %(ended)s, outcome = %(outcome)s
    WHERE id = %(case)s AND version = %(version)s RETURNING id
), done AS (
    UPDATE cases_task SET done_at = %(now)s, done_by_id = %(actor_official)s,
        outcome = %(verb)s, note = %(note)s
    FROM moved WHERE cases_task.id = %(task)s
), {also} logged AS ({record} FROM moved)/* beside */
SELECT id FROM moved
"""
# The tasks of other branches, where the case ends in one of them.
_CUT = """cut AS (
    UPDATE cases_task SET done_at = %(now)s, done_by_id = %(actor_official)s,
        outcome = %(cut_off)s, note = %(note)s
    FROM moved WHERE cases_task.id = ANY(%(cut)s)
),"""


def _record_move(data: str) -> str:
    return events.RECORD.format(verb="'case.moved'", subject=SUBJECT, subject_id="id", data=data)


def _move_sql(tasks: str, data: str) -> str:
    record = _record_move(data.format(of="next_task"))
    return _MOVE.format(also=f"next_task AS ({tasks}),", record=record)


ONE_NEXT = _move_sql(f"{_TASK.format(case='id')} FROM moved RETURNING id", _WITH_ID)
MANY_NEXT = _move_sql(_TASKS, _WITH_IDS)
NONE_NEXT = _MOVE.format(also="", record=_record_move("%(data)s::jsonb"))
CUT_SHORT = _MOVE.format(also=_CUT, record=_record_move("%(data)s::jsonb"))
SET_CLOCK = f"""
WITH clocked AS (
    UPDATE cases_case SET version = version + 1, promised_at = %(promised)s, due_at = %(due)s,
        started_at = %(started)s, legal_due_at = %(legal_due)s, paused_at = %(paused)s
    WHERE id = %(case)s AND version = %(version)s RETURNING id
), logged AS ({_record_move("%(data)s::jsonb")} FROM clocked)
SELECT id FROM clocked
"""  # noqa: S608 - only constants of this module are put in
SET_DUES = """
UPDATE cases_task SET due_at = moved.due_at
FROM unnest(%(tasks)s::bigint[], %(dues)s::timestamptz[]) AS moved (id, due_at)
WHERE cases_task.id = moved.id AND cases_task.case_id = %(case)s AND done_at IS NULL
RETURNING cases_task.id
"""


def with_(statement: str, beside: Beside) -> str:
    """Return a statement with what is written beside it."""
    return _filled(statement, beside.named("beside"))


@cache
def _filled(statement: str, beside: str) -> str:
    return statement.replace(_BESIDE, beside)
