"""Two branches finished at the same moment: the second waits and opens the step they meet at."""

from threading import Thread
from time import sleep

import pytest
from django.db import connection, transaction

from sauro.cases import checking
from sauro.cases import queries as cases
from sauro.core.actor import Actor, ActorKind
from sauro.onestop.services import handling
from sauro.onestop.tests import land
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.land import at, branches, parted

SHORT: dict[str, dict[str, object]] = {
    "appraise": {"moves": {"ADVANCE": ["origin", "records"], "ASK": "supplement"}}
}
TAKEN = ("survey", "plot", "tax", "payment")


@pytest.mark.django_db(transaction=True)
def test_a_branch_done_while_another_is_being_done_meets_it() -> None:
    world = worlds.build()
    land.publish(SHORT, without=TAKEN)
    case_id = parted(world)
    tasks = branches(case_id)
    refusals: list[Exception] = []

    def finish(step: str) -> None:
        official_id = tasks[step].official_id
        by = Actor(kind=ActorKind.OFFICIAL, label=step, official_id=official_id)
        handling.advance(case_id, "Đã xong", task_id=tasks[step].id, by=by, now=at(23, 15))

    def finish_elsewhere() -> None:
        try:
            finish("records")
        except Exception as refusal:  # noqa: BLE001 - told to the test
            refusals.append(refusal)
        finally:
            connection.close()

    other = Thread(target=finish_elsewhere)
    with transaction.atomic():
        finish("origin")
        other.start()
        sleep(0.5)  # the other reads the tasks as they were, and waits for the lock
    other.join(timeout=20)

    assert refusals == []
    assert [task.step for task in cases.open_tasks(case_id)] == ["draft"]
    assert checking.broken() == []
    assert checking.differing([case_id]) == []
