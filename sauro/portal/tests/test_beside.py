"""What a search finds besides procedures, and how what it found is narrowed."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sauro.laws.tests import texts
from sauro.onestop.tests import world as worlds
from sauro.places.models import Place
from sauro.portal.queries import beside
from sauro.procedures.models import Procedure

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_a_page_of_ours_is_found_by_what_it_is_for() -> None:
    [page] = beside.beside("tra cuu ho so", on=TODAY)

    assert page.address == "/tra-cuu"


def test_a_unit_is_found_with_its_centre() -> None:
    world = worlds.build()
    Place.objects.filter(pk=world.place.pk).update(folded="tan lap")

    [unit] = beside.beside("Phường Tân Lập", on=TODAY)

    assert unit.title.startswith("Phường Tân Lập")
    assert unit.address == "/xep-hang/H15.24133.01"


def test_a_law_and_an_article_are_found_by_their_names() -> None:
    texts.load()

    [article] = beside.beside("điều 20 luật cư trú", on=TODAY)
    [law, *_older] = beside.beside("luật cư trú", on=TODAY)

    assert article.address == "/phap-luat/68-2020-qh14/dieu-20"
    assert law.address == "/phap-luat/68-2020-qh14"


def test_words_that_name_nothing_else_find_nothing_else(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert beside.beside("đăng ký khai sinh", on=TODAY) == []


def test_what_was_found_is_narrowed_by_level_and_by_field() -> None:
    worlds.build()
    Procedure.objects.create(
        code="9.000001",
        name="Đăng ký thay đổi hộ kinh doanh",
        folded="dang ky thay doi ho kinh doanh",
        field="Lĩnh vực khác",
        status="LISTED",
        level="PROVINCE",
    )
    client = Client()

    both = client.get("/tim", {"q": "hộ kinh doanh"}).content.decode()
    level = client.get("/tim", {"q": "hộ kinh doanh", "cap": "PROVINCE"}).content.decode()
    field = client.get("/tim", {"q": "hộ kinh doanh", "linh-vuc": "Lĩnh vực khác"}).content.decode()

    assert ("1.001612" in both, "9.000001" in both) == (True, True)
    assert ("1.001612" in level, "9.000001" in level) == (False, True)
    assert ("1.001612" in field, "9.000001" in field) == (False, True)


def test_a_level_that_is_none_narrows_nothing() -> None:
    worlds.build()

    page = Client().get("/tim", {"q": "hộ kinh doanh", "cap": "'; --"}).content.decode()

    assert "1.001612" in page
