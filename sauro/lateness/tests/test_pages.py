from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

import pytest
from django.test import Client

from sauro.cases.models import Case, Task
from sauro.core import clock
from sauro.core.actor import SYSTEM, Actor, ActorKind
from sauro.lateness.models import Letter, Nudge
from sauro.lateness.queries import (
    breaches,
    done,
    forecasts,
    letters,
    nudges,
    overview,
    weekly,
)
from sauro.lateness.queries.week import week
from sauro.lateness.queries.why import why
from sauro.lateness.services import letters as apologies
from sauro.offices import queries as offices
from sauro.offices.middleware import SESSION_KEY
from sauro.offices.models import Office
from sauro.offices.scopes import Scope
from sauro.offices.tests.factories import OfficialFactory
from sauro.onestop.tests import steps
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import MONDAY, World
from sauro.people.tests.factories import AccountFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATE = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # Tuesday 09:00, promised Friday 17:00
FRIDAY = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # 08:00, promised 17:00
ROOT = "/tre-han/"


def _client(actor: Actor) -> Client:
    AccountFactory.create(person_id=actor.person_id)
    client = Client()
    session = client.session
    session[SESSION_KEY] = actor.person_id
    session.save()
    return client


def _text(answer: Any) -> str:  # noqa: ANN401
    return str(answer.content.decode())


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Stop the wall clock on the Tuesday after."""
    monkeypatch.setattr(clock, "now", lambda: LATE)
    return LATE


def _fill(world: World, size: int) -> str:
    """Return the code of one of `size` late cases."""
    ids = [steps.appraised(world, worlds.citizen(f"Người {n}")) for n in range(size)]
    return Case.objects.get(pk=ids[0]).code


@pytest.mark.usefixtures("now")
def test_a_head_sees_what_is_late_why_and_one_thing_to_do() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    code = Case.objects.get(pk=case_id).code
    head = _client(here.head)

    page = _text(head.get(ROOT))

    assert "1 hồ sơ trễ hẹn" in page
    assert "Bước thẩm định" in page
    assert "chưa xin lỗi" in page
    assert f'action="{ROOT}nhac/{code}"' in page
    assert head.post(f"{ROOT}nhac/{code}")["Location"] == f"{ROOT}?da-nhac={code}"
    assert "Hôm nay đã nhắc" in _text(head.post(f"{ROOT}nhac/{code}"))
    assert "đã nhắc 1 lần" in _text(head.get(ROOT))
    assert Nudge.objects.count() == 1


@pytest.mark.usefixtures("now")
def test_why_shows_every_task_and_the_sum_and_the_rule_that_moved_it() -> None:
    here = worlds.build()
    code = _fill(here, 1)

    page = _text(_client(here.head).get(f"{ROOT}vi-sao/{code}"))

    assert "Trễ 1 ngày 2 giờ làm việc" in page  # Monday and two hours of Tuesday
    assert "Vì sao hồ sơ ở bước thẩm định" in page
    assert "Từ bước “Chuyển xử lý”, việc “chuyển xử lý” dẫn tới bước “Thẩm định”" in page
    assert page.count("600") >= 3  # of the task, of the official, of the whole
    assert "<svg" in page


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("route", ["vi-sao/{}", "nhac/{}", "xin-loi/{}"])
def test_a_case_of_other_offices_looks_like_one_that_does_not_exist(route: str) -> None:
    here = worlds.build()
    code = _fill(here, 1)
    stranger = _client(here.stranger)
    ask = stranger.get if route.startswith("vi-sao") else stranger.post

    hidden = ask(ROOT + route.format(code))
    missing = ask(ROOT + route.format("H15.24133.01-20261123-9999999"))

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert "Không có hồ sơ nào với mã này" in _text(hidden)
    assert "Không hồ sơ nào trễ hẹn" in _text(stranger.get(ROOT))


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("route", ["", "thu-hai", "xin-loi", "vi-sao/X"])
def test_people_and_visitors_do_not_come_in(route: str) -> None:
    worlds.build()
    citizen = _client(worlds.citizen())

    assert citizen.get(ROOT + route).status_code == 403
    assert Client().get(ROOT + route)["Location"].startswith("/dang-nhap")


@pytest.mark.usefixtures("now")
def test_a_head_signs_several_letters_with_one_press() -> None:
    here = worlds.build()
    _fill(here, 3)
    apologies.draft(by=SYSTEM, now=LATE)
    head = _client(here.head)
    page = _text(head.get(f"{ROOT}xin-loi"))

    answer = _text(
        head.post(
            f"{ROOT}xin-loi/ky", {"chosen": list(Letter.objects.values_list("pk", flat=True))}
        )
    )

    assert "3 thư xin lỗi chờ ký" in page
    assert "Quá hạn gửi 26/11, 17:00" in page
    assert "Đã ký 3 trên 3 thư" in answer
    assert "Không thư nào chờ ký" in answer
    assert "đã xin lỗi, hẹn lại" in _text(head.get(ROOT))
    assert head.post(f"{ROOT}xin-loi/ky").status_code == 422


@pytest.mark.usefixtures("now")
def test_a_letter_is_mended_on_its_page_and_others_may_not() -> None:
    here = worlds.build()
    code = _fill(here, 1)
    apologies.draft(by=SYSTEM, now=LATE)
    head = _client(here.head)
    given = {"reason": "Thiếu người thẩm định.", "promised": "2026-12-10"}

    good = head.post(f"{ROOT}xin-loi/{code}", given)
    bad = head.post(f"{ROOT}xin-loi/{code}", {**given, "promised": "mai"})
    other = _client(here.specialist).post(f"{ROOT}xin-loi/{code}", given)

    assert (good.status_code, bad.status_code, other.status_code) == (302, 422, 403)
    assert "Chọn ngày hẹn mới" in _text(bad)
    assert Letter.objects.get().reason == "Thiếu người thẩm định."


@pytest.mark.usefixtures("now")
def test_the_list_of_the_week_has_what_stands_still() -> None:
    here = worlds.build()
    _fill(here, 2)

    page = _text(_client(here.head).get(f"{ROOT}thu-hai"))

    assert "2 hồ sơ trễ, 0 hồ sơ sẽ trễ, 2 hồ sơ đứng yên" in page


def _province(world: World) -> Actor:
    committee = Office.objects.create(
        code="H15", slug="ubnd-tinh", name="UBND tỉnh", kind="COMMITTEE", level="PROVINCE",
        since=MONDAY.date(),
    )  # fmt: skip
    person = PersonFactory.create(name="Chủ tịch tỉnh")
    row = OfficialFactory.create(office=committee, role="HEAD", title="Chủ tịch", person=person)
    offices.forget()
    return Actor(
        kind=ActorKind.OFFICIAL,
        label="Chủ tịch tỉnh",
        person_id=person.pk,
        official_id=row.pk,
        office_id=committee.pk,
        post="HEAD",
        leads=True,
    )


def test_a_leader_of_the_province_sees_everything_and_signs_nothing_of_a_ward() -> None:
    here = worlds.build()
    _fill(here, 2)
    apologies.draft(by=SYSTEM, now=LATE)
    chair = _province(here)

    seen = overview.overview(chair, now=LATE)
    theirs = overview.overview(here.head, now=LATE)

    assert (seen.is_all, seen.late_count, seen.to_sign) == (True, 2, 0)
    assert [row.action for row in seen.late] == ["NUDGE", "NUDGE"]
    assert [row.action for row in theirs.late] == ["SIGN", "SIGN"]
    assert letters.to_sign(chair, now=LATE) == []


def test_who_holds_a_case_is_told_to_open_it() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)

    seen = overview.overview(worlds.holder(here, case_id), now=LATE)

    assert [row.action for row in seen.late] == ["OPEN"]


def test_what_will_be_late_is_listed_with_what_it_lacks() -> None:
    here = worlds.build()
    steps.appraised(here)

    seen = overview.overview(here.head, now=FRIDAY)

    risk = seen.at_risk[0]
    assert (seen.late_count, seen.risk_count) == (0, 1)
    assert risk.missing == sum((360, 465, 186)) - 420
    assert [name for name, _part in risk.rescue] == ["Thẩm định", "Ký duyệt", "Đóng dấu"]


@pytest.mark.parametrize("size", [1, 20])
def test_pages_cost_the_same_however_much_is_late(
    size: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = worlds.build()
    code = _fill(here, size)
    apologies.draft(by=SYSTEM, now=LATE)
    overview.overview(here.head, now=LATE)

    with django_assert_num_queries(9):
        overview.overview(here.head, now=LATE)
    with django_assert_num_queries(10):
        week(here.head, now=LATE)
    with django_assert_num_queries(8):
        why(here.head, code, now=LATE)
    with django_assert_num_queries(1):
        letters.to_sign(here.head, now=LATE)


@pytest.mark.parametrize("size", [1, 20])
def test_lists_take_one_query(
    size: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = worlds.build()
    _fill(here, size)
    apologies.draft(by=SYSTEM, now=LATE)
    everything = Scope(name="", offices=None)
    roster = offices.roster(LATE.date())

    for ask, found in (
        (lambda: forecasts.open_cases(everything, until=LATE), size),
        (lambda: breaches.unrecorded(LATE), size),
        (lambda: done.tasks_done(MONDAY - DAY), 2 * size),
        (lambda: nudges.due_tasks(LATE), size),
        (nudges.unsigned_letters, size),
        (lambda: weekly.by_office(LATE), 1),
        (lambda: weekly.silent_cases(everything, LATE), size),
    ):
        with django_assert_num_queries(1):
            rows = ask()
        assert len(rows) == found
    assert len(nudges.unsigned_letters()) == size
    one = Case.objects.earliest("pk").pk
    with django_assert_num_queries(1):
        assert breaches.unrecorded_of(one) == []
    with django_assert_num_queries(0):
        assert len(letters.signed_by(here.head, roster)) == 3


def test_a_case_with_four_hundred_events_says_why_in_a_tenth_of_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    last = Task.objects.get(case_id=case_id, done_at=None)
    Task.objects.filter(pk=last.pk).update(done_at=MONDAY, outcome="ADVANCE")
    fields = {name: getattr(last, name) for name in ("official_id", "office_id", "head_id")}
    Task.objects.bulk_create(
        Task(
            case_id=case_id,
            step=("appraise", "sign")[n % 2],
            work="Việc",
            product="Kết quả",
            opened_at=MONDAY + n * timedelta(hours=1),
            due_at=MONDAY + n * timedelta(hours=1) + timedelta(minutes=20),
            done_at=MONDAY + (n + 1) * timedelta(hours=1) if n < 399 else None,
            outcome=("ADVANCE", "SEND_BACK")[n % 2] if n < 399 else "",
            **fields,
        )
        for n in range(400)
    )
    code = Case.objects.get(pk=case_id).code
    later = MONDAY + timedelta(days=20)
    why(here.head, code, now=later)

    took = []
    for _try in range(3):
        before = perf_counter()
        found = why(here.head, code, now=later)
        took.append(perf_counter() - before)

    browser, opened = _client(here.head), []
    monkeypatch.setattr(clock, "now", lambda: later)
    for _try in range(12):  # other work on the machine is not the page's
        before = perf_counter()
        page = browser.get(f"{ROOT}vi-sao/{code}")
        opened.append(perf_counter() - before)

    assert page.status_code == 200
    assert _text(page).count("Trần Quốc Bảo") + _text(page).count("Y Blăm Niê") >= 400
    assert len(found.lines) == 403
    assert sum(line.share.delay for line in found.lines) == found.account.delay > 0
    assert min(took) < 0.1
    assert min(opened) < 0.1
