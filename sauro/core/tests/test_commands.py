"""The door for changes: one operation, one transaction, or one statement."""

import pytest
from django.db import connection

from sauro.core.commands import command, command_at_once, operation_id
from sauro.core.statements import Beside, execute, read

pytestmark = pytest.mark.django_db
_COUNT = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %(text)s"


@command
def many(times: int) -> set[object]:
    """Write `times` statements and return the operations they ran under."""
    operations: set[object] = {operation_id()}
    for _time in range(times):
        execute("SELECT set_config('sauro.test', %(value)s, true)", {"value": "1"})
        operations.add(operation_id())
    return operations


@command_at_once
def one(times: int = 1) -> None:
    """Write `times` statements, of which only one may be."""
    for _time in range(times):
        execute("SELECT set_config('sauro.test', %(value)s, true)", {"value": "1"})


def test_all_that_a_command_does_is_one_operation() -> None:
    assert len(many(3)) == 1


def test_two_commands_are_two_operations() -> None:
    assert many(1).isdisjoint(many(1))


def test_a_command_at_once_writes_once() -> None:
    one()

    with pytest.raises(RuntimeError, match="one statement"):
        one(2)


def test_a_command_at_once_inside_another_joins_it() -> None:
    @command
    def outer() -> bool:
        """Do two things that are one statement each."""
        one()
        one()
        return connection.in_atomic_block

    assert outer()


@pytest.mark.parametrize("run", [read, execute])
def test_nothing_is_read_or_written_for_a_command_outside_of_one(run: object) -> None:
    assert callable(run)
    with pytest.raises(RuntimeError, match="not inside a command"):
        run("SELECT 1", {})


def test_a_hot_statement_is_prepared_on_the_server() -> None:
    many(2)

    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"text": "SELECT set_config(%sauro.test%"})
        assert cursor.fetchone() == (1,)


def test_what_is_written_beside_becomes_one_more_item_of_the_list() -> None:
    assert Beside("UPDATE a SET b = 1").named("more") == ", more AS (UPDATE a SET b = 1)"
    assert Beside().named("more") == ""
