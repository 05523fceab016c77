"""The hot statements stay within what the driver keeps parsed."""

from collections.abc import Mapping
from typing import Any

import pytest

from sauro.core import statements
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.steps import done
from sauro.onestop.tests.world import World

pytestmark = pytest.mark.django_db

# psycopg parses a longer statement, or one of more parameters, anew each time it runs.
_CHARACTERS, _PARAMETERS = 4096, 50


@pytest.fixture
def world() -> World:
    return worlds.build()


def test_no_statement_on_the_way_of_a_dossier_is_parsed_anew_each_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = getattr(statements, "_run")  # noqa: B009 - the one place all of them pass
    seen: list[tuple[int, int]] = []

    def measured(sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        seen.append((len(sql), len(given)))
        return list(run(sql, given))

    monkeypatch.setattr(statements, "_run", measured)

    done(world)

    assert len(seen) > 10
    assert max(characters for characters, _ in seen) <= _CHARACTERS
    assert max(parameters for _, parameters in seen) <= _PARAMETERS
