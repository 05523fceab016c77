"""Counting late cases in the database comes to what looking at each of them comes to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from sauro.cases.models import Case
from sauro.core import clock
from sauro.core.actor import SYSTEM
from sauro.lateness.queries import counting, forecasts
from sauro.lateness.queries.counting import Counted, Page
from sauro.lateness.rules.pace import Paces, Usual
from sauro.lateness.services import pacing
from sauro.offices import queries as offices
from sauro.offices.middleware import SESSION_KEY
from sauro.offices.scopes import Scope
from sauro.onestop.services import returning
from sauro.onestop.tests import land, steps
from sauro.onestop.tests import world as worlds
from sauro.onestop.tests.world import MONDAY, World
from sauro.people.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
EVERYTHING = Scope(name="", offices=None)
UNTIL = MONDAY + 30 * DAY
ALL = Page(0, 10_000)
TUESDAY = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
MOMENTS = (
    MONDAY + timedelta(hours=3),
    datetime(2026, 11, 25, 22, 0, tzinfo=UTC),  # before offices open
    datetime(2026, 11, 26, 5, 17, 13, 250_001, tzinfo=UTC),  # over noon
    datetime(2026, 11, 27, 9, 59, 59, 999_999, tzinfo=UTC),
    TUESDAY,
)


def _counted(known: Paces, now: datetime, scope: Scope = EVERYTHING, **pages: Page) -> Counted:
    return counting.counted(
        scope,
        known,
        offices.working_calendar(),
        until=UNTIL,
        now=now,
        late=pages.get("late", ALL),
        at_risk=pages.get("at_risk", ALL),
    )


def _one_by_one(known: Paces, now: datetime) -> Counted:
    """Return what the rules say of each case by itself."""
    calendar = offices.working_calendar()
    found = list(forecasts.every_open_case(until=UNTIL))
    late = [case for case in found if case.promised_first < now]
    ahead = [(forecasts.forecast(one, known, calendar, now), one) for one in found]
    risky = [(f, one) for f, one in ahead if one.promised_first >= now and f.is_late]
    late.sort(key=lambda case: (case.promised_first, case.case_id))
    risky.sort(key=lambda pair: (pair[0].missing, pair[1].promised_at, pair[1].case_id))
    return Counted(
        late_count=len(late),
        late=[case.case_id for case in late],
        risk_count=len(risky),
        at_risk=[case.case_id for _forecast, case in risky],
        looked_at=len(found),
    )


def _mixed(here: World, *, branches: bool) -> int:
    """Return a dossier, one in branches if wanted, beside others and one apologised for."""
    if branches:
        land.publish()
        land.tax_office(here)
    for number in range(3):
        started = MONDAY + timedelta(hours=number, minutes=7 * number)
        steps.appraised(here, worlds.citizen(f"Người {number}"))
        steps.accepted(here, worlds.citizen(f"Khác {number}"))
        worlds.filed(here, worlds.citizen(f"Mới {number}"), now=started)
    late = steps.appraised(here, worlds.citizen("Trễ"))
    promised = Case.objects.get(pk=late).promised_at
    assert promised
    returning.apologise(late, "Nhiều hồ sơ.", promised + 4 * DAY, by=here.head, now=promised - DAY)
    return land.parted(here) if branches else late


@pytest.mark.parametrize("branches", [False, True])
@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_counting_all_at_once_is_counting_one_by_one(
    now: datetime,
    branches: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    here = worlds.build()
    case_id = _mixed(here, branches=branches)
    process = Case.objects.get(pk=case_id).process_id
    office = here.head.office_id or 0
    known: dict[tuple[int, str, int], Usual] = {
        (process, "tax", 0): Usual(2_000, 2_500, 3),
        (process, "sign", office): Usual(700, 800, 9),
        (process, "sign", 0): Usual(1, 2, 90),
        (process, "draft", 0): Usual(0, 0, 4),
    }

    assert _counted({}, now).looked_at >= 7
    for paces in ({}, known):
        assert _counted(paces, now) == _one_by_one(paces, now)


def test_what_was_done_lately_counts_the_same_way() -> None:
    here = worlds.build()
    steps.done(here)
    _mixed(here, branches=False)
    pacing.count_paces(by=SYSTEM, now=MONDAY + DAY)
    known = forecasts.paces()

    assert known
    assert _counted(known, MOMENTS[3]) == _one_by_one(known, MOMENTS[3])


def test_only_the_cases_of_ones_own_offices_count() -> None:
    here = worlds.build()
    steps.appraised(here)

    own = _counted({}, TUESDAY, Scope(name="", offices=(here.head.office_id or 0,)))
    other = _counted({}, TUESDAY, Scope(name="", offices=(here.stranger.office_id or 0,)))

    assert (own.late_count, other.late_count, other.looked_at) == (1, 0, 0)


def test_cases_that_are_no_dossiers_have_lists_of_their_own() -> None:
    here = worlds.build()
    case_id = steps.appraised(here)
    Case.objects.filter(pk=case_id).update(kind="petition")

    assert _counted({}, TUESDAY).looked_at == 0


def test_a_list_is_read_by_pages_that_together_are_the_whole() -> None:
    here = worlds.build()
    for number in range(5):
        steps.appraised(here, worlds.citizen(f"Người {number}"))

    whole = _counted({}, TUESDAY)
    pages = [_counted({}, TUESDAY, late=Page(first, 2)) for first in (0, 2, 4, 6)]

    assert [page.late_count for page in pages] == [5, 5, 5, 5]
    assert [pk for page in pages for pk in page.late] == whole.late


@pytest.mark.parametrize("size", [1, 20])
def test_counting_takes_two_queries_however_many_there_are(
    size: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    here = worlds.build()
    for number in range(size):
        steps.appraised(here, worlds.citizen(f"Người {number}"))
    offices.working_calendar()

    with django_assert_num_queries(2):
        found = _counted({}, TUESDAY)
    with django_assert_num_queries(1):
        read = forecasts.open_cases_of(found.late)

    assert sorted(read) == sorted(found.late)
    assert len(read) == size


def test_the_page_counts_all_and_shows_fifteen_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    here = worlds.build()
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)
    codes = [
        Case.objects.get(pk=steps.appraised(here, worlds.citizen(f"Người {n}"))).code
        for n in range(17)
    ]
    AccountFactory.create(person_id=here.head.person_id)
    client = Client()
    session = client.session
    session[SESSION_KEY] = here.head.person_id
    session.save()

    first, second = (client.get(f"/tre-han/?tre={n}").content.decode() for n in (0, 1))

    assert "17 hồ sơ trễ hẹn" in first
    assert "1 đến 15 trong 17 hồ sơ" in first
    assert sum(code in first for code in codes) == 15
    assert "16 đến 17 trong 17 hồ sơ" in second
    assert sum(code in second for code in codes) == 2
