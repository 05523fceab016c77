"""A land dossier: four branches side by side, a visit, two pauses, an opinion not given."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.cases.queries import OpenTask
from sauro.core.actor import SYSTEM, Actor
from sauro.offices.tests.factories import OfficeFactory
from sauro.onestop.services import handling, intake
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.test_processes import definition
from sauro.onestop.tests.world import MONDAY, RECORD, SINCE, World

CODE = "land.test"


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    """Return a moment of late 2026 by the clocks of the province."""
    return datetime(2026, month, day, hour - 7, minute, tzinfo=UTC)


def moves(step: str) -> dict[str, Any]:
    """Return the moves of a step as the province's process has them."""
    every = {item["key"]: item["moves"] for item in definition("land_first")["steps"]}
    return dict(every[step])


def publish(
    changes: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    without: Sequence[str] = (),
    since: date = SINCE,
) -> int:
    """Publish the province's process of first registration for the procedure of the world.

    changes: what to change in a step, by its key; None in a value takes the entry away.
    """
    data = definition("land_first")
    kept = [step for step in data["steps"] if step["key"] not in without]
    steps = [{**step, **(changes or {}).get(step["key"], {})} for step in kept]
    steps = [{k: v for k, v in step.items() if v is not None} for step in steps]
    return case_services.publish_process(
        CODE,
        "Đăng ký đất đai lần đầu",
        {**data, "procedures": [RECORD["code"]], "steps": steps},
        since=since,
        by=SYSTEM,
        now=MONDAY,
    )


def tax_office(world: World) -> Actor:
    """Open the tax office of the province with its head and one specialist; return the latter."""
    office = OfficeFactory.create(
        code="H15.88", slug="thue-tinh", name="Thuế tỉnh", kind="VERTICAL", level="PROVINCE"
    )
    worlds.official(office, "HEAD", "Hoàng Văn Cục")
    return worlds.official(office, "SPECIALIST", "Đinh Thị Thuế")


def branches(case_id: int) -> dict[str, OpenTask]:
    """Return the open tasks of a case by their step."""
    return {task.step: task for task in cases.open_tasks(case_id)}


def holder(world: World, case_id: int, step: str, *others: Actor) -> Actor:
    """Return the official who holds an open step."""
    task = branches(case_id)[step]
    named = (world.clerk, world.specialist, world.colleague, world.head, world.stamp, *others)
    return next(actor for actor in named if actor.official_id == task.official_id)


def parted(world: World, *others: Actor) -> int:
    """Return a dossier that was accepted, handed over and parted into its four branches."""
    case_id, _code = worlds.filed(world)
    intake.accept(case_id, by=world.clerk, now=at(23, 8, 30))
    intake.hand_over(case_id, by=world.clerk, now=at(23, 9))
    by = holder(world, case_id, "appraise", *others)
    handling.advance(case_id, "Đủ giấy tờ, chuyển các nhánh", by=by, now=at(23, 14))
    return case_id
