"""Loading places."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from sauro.core.actor import SYSTEM
from sauro.core.errors import Invalid
from sauro.events.models import Event
from sauro.places import queries, services
from sauro.places.models import Edition, Place, Spelling, Succession
from sauro.places.services import Loaded
from sauro.places.tests import country
from sauro.places.tests.country import (
    NOW,
    OUTLINES,
    PLACES,
    SUCCESSIONS,
    TODAY,
    C,
    P,
    new,
)
from sauro.places.tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db
ROWS = len(PLACES) + len(SUCCESSIONS) + len(OUTLINES)


def test_a_first_load_adds_everything_and_leaves_an_event() -> None:
    assert country.load() == Loaded(added=ROWS, changed=0, same=0)

    edition = Edition.objects.get()
    event = Event.objects.get()
    assert (edition.places, edition.added) == (len(PLACES), ROWS)
    assert (event.verb, event.subject_id) == ("places.loaded", edition.pk)
    assert event.data == {"added": ROWS, "changed": 0}


def test_a_second_load_changes_nothing() -> None:
    country.load()
    before = list(Place.objects.order_by("pk").values())

    assert country.load() == Loaded(added=0, changed=0, same=ROWS)

    assert list(Place.objects.order_by("pk").values()) == before
    assert Edition.objects.count() == 1
    assert Event.objects.count() == 1


def test_a_load_mends_what_differs_and_keeps_the_identity() -> None:
    country.load()
    ward = queries.by_code(C, "22015", on=TODAY)
    Place.objects.filter(pk=ward.id).update(seat="nơi khác", population=1)

    assert country.load() == Loaded(added=0, changed=1, same=ROWS - 1)
    assert queries.place(ward.id) == ward


def test_a_corrected_name_is_found_by_its_new_spelling() -> None:
    country.load()
    corrected = [
        replace(place, name="Phường Tuy Hòa Mới") if place.key == _tuy_hoa() else place
        for place in PLACES
    ]

    loaded = services.load_places(corrected, SUCCESSIONS, OUTLINES, by=SYSTEM, now=NOW)

    assert (loaded.added, loaded.changed) == (0, 1)
    assert Spelling.objects.filter(key="tuyhoamoi").count() == 1


def _tuy_hoa() -> object:
    return new(C, "22015", "Phường Tuy Hòa", "66").key


def test_rows_that_do_not_hang_together_are_refused_and_nothing_is_loaded() -> None:
    lost = new(C, "22015", "Phường Tuy Hòa", "99")

    with pytest.raises(Invalid, match="1 dòng không dùng được, dòng đầu: Phường Tuy Hòa"):
        services.load_places([*PLACES[:5], lost], by=SYSTEM, now=NOW)

    assert Place.objects.count() == 0
    assert Event.objects.count() == 0


def test_a_place_may_not_be_open_twice() -> None:
    place = PlaceFactory.create(code="22015")

    with pytest.raises(IntegrityError, match="place_is_open_once"), transaction.atomic():
        PlaceFactory.create(code="22015", parent=place.parent, since=NOW.date())


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("place_begins_once", {"until": "2026-01-01"}),
        ("place_level_is_known", {"level": "VILLAGE", "code": "1"}),
        ("place_ends_after_it_begins", {"code": "1", "until": "2025-07-01"}),
        ("place_is_in_another_unless_a_province", {"code": "1", "parent": None}),
        ("place_has_a_name", {"code": "1", "folded": ""}),
        ("place_population_is_counted_in_people", {"code": "1", "population": -1}),
        ("place_estimate_is_of_something", {"code": "1", "population_is_estimate": True}),
        ("place_says_its_source", {"code": "1", "source": ""}),
    ],
)
def test_the_database_keeps_what_must_always_hold(
    constraint: str, wrong: dict[str, object]
) -> None:
    place = PlaceFactory.create(code="22015")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PlaceFactory.create(**{"code": "22015", "parent": place.parent, **wrong})


@pytest.mark.parametrize("constraint", ["succession_is_said_once", "succession_is_to_another"])
def test_a_succession_is_said_once_and_to_another(constraint: str) -> None:
    one, other = PlaceFactory.create(), PlaceFactory.create()
    given = {"old": one, "new": other, "on": NOW.date()}
    Succession.objects.create(**given)
    wrong = given if constraint.endswith("once") else {**given, "new": one}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Succession.objects.create(**wrong)


def test_a_province_keeps_its_history() -> None:
    country.load()

    rows = Place.objects.filter(level=P, code="66").order_by("pk").values_list("since", "until")

    assert list(rows) == [(None, country.MERGED_ON), (country.MERGED_ON, None)]
