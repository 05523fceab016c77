"""A change of the calendar moves every due date by its own rule, and no promise."""

from datetime import date, timedelta
from typing import Any

import pytest

from sauro.cases import checking
from sauro.cases import queries as cases
from sauro.cases import services as case_services
from sauro.cases.models import Case, Task
from sauro.cases.rules import Assignment, Clock
from sauro.core.clock import local
from sauro.core.commands import command
from sauro.core.errors import Changed, Invalid, NotFound, NotNow, NotPermitted
from sauro.events import queries as events
from sauro.events.models import Event
from sauro.offices import queries as offices
from sauro.offices.rules import DayKind
from sauro.onestop import assigning
from sauro.onestop.limits import limit_of
from sauro.onestop.models import SupplementRequest
from sauro.onestop.services import intake, waiting
from sauro.onestop.tests import land
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.steps import accepted, appraised, done
from sauro.onestop.tests.world import MONDAY
from sauro.timing import queries, services
from sauro.timing.tests.world import WEDNESDAY, at, clock, leader, off, step_due

pytestmark = pytest.mark.django_db
REMOVED = off(date(2026, 11, 24), kind=None, name="", source="")


def test_a_new_day_off_moves_the_legal_term_and_keeps_the_promise() -> None:
    here, by = worlds.build(), leader()
    case_id = accepted(here)
    assert clock(case_id)["legal_due_at"] == at("2026-11-27 17:00")

    change_id = services.change_calendar(off(), by=by, now=MONDAY)

    assert clock(case_id) == {
        "legal_due_at": at("2026-11-30 17:00"),
        "promised_at": at("2026-11-27 17:00"),
        "due_at": at("2026-11-27 17:00"),
    }
    assert queries.change(change_id).affected == 1
    told = events.history("cases.case", case_id)[-1]
    assert (told.verb, told.who) == ("case.retimed", by.label)
    assert told.data["note"] == "Nghỉ của địa phương, cơ quan: Lễ hội Cà phê (Thứ Tư, 25/11/2026)"
    assert checking.broken() == []
    assert events.faults() == []


def test_one_operation_holds_all_that_it_did() -> None:
    here, by = worlds.build(), leader()
    accepted(here)

    services.change_calendar(off(), by=by, now=MONDAY)

    operation = Event.objects.get(verb="calendar.changed").operation
    verbs = Event.objects.filter(operation=operation).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["calendar.day_set", "case.retimed", "calendar.changed"]


def test_undoing_gives_every_case_its_term_back() -> None:
    here, by = worlds.build(), leader()
    case_id, other = accepted(here), appraised(here)
    before = clock(case_id), clock(other), step_due(other)
    change_id = services.change_calendar(off(), by=by, now=MONDAY)
    assert (clock(case_id), clock(other), step_due(other)) != before

    assert services.undo(change_id, by=by, now=MONDAY) == 2

    assert (clock(case_id), clock(other), step_due(other)) == before
    offices.forget()
    assert offices.working_calendar().is_working(WEDNESDAY)
    assert queries.change(change_id).undone_by == by.label


def test_a_day_off_that_is_taken_away_leaves_the_promise_later_than_the_law() -> None:
    here, by = worlds.build(), leader()
    case_id = accepted(here)

    assert queries.preview(REMOVED).past_promise == 1
    services.change_calendar(REMOVED, by=by, now=MONDAY)

    assert clock(case_id)["legal_due_at"] == at("2026-11-26 17:00")
    assert clock(case_id)["promised_at"] == at("2026-11-27 17:00")


def test_a_case_that_has_no_promise_yet_is_due_with_its_step() -> None:
    here, by = worlds.build(), leader()
    evening = at("2026-11-23 16:00")
    case_id, _code = worlds.filed(here, now=evening)
    assert clock(case_id)["due_at"] == at("2026-11-25 16:00")

    services.change_calendar(off(), by=by, now=evening)

    assert step_due(case_id) == at("2026-11-26 16:00")
    assert clock(case_id) == {
        "due_at": at("2026-11-26 16:00"),
        "legal_due_at": None,
        "promised_at": None,
    }


def test_a_term_that_began_anew_after_a_supplement_runs_from_there() -> None:
    here, by = worlds.build(), leader()
    person = worlds.citizen()
    case_id = accepted(here, person)
    waiting.ask(case_id, ["Giấy ủy quyền"], "Thiếu chữ ký", by=here.clerk, now=MONDAY)
    waiting.complete(case_id, by=person, now=at("2026-11-25 09:00"))
    assert clock(case_id)["legal_due_at"] == at("2026-11-30 17:00")

    services.change_calendar(off(date(2026, 11, 26)), by=by, now=at("2026-11-25 10:00"))

    assert clock(case_id)["legal_due_at"] == at("2026-12-01 17:00")
    assert clock(case_id)["promised_at"] == at("2026-11-30 17:00")


def test_a_step_given_to_somebody_else_keeps_the_working_time_it_had() -> None:
    here, by = worlds.build(), leader()
    case_id = appraised(here)
    noon = at("2026-11-23 14:00")
    held = command(cases.lock)(case_id)
    assert held.task is not None
    to = here.colleague if held.task.official_id == here.specialist.official_id else here.specialist
    task = Assignment(
        official_id=to.official_id or 0,
        work="Thẩm định",
        office_id=held.task.office_id,
        head_id=here.head.official_id or 0,
        step=held.task.step,
        due_at=held.task.due_at,
        product="Dự thảo",
    )
    case_services.reassign(held, task, "Nghỉ phép", by=here.head, now=noon)
    left = offices.working_calendar().minutes_between(noon, step_due(case_id))

    services.change_calendar(off(), by=by, now=noon)

    assert offices.working_calendar().minutes_between(noon, step_due(case_id)) == left


def test_what_is_finished_or_not_touched_stays_as_it_is() -> None:
    here, by = worlds.build(), leader()
    finished, open_case = done(here), accepted(here)
    before = clock(finished), clock(open_case)

    services.change_calendar(off(date(2026, 12, 15)), by=by, now=MONDAY)
    assert clock(open_case) == before[1]
    services.change_calendar(off(), by=by, now=MONDAY)

    assert clock(finished) == before[0]


def test_the_day_of_one_office_moves_its_own_cases_only() -> None:
    here, by = worlds.build(), leader()
    case_id = accepted(here)
    other = offices.office_by_code("H15.99").id

    services.change_calendar(off(office_id=other), by=by, now=MONDAY)
    assert clock(case_id)["legal_due_at"] == at("2026-11-27 17:00")
    services.change_calendar(off(office_id=here.head.office_id), by=here.head, now=MONDAY)

    assert clock(case_id)["legal_due_at"] == at("2026-11-30 17:00")
    assert offices.working_calendar().is_working(WEDNESDAY)


def test_a_new_case_of_that_office_is_promised_by_its_calendar() -> None:
    here = worlds.build()
    services.change_calendar(off(office_id=here.head.office_id), by=here.head, now=MONDAY)

    assert clock(accepted(here))["promised_at"] == at("2026-11-30 17:00")


def test_swapped_days_are_set_together() -> None:
    here, by = worlds.build(), leader()
    case_id = accepted(here)
    swap = off(kind=DayKind.SWAP_OFF, makeup_on=date(2026, 11, 28))

    services.change_calendar(swap, by=by, now=MONDAY)

    assert clock(case_id)["legal_due_at"] == at("2026-11-28 17:00")


def test_what_moved_since_the_preview_is_reckoned_again() -> None:
    here, by = worlds.build(), leader()
    case_id, other = accepted(here), accepted(here)
    seen = queries.preview(off()).seen
    intake.hand_over(case_id, by=here.clerk, now=MONDAY)

    services.change_calendar(off(), seen=seen, by=by, now=MONDAY)

    assert clock(case_id)["legal_due_at"] == clock(other)["legal_due_at"] == at("2026-11-30 17:00")
    assert checking.broken() == []


def test_making_the_change_twice_moves_nothing_twice() -> None:
    here, by = worlds.build(), leader()
    case_id = accepted(here)
    services.change_calendar(off(), by=by, now=MONDAY)

    again = services.change_calendar(off(name="Lễ hội Cà phê lần 9"), by=by, now=MONDAY)

    assert queries.change(again).affected == 0
    assert clock(case_id)["legal_due_at"] == at("2026-11-30 17:00")


class TestRefused:
    def test_a_preview_older_than_the_calendar(self) -> None:
        worlds.build()
        by = leader()
        seen = queries.preview(off()).seen
        services.change_calendar(off(date(2026, 12, 1)), by=by, now=MONDAY)

        with pytest.raises(Changed, match="vừa được người khác thay đổi"):
            services.change_calendar(off(), seen=seen, by=by, now=MONDAY)

    def test_those_who_do_not_set_the_calendar(self) -> None:
        here = worlds.build()

        with pytest.raises(NotPermitted, match="lãnh đạo cấp tỉnh"):
            services.change_calendar(off(), by=here.clerk, now=MONDAY)
        with pytest.raises(NotPermitted, match="cơ quan mình"):
            services.change_calendar(off(), by=here.head, now=MONDAY)
        with pytest.raises(NotPermitted, match="lãnh đạo cấp tỉnh"):
            services.change_calendar(off(), by=worlds.citizen(), now=MONDAY)

    def test_undoing_what_is_not_the_last_change(self) -> None:
        worlds.build()
        by = leader()
        first = services.change_calendar(off(), by=by, now=MONDAY)
        last = services.change_calendar(off(date(2026, 12, 1)), by=by, now=MONDAY)

        with pytest.raises(NotNow, match="lần thay đổi cuối cùng"):
            services.undo(first, by=by, now=MONDAY)
        services.undo(last, by=by, now=MONDAY)
        with pytest.raises(NotNow, match="đã được hoàn tác"):
            services.undo(last, by=by, now=MONDAY)
        services.undo(first, by=by, now=MONDAY)
        with pytest.raises(NotFound, match="Không có lần thay đổi"):
            services.undo(0, by=by, now=MONDAY)

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"until": date(2026, 11, 24)}, "từ ngày đầu trở đi"),
            ({"until": WEDNESDAY + timedelta(days=15)}, "nhiều nhất 15 ngày"),
            ({"since": date(2021, 1, 1), "until": date(2021, 1, 1)}, "từ năm 2024"),
            ({"source": " "}, "Ghi căn cứ"),
            ({"name": ""}, "Ghi tên ngày"),
            ({"makeup_on": date(2026, 11, 28)}, "chỉ đi với nghỉ hoán đổi"),
        ],
    )
    def test_a_change_that_cannot_be_so(self, given: dict[str, Any], said: str) -> None:
        worlds.build()

        with pytest.raises(Invalid, match=said):
            services.change_calendar(off(**given), by=leader(), now=MONDAY)

    def test_nothing_is_left_behind(self) -> None:
        here = worlds.build()
        case_id = accepted(here)
        before = list(Case.objects.filter(pk=case_id).values())

        with pytest.raises(NotPermitted):
            services.change_calendar(off(), by=here.clerk, now=MONDAY)

        assert list(Case.objects.filter(pk=case_id).values()) == before
        assert offices.working_calendar().is_working(WEDNESDAY)


def test_a_day_off_of_an_office_moves_what_the_units_below_it_handle() -> None:
    here = worlds.build()
    case_id = accepted(here)

    seen = queries.preview(off(office_id=here.head.office_id))
    services.change_calendar(off(office_id=here.head.office_id), by=here.head, now=MONDAY)

    assert seen.total == 1
    assert clock(case_id)["legal_due_at"] == at("2026-11-30 17:00")


def test_each_branch_is_due_anew_by_its_own_length_and_the_case_is_written_once() -> None:
    land.publish()
    here, by = worlds.build(), leader()
    land.tax_office(here)
    case_id = land.parted(here)
    before = land.branches(case_id)
    case, limit = Case.objects.get(pk=case_id), limit_of(case_id)
    process = cases.process(case.process_id)
    running = Clock(due_at=case.due_at, started_at=case.started_at, promised_at=case.promised_at)

    change_id = services.change_calendar(off(), by=by, now=MONDAY)

    after = land.branches(case_id)
    expected = {
        key: assigning.due_of(
            process.step(key),
            running,
            limit,
            offices.working_calendar(task.office_id),
            task.opened_at,
        )
        for key, task in ((task.step, task) for task in Task.objects.filter(case=case_id))
        if key in before
    }
    assert len(before) == 4
    assert {key: task.due_at for key, task in after.items()} == expected
    moved = {key for key in before if after[key].due_at != before[key].due_at}
    assert len(moved) > 1
    assert len({task.due_at for task in after.values()}) > 1
    assert [line.verb for line in events.history("cases.case", case_id)].count("case.retimed") == 1
    told = events.history("cases.case", case_id)[-1].data["changed"]
    assert set(told) == {str(before[key].id) for key in moved}
    assert queries.change(change_id).affected >= 1
    assert checking.broken() == []
    assert checking.differing() == []


def test_undoing_gives_each_branch_its_due_back() -> None:
    land.publish()
    here, by = worlds.build(), leader()
    land.tax_office(here)
    case_id = land.parted(here)
    before = {key: task.due_at for key, task in land.branches(case_id).items()}

    change_id = services.change_calendar(off(), by=by, now=MONDAY)
    services.undo(change_id, by=by, now=MONDAY)

    assert {key: task.due_at for key, task in land.branches(case_id).items()} == before
    assert checking.differing() == []


def test_a_day_off_gives_the_applicant_another_day_to_supplement_and_takes_none_back() -> None:
    here, by = worlds.build(), leader()
    case_id = appraised(here)
    holder = worlds.holder(here, case_id)
    waiting.ask(case_id, ["Giấy ủy quyền"], "Thiếu chữ ký.", by=holder, now=MONDAY)
    before = SupplementRequest.objects.get().due_at

    change_id = services.change_calendar(off(), by=by, now=MONDAY)
    longer = SupplementRequest.objects.get().due_at
    services.undo(change_id, by=by, now=MONDAY)

    calendar = offices.working_calendar()
    assert local(longer).date() == calendar.after(local(before).date(), 1)
    assert SupplementRequest.objects.get().due_at == longer
    [event] = Event.objects.filter(verb="supplement.moved")
    assert event.data["case"] == case_id


def test_a_request_that_was_answered_stays_as_it_was() -> None:
    here, by = worlds.build(), leader()
    case_id = appraised(here)
    holder = worlds.holder(here, case_id)
    waiting.ask(case_id, ["Giấy ủy quyền"], "Thiếu chữ ký.", by=holder, now=MONDAY)
    waiting.complete(case_id, by=worlds.holder(here, case_id), now=MONDAY)
    before = SupplementRequest.objects.get().due_at

    services.change_calendar(off(), by=by, now=MONDAY)

    assert SupplementRequest.objects.get().due_at == before
