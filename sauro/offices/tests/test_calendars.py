"""Calendars of the province and of single offices, and what is known before it is decided."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from pytest_django import DjangoAssertNumQueries

from sauro.core.actor import SYSTEM
from sauro.core.errors import Invalid
from sauro.core.workdays import SESSIONS, Hours
from sauro.events.models import Event
from sauro.offices import opening, queries, services
from sauro.offices.calendars import DaySetting, HoursSetting, basis
from sauro.offices.estimating import estimated
from sauro.offices.rules import DayKind, DayStatus, SpecialDayPlan
from sauro.offices.tests.factories import OfficeFactory, SpecialDayFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FESTIVAL = date(2026, 11, 25)
OFF = SpecialDayPlan(day=FESTIVAL, kind=DayKind.LOCAL_OFF, name="Lễ hội Cà phê", source="QĐ 12")
HALF = SpecialDayPlan(day=FESTIVAL, kind=DayKind.HALF_MORNING, name="Họp toàn cơ quan")


def set_days(*settings: DaySetting) -> list[DaySetting]:
    return services.change_days(settings, by=SYSTEM, now=NOW)


class TestOneOffice:
    def test_its_day_off_holds_for_it_and_below_and_nowhere_else(self) -> None:
        SpecialDayFactory.create()
        above, other = OfficeFactory.create(), OfficeFactory.create()
        below = OfficeFactory.create(parent=above)

        set_days(DaySetting(day=FESTIVAL, office_id=above.pk, plan=OFF))

        found = [queries.working_calendar(o.pk).is_working(FESTIVAL) for o in (above, below, other)]
        assert found == [False, False, True]
        assert queries.working_calendar(other.pk) is queries.working_calendar()

    def test_it_may_work_while_others_rest(self) -> None:
        SpecialDayFactory.create(day=FESTIVAL, name="Nghỉ")
        office = OfficeFactory.create()
        usual = SpecialDayPlan(day=FESTIVAL, kind=DayKind.ORDINARY, name="")

        set_days(DaySetting(day=FESTIVAL, office_id=office.pk, plan=usual))

        assert queries.working_calendar(office.pk).is_working(FESTIVAL)
        assert not queries.working_calendar().is_working(FESTIVAL)

    def test_half_a_day_has_the_hours_of_that_half(self) -> None:
        SpecialDayFactory.create()
        office = OfficeFactory.create()

        set_days(DaySetting(day=FESTIVAL, office_id=office.pk, plan=HALF))

        calendar = queries.working_calendar(office.pk)
        assert calendar.sessions_on(FESTIVAL) == SESSIONS[:1]
        assert calendar.is_working(FESTIVAL)

    def test_its_own_hours_hold_from_their_day_on(self) -> None:
        SpecialDayFactory.create()
        office = OfficeFactory.create()
        hours = Hours(FESTIVAL, ((time(8), time(12)), (time(13), time(17))), {4: SESSIONS})

        setting = HoursSetting(since=FESTIVAL, office_id=office.pk, hours=hours, source="QĐ 7")
        opening.set_hours(setting, by=SYSTEM, now=NOW)

        calendar = queries.working_calendar(office.pk)
        assert calendar.sessions_on(FESTIVAL) == hours.sessions
        assert calendar.sessions_on(date(2026, 11, 27)) == SESSIONS
        assert calendar.sessions_on(date(2026, 11, 24)) == SESSIONS
        assert Event.objects.get().data["sessions"] == ["08:00 12:00", "13:00 17:00"]

    def test_hours_out_of_order_are_refused(self) -> None:
        backwards = Hours(FESTIVAL, ((time(13), time(17)), (time(8), time(12))))

        with pytest.raises(Invalid, match="theo thứ tự"):
            opening.set_hours(HoursSetting(since=FESTIVAL, hours=backwards), by=SYSTEM, now=NOW)

    def test_hours_are_put_back_as_they_were(self) -> None:
        SpecialDayFactory.create()
        office = OfficeFactory.create()
        first = Hours(FESTIVAL, ((time(8), time(12)), (time(13), time(17))), {4: SESSIONS})
        second = Hours(FESTIVAL, ((time(6), time(11)),))
        setting = HoursSetting(since=FESTIVAL, office_id=office.pk, hours=first, source="QĐ 7")

        nothing = opening.set_hours(setting, by=SYSTEM, now=NOW)
        was = opening.set_hours(replace(setting, hours=second), by=SYSTEM, now=NOW)
        opening.set_hours(was, by=SYSTEM, now=NOW)
        again = queries.working_calendar(office.pk).sessions_on(FESTIVAL)
        opening.set_hours(nothing, by=SYSTEM, now=NOW)
        queries.forget()

        assert was == setting
        assert again == first.sessions
        assert queries.working_calendar(office.pk).sessions_on(FESTIVAL) == SESSIONS

    @pytest.mark.parametrize("size", [1, 20])
    def test_reading_takes_as_many_queries_for_many_as_for_one(
        self, size: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(size):
            office = OfficeFactory.create()
            SpecialDayFactory.create(office=office, kind="local_off")
        SpecialDayFactory.create()

        with django_assert_num_queries(3):
            rows = queries.calendar_rows()

        assert len(rows.days) == size + 1


class TestSetByHand:
    def test_what_was_there_comes_back_and_can_be_put_back(self) -> None:
        SpecialDayFactory.create(day=FESTIVAL, name="Nghỉ", source="holidays 0.109")

        was = set_days(DaySetting(day=FESTIVAL, plan=OFF))
        set_days(*was)

        (row,) = queries.special_days(2026)
        assert (row.name, row.kind, row.source) == ("Nghỉ", "holiday", "holidays 0.109")
        assert not row.by_hand

    def test_loading_the_year_again_leaves_it_as_it_is(self) -> None:
        loaded = [SpecialDayPlan(day=date(2026, 9, 2), kind=DayKind.HOLIDAY, name="Quốc khánh")]
        services.set_special_days(2026, loaded, by=SYSTEM, now=NOW)
        set_days(DaySetting(day=FESTIVAL, plan=OFF), DaySetting(day=date(2026, 9, 2), plan=None))

        assert not services.set_special_days(2026, loaded, by=SYSTEM, now=NOW)

        rows = [(row.day.month, row.kind) for row in queries.special_days(2026)]
        assert rows == [(9, "ordinary"), (11, "local_off")]
        assert queries.working_calendar().is_working(date(2026, 9, 2))

    def test_every_day_leaves_an_event(self) -> None:
        SpecialDayFactory.create(day=FESTIVAL, name="Nghỉ")

        set_days(DaySetting(day=FESTIVAL, plan=OFF), DaySetting(day=date(2026, 11, 26), plan=None))

        first, second = Event.objects.order_by("pk")
        assert first.data["was"] == "holiday Nghỉ"
        assert (first.data["name"], second.data["kind"]) == ("Lễ hội Cà phê", "")

    @pytest.mark.parametrize(
        ("day", "kind", "said"),
        [
            (date(2026, 11, 25), DayKind.MAKEUP_WORK, "vốn là ngày làm việc"),
            (date(2026, 11, 28), DayKind.SWAP_OFF, "vốn là ngày nghỉ cuối tuần"),
        ],
    )
    def test_what_the_week_already_says_is_refused(
        self, day: date, kind: DayKind, said: str
    ) -> None:
        plan = SpecialDayPlan(day=day, kind=kind, name="Hoán đổi")

        with pytest.raises(Invalid, match=said):
            set_days(DaySetting(day=day, plan=plan))

    def test_a_day_without_a_name_is_refused(self) -> None:
        plan = SpecialDayPlan(day=FESTIVAL, kind=DayKind.HOLIDAY, name=" ")

        with pytest.raises(Invalid, match="Ghi tên ngày"):
            set_days(DaySetting(day=FESTIVAL, plan=plan))


class TestYearsToCome:
    def test_a_year_without_a_decision_has_the_days_of_the_law_as_estimates(self) -> None:
        SpecialDayFactory.create(day=date(2027, 9, 2))

        calendar = queries.working_calendar()

        tet = calendar.special[date(2028, 1, 26)]
        assert (tet.name, tet.is_estimate) == ("Tết Nguyên Đán", True)
        assert tet.source == "Bộ luật Lao động 2019, Điều 112"
        assert calendar.until == date(2031, 1, 1)

    def test_a_decision_wins_over_what_is_expected(self) -> None:
        SpecialDayFactory.create(day=date(2026, 9, 2))
        SpecialDayFactory.create(day=date(2028, 9, 2))

        assert date(2028, 1, 26) not in queries.working_calendar().special
        assert date(2027, 2, 6) in queries.working_calendar().special

    def test_estimates_know_days_in_lieu(self) -> None:
        found = {plan.day: plan for plan in estimated(2027)}

        assert found[date(2027, 5, 3)].kind is DayKind.IN_LIEU
        assert {plan.status for plan in found.values()} == {DayStatus.ESTIMATE}
        assert found[date(2027, 11, 24)].name == "Ngày Văn hóa Việt Nam"


def test_a_decision_is_the_basis_and_else_the_law() -> None:
    assert basis("holiday", "holidays 0.109") == "Bộ luật Lao động 2019, Điều 112"
    assert basis("swap_off", "Công văn 12729/VPCP-KGVX") == "Công văn 12729/VPCP-KGVX"
