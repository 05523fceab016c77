"""Two people act on one dossier at the same moment: one of them does, the other is refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.db import connection, transaction

from sauro.cases import checking
from sauro.cases.models import Task
from sauro.core.errors import Changed, NotNow, NotPermitted, Refusal
from sauro.onestop.rules import Outcome
from sauro.onestop.services import handling, waiting
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.steps import LATER, appraised

pytestmark = pytest.mark.django_db(transaction=True)
_ITEMS = ["Giấy ủy quyền"]


def _refusal(command: Callable[[], object]) -> Refusal | None:
    """Run a command on a connection of this thread; return its refusal, if it was refused."""
    try:
        command()
    except Refusal as refusal:
        return refusal
    finally:
        connection.close()
    return None


def test_a_command_that_waited_for_another_sees_what_that_one_did() -> None:
    world = worlds.build()
    case_id = appraised(world)
    appraiser = worlds.holder(world, case_id)

    with ThreadPoolExecutor(1) as beside:
        with transaction.atomic():
            handling.propose(case_id, Outcome.GRANTED, "Đề nghị cấp.", by=appraiser, now=LATER)
            asked = beside.submit(
                _refusal,
                lambda: waiting.ask(case_id, _ITEMS, "Thiếu chữ ký.", by=appraiser, now=LATER),
            )
            sleep(0.3)  # the other has read the case and waits for its lock
        refused = asked.result(timeout=10)

    assert isinstance(refused, NotPermitted)
    assert Task.objects.filter(case_id=case_id, done_at=None).count() == 1
    assert checking.broken() == []


def test_of_two_who_decide_at_once_only_one_decision_is_kept() -> None:
    world = worlds.build()
    case_id = appraised(world)
    appraiser = worlds.holder(world, case_id)

    def propose() -> Refusal | None:
        return _refusal(
            lambda: handling.propose(
                case_id, Outcome.GRANTED, "Đề nghị cấp.", by=appraiser, now=LATER
            )
        )

    with ThreadPoolExecutor(8) as clerks:
        refused = list(clerks.map(lambda _number: propose(), range(8)))

    assert refused.count(None) == 1
    assert {type(refusal) for refusal in refused if refusal} <= {Changed, NotPermitted, NotNow}
    assert Task.objects.filter(case_id=case_id, done_at=None).count() == 1
    assert checking.broken() == []
