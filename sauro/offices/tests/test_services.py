"""Opening, staffing and closing offices, and deciding which days are worked."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from sauro.core.actor import SYSTEM
from sauro.core.errors import Invalid, NotFound, NotNow
from sauro.events import queries as log
from sauro.events.models import Event
from sauro.offices import keeping, queries, services
from sauro.offices.models import Office, Post, SpecialDay
from sauro.offices.rules import (
    DayKind,
    Kind,
    Level,
    NewOffice,
    NewPost,
    Role,
    SpecialDayPlan,
)
from sauro.offices.services import Loaded
from sauro.offices.tests.factories import (
    CommuneFactory,
    OfficeFactory,
    OfficialFactory,
    PostFactory,
    SpecialDayFactory,
)
from sauro.people.models import Person
from sauro.people.rules import NewPerson
from sauro.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SINCE = date(2025, 7, 1)
COMMITTEE = NewOffice(
    code="H15",
    slug="ubnd-tinh",
    name="Ủy ban nhân dân tỉnh Đắk Lắk",
    kind=Kind.COMMITTEE,
    level=Level.PROVINCE,
    since=SINCE,
)
JUSTICE = replace(
    COMMITTEE,
    code="H15.03",
    slug="so-tu-phap",
    name="Sở Tư pháp",
    kind=Kind.DEPARTMENT,
    parent="H15",
)


class TestOffice:
    def test_it_is_opened_below_another(self) -> None:
        top = services.open_office(COMMITTEE, by=SYSTEM, now=NOW)
        office_id = services.open_office(JUSTICE, by=SYSTEM, now=NOW)

        assert queries.office(office_id).parent_id == top
        assert log.history("offices.office", office_id)[0].data == {"code": "H15.03"}

    def test_a_code_is_given_once_and_the_office_above_must_be_there(self) -> None:
        with pytest.raises(Invalid, match="cấp trên “H15”"):
            services.open_office(JUSTICE, by=SYSTEM, now=NOW)
        services.open_office(COMMITTEE, by=SYSTEM, now=NOW)
        with pytest.raises(Invalid, match="đã có cơ quan dùng"):
            services.open_office(COMMITTEE, by=SYSTEM, now=NOW)

        assert Office.objects.count() == 1

    def test_it_closes_when_nobody_and_nothing_is_left_in_it(self) -> None:
        office = OfficeFactory.create()
        unit = OfficeFactory.create(parent=office)
        official = OfficialFactory.create(office=unit)

        with pytest.raises(NotNow, match="còn 1 đơn vị"):
            services.close_office(office.pk, until=TODAY, by=SYSTEM, now=NOW)
        with pytest.raises(NotNow, match="Còn 1 người"):
            services.close_office(unit.pk, until=TODAY, by=SYSTEM, now=NOW)
        services.end_appointment(official.pk, until=TODAY, by=SYSTEM, now=NOW)
        services.close_office(unit.pk, until=TODAY, by=SYSTEM, now=NOW)
        services.close_office(office.pk, until=TODAY, by=SYSTEM, now=NOW)

        assert queries.departments(on=TODAY) == []
        assert Post.objects.get().until == TODAY
        with pytest.raises(NotNow, match="giải thể"):
            services.close_office(unit.pk, until=TODAY, by=SYSTEM, now=NOW)

    def test_it_does_not_close_before_it_opened(self) -> None:
        with pytest.raises(Invalid, match="sau ngày bắt đầu 01/07/2025"):
            services.close_office(OfficeFactory.create().pk, until=SINCE, by=SYSTEM, now=NOW)

    def test_what_is_not_there_is_not_found(self) -> None:
        for ask in (
            lambda: services.close_office(0, until=TODAY, by=SYSTEM, now=NOW),
            lambda: services.open_post(0, Role.HEAD, "Giám đốc", since=SINCE, by=SYSTEM, now=NOW),
            lambda: services.appoint(0, 0, since=SINCE, by=SYSTEM, now=NOW),
            lambda: services.end_appointment(0, until=TODAY, by=SYSTEM, now=NOW),
        ):
            with pytest.raises(NotFound):
                ask()


class TestPost:
    def test_posts_of_a_role_are_numbered(self) -> None:
        office = OfficeFactory.create()

        for _ in range(2):
            services.open_post(
                office.pk, Role.CLERK, " Cán bộ  một cửa ", since=SINCE, by=SYSTEM, now=NOW
            )

        rows = list(Post.objects.order_by("pk").values_list("role", "number", "title"))
        assert rows == [("CLERK", 1, "Cán bộ một cửa"), ("CLERK", 2, "Cán bộ một cửa")]

    def test_a_post_has_a_title(self) -> None:
        office = OfficeFactory.create()

        with pytest.raises(Invalid) as refused:
            services.open_post(office.pk, Role.CLERK, " ", since=SINCE, by=SYSTEM, now=NOW)
        assert refused.value.field == "title"

    def test_a_person_takes_a_post_and_is_in_the_roster_at_once(self) -> None:
        post, person = PostFactory.create(), PersonFactory.create()
        assert queries.roster(TODAY).officials == []

        official_id = services.appoint(post.pk, person.pk, since=SINCE, by=SYSTEM, now=NOW)

        assert [row.id for row in queries.roster(TODAY).officials] == [official_id]

    def test_a_post_is_held_by_one_at_a_time(self) -> None:
        held = OfficialFactory.create()
        successor = PersonFactory.create()

        with pytest.raises(NotNow, match="đang có người giữ"):
            services.appoint(held.post_id, successor.pk, since=TODAY, by=SYSTEM, now=NOW)
        services.end_appointment(held.pk, until=TODAY, by=SYSTEM, now=NOW)
        services.appoint(held.post_id, successor.pk, since=TODAY, by=SYSTEM, now=NOW)

        assert queries.post_held(successor.pk, on=TODAY) is not None
        assert queries.post_held(held.person_id, on=TODAY) is None
        assert queries.post_held(held.person_id, on=date(2026, 11, 22)) is not None
        with pytest.raises(NotNow, match="đã thôi"):
            services.end_appointment(held.pk, until=TODAY, by=SYSTEM, now=NOW)

    def test_a_post_is_not_held_outside_its_time(self) -> None:
        post = PostFactory.create(since=date(2026, 1, 1), until=date(2026, 6, 1))
        person = PersonFactory.create()

        for since in (date(2025, 12, 31), date(2026, 6, 1)):
            with pytest.raises(NotNow, match="không có vào ngày"):
                services.appoint(post.pk, person.pk, since=since, by=SYSTEM, now=NOW)

    def test_the_database_refuses_two_in_one_post_on_one_day(self) -> None:
        held = OfficialFactory.create(until=date(2026, 1, 1))
        OfficialFactory.create(post=held.post, since=date(2026, 1, 1))

        with pytest.raises(IntegrityError, match="official_holds_a_post_alone"):
            OfficialFactory.create(post=held.post, since=date(2025, 12, 31))


class TestSpecialDays:
    DAYS = (
        SpecialDayPlan(day=date(2026, 9, 2), kind=DayKind.HOLIDAY, name="Quốc khánh"),
        SpecialDayPlan(day=date(2026, 8, 22), kind=DayKind.MAKEUP_WORK, name="Làm bù 31/8"),
        SpecialDayPlan(day=date(2026, 8, 31), kind=DayKind.SWAP_OFF, name="Nghỉ hoán đổi"),
    )

    def test_a_decision_makes_the_days_of_a_year_and_is_seen_at_once(self) -> None:
        assert queries.working_calendar().after(date(2026, 8, 28), 1) == date(2026, 8, 31)

        assert services.set_special_days(2026, self.DAYS, by=SYSTEM, now=NOW)

        assert queries.working_calendar().after(date(2026, 8, 28), 1) == date(2026, 9, 1)
        event = Event.objects.get()
        assert event.verb == "calendar.year_set"
        assert event.data["days"] == [
            "2026-08-22 makeup_work",
            "2026-08-31 swap_off",
            "2026-09-02 holiday",
        ]

    def test_the_same_decision_twice_changes_nothing(self) -> None:
        services.set_special_days(2026, self.DAYS, by=SYSTEM, now=NOW)

        assert not services.set_special_days(2026, self.DAYS[::-1], by=SYSTEM, now=NOW)
        assert log.count() == 1

    def test_a_new_decision_replaces_its_year_and_no_other(self) -> None:
        SpecialDayFactory.create(day=date(2025, 9, 2))
        services.set_special_days(2026, self.DAYS, by=SYSTEM, now=NOW)

        services.set_special_days(2026, self.DAYS[:1], by=SYSTEM, now=NOW)

        days = list(SpecialDay.objects.order_by("day").values_list("day", flat=True))
        assert days == [date(2025, 9, 2), date(2026, 9, 2)]

    def test_a_list_that_cannot_be_so_changes_nothing(self) -> None:
        services.set_special_days(2026, self.DAYS, by=SYSTEM, now=NOW)

        with pytest.raises(Invalid):
            services.set_special_days(2026, self.DAYS * 2, by=SYSTEM, now=NOW)

        assert SpecialDay.objects.count() == 3


def test_what_another_process_changed_is_seen_when_the_numbers_are_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = queries.roster(TODAY)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(keeping._numbers, "forget", lambda: None)
        services.open_office(COMMITTEE, by=SYSTEM, now=NOW)

    assert queries.roster(TODAY) is before
    monkeypatch.setattr(keeping._numbers, "_until", 0.0)
    assert [row.code for row in queries.roster(TODAY).offices] == ["H15"]


class TestLoad:
    POSTS = (
        NewPost(
            office="H15",
            role=Role.HEAD,
            number=1,
            title="Chủ tịch",
            since=SINCE,
            holder=NewPerson(name="Lê Hoa", pid="900170000001", is_synthetic=True),
        ),
        NewPost(
            office="H15.03",
            role=Role.HEAD,
            number=1,
            title="Giám đốc",
            since=SINCE,
            holder=NewPerson(name="Y Thu Niê", pid="900070000002", is_synthetic=True),
        ),
        NewPost(office="H15.03", role=Role.STAMP, number=1, title="Văn thư", since=SINCE),
    )

    def test_a_plan_opens_offices_posts_and_appoints_whatever_order_it_has(self) -> None:
        loaded = services.load_offices([JUSTICE, COMMITTEE], self.POSTS, by=SYSTEM, now=NOW)

        assert loaded == Loaded(offices=2, posts=3, officials=2)
        justice = queries.office_by_code("H15.03")
        assert justice.parent_id == queries.office_by_code("H15").id
        assert queries.head(justice.id, on=TODAY).name == "Y Thu Niê"
        counted = Event.objects.values_list("verb", flat=True).order_by("verb")
        assert list(counted) == [
            *["office.opened"] * 2,
            *["official.appointed"] * 2,
            *["person.registered"] * 2,
            *["post.opened"] * 3,
        ]

    def test_loading_twice_changes_nothing(self) -> None:
        services.load_offices([COMMITTEE, JUSTICE], self.POSTS, by=SYSTEM, now=NOW)
        before = log.count()

        again = services.load_offices([COMMITTEE, JUSTICE], self.POSTS, by=SYSTEM, now=NOW)

        assert again == Loaded(offices=0, posts=0, officials=0)
        assert log.count() == before

    def test_somebody_who_left_is_not_appointed_again(self) -> None:
        services.load_offices([COMMITTEE, JUSTICE], self.POSTS, by=SYSTEM, now=NOW)
        head = queries.head(queries.office_by_code("H15.03").id, on=TODAY)
        services.end_appointment(head.id, until=TODAY, by=SYSTEM, now=NOW)

        services.load_offices([COMMITTEE, JUSTICE], self.POSTS, by=SYSTEM, now=NOW)

        assert queries.post_held(head.person_id, on=TODAY) is None

    def test_an_office_below_nobody_refuses_the_whole_plan(self) -> None:
        with pytest.raises(Invalid, match="cấp trên “H15”"):
            services.load_offices([JUSTICE], self.POSTS, by=SYSTEM, now=NOW)

        assert (Office.objects.count(), Person.objects.count(), log.count()) == (0, 0, 0)


class TestKeptByTheDatabase:
    @pytest.mark.parametrize(
        "broken",
        [
            {"name": ""},
            {"kind": "X"},
            {"level": "X"},
            {"level": "COMMUNE"},
            {"until": SINCE},
        ],
    )
    def test_an_office_cannot_be_broken(self, broken: dict[str, object]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            OfficeFactory.create(**broken)

    @pytest.mark.parametrize("broken", [{"title": ""}, {"role": "X"}, {"until": SINCE}])
    def test_a_post_cannot_be_broken(self, broken: dict[str, object]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            PostFactory.create(**broken)

    def test_a_post_has_its_own_number(self) -> None:
        post = PostFactory.create()

        with pytest.raises(IntegrityError), transaction.atomic():
            PostFactory.create(office=post.office, number=post.number)

    def test_an_official_does_not_leave_before_they_came(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            OfficialFactory.create(until=SINCE)

    @pytest.mark.parametrize("broken", [{"kind": "X"}, {"status": "X"}])
    def test_a_special_day_cannot_be_broken(self, broken: dict[str, str]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            SpecialDayFactory.create(**broken)

    def test_a_place_is_needed_only_in_a_commune(self) -> None:
        office = OfficeFactory.create(level="COMMUNE", place=CommuneFactory.create())

        assert Office.objects.get().place_id == office.place_id
