"""What must hold after a month of work in a whole province, and what happens when it does not."""

from typing import LiteralString

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests.province import Province

pytestmark = pytest.mark.province


def _rows(province: Province, sql: LiteralString) -> list[tuple[object, ...]]:
    with psycopg.connect(province.database) as connection:
        return connection.execute(sql).fetchall()


def test_dossiers_are_in_every_state(province: Province) -> None:
    states = {str(row[0]) for row in _rows(province, "SELECT DISTINCT state FROM cases_case")}

    assert states >= {
        "REGISTERED",
        "ACCEPTED",
        "REJECTED",
        "PROCESSING",
        "SUPPLEMENT_REQUESTED",
        "DONE",
        "RETURNED",
    }


def test_the_log_and_every_invariant_hold(province: Province) -> None:
    said = province.sauro("verify-log").stdout

    assert "sự kiện nguyên vẹn, mọi hồ sơ khớp nhật ký" in said


def test_no_open_case_lacks_a_task_a_due_date_or_an_owner(province: Province) -> None:
    lacking = _rows(
        province,
        """SELECT c.code FROM cases_case c
           LEFT JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
           WHERE c.ended_at IS NULL AND (t.id IS NULL OR t.due_at IS NULL OR c.due_at IS NULL
                 OR t.official_id IS NULL OR t.head_id IS NULL)""",
    )

    assert lacking == []


def test_about_ninety_eight_of_a_hundred_are_on_time_and_land_is_later(province: Province) -> None:
    [(on_time, finished)] = _rows(
        province,
        """SELECT count(*) FILTER (WHERE finished_at <= legal_due_at), count(*)
           FROM cases_case WHERE finished_at IS NOT NULL""",
    )

    assert isinstance(on_time, int)
    assert isinstance(finished, int)
    assert 0.95 <= on_time / finished <= 1


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE cases_case SET state = 'RETURNED' WHERE id = {case}", "{code}"),
        ("UPDATE events_event SET actor_label = 'Ai đó' WHERE id = {event}", "#{event}"),
    ],
)
def test_a_row_changed_by_hand_makes_the_proof_fail_and_name_it(
    province: Province, sql: LiteralString, named: str
) -> None:
    [(case, code, event)] = _rows(
        province,
        """SELECT c.id, c.code, max(e.id) FROM cases_case c
           JOIN events_event e ON e.subject = 'cases.case' AND e.subject_id = c.id
           WHERE c.state = 'PROCESSING' GROUP BY c.id ORDER BY c.id LIMIT 1""",
    )
    facts = {"case": case, "code": code, "event": event}
    tables = ("cases_case", "events_event")
    with psycopg.connect(province.database, autocommit=True) as connection:
        for table in tables:
            connection.execute(
                SQL("CREATE TABLE {} AS SELECT * FROM {}").format(
                    Identifier(f"kept_{table}"), Identifier(table)
                )
            )
        connection.execute("SET session_replication_role = replica")
        connection.execute(SQL(sql).format(case=facts["case"], event=facts["event"]))

        done = province.sauro("verify-log", check=False)

        connection.execute(
            """UPDATE cases_case c SET state = k.state FROM kept_cases_case k WHERE k.id = c.id
               AND k.state <> c.state"""
        )
        connection.execute(
            """UPDATE events_event e SET actor_label = k.actor_label FROM kept_events_event k
               WHERE k.id = e.id AND k.actor_label <> e.actor_label"""
        )
        connection.execute("DROP TABLE kept_cases_case, kept_events_event")
    assert done.returncode == 1
    assert named.format(**facts) in done.stderr
