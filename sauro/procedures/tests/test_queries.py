"""Reading the catalogue: lists, pages, versions, and what they cost."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest

from sauro.core.actor import SYSTEM
from sauro.core.errors import NotFound, NotNow
from sauro.procedures import queries, services
from sauro.procedures.rules import Level, Status
from sauro.procedures.tests.factories import ProcedureFactory, VersionFactory, raw, title

pytestmark = pytest.mark.django_db

Queries = Callable[[int], AbstractContextManager[None]]
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def loaded(*records: dict[str, object], titles: tuple[dict[str, str], ...] = ()) -> None:
    services.load_catalogue(records, titles, by=SYSTEM, now=NOW)


@pytest.mark.parametrize("size", [1, 20])
def test_searching_takes_one_query_once_the_index_is_there(
    size: int, django_assert_num_queries: Queries
) -> None:
    loaded(*(raw(f"1.2{n:05}", f"Đăng ký khai sinh {n}") for n in range(size)))
    queries.search("khai sinh")

    with django_assert_num_queries(1):
        hits = queries.search("khai sinh")

    assert len(hits) == size


def test_a_hit_says_what_a_list_needs() -> None:
    loaded(raw())

    hit = queries.search("làm giấy khai sinh")[0]

    assert (hit.code, hit.level, hit.level_label, hit.has_full) == (
        "1.001193",
        Level.COMMUNE,
        "Cấp xã",
        True,
    )
    assert hit.score > 0


def test_a_change_of_the_catalogue_is_found_at_once() -> None:
    loaded(raw())
    assert queries.search("kết hôn") == []

    loaded(raw("1.000894", "Thủ tục đăng ký kết hôn"))

    assert queries.search("kết hôn")[0].code == "1.000894"


def test_what_is_gone_is_found_by_its_code_only() -> None:
    loaded(raw())
    services.withdraw("1.001193", on=date(2027, 1, 1), reason="", by=SYSTEM, now=NOW)

    assert queries.search("khai sinh") == []
    assert [hit.code for hit in queries.search(" 1.001193 ")] == ["1.001193"]


def test_a_search_can_be_narrowed_to_a_level_and_a_field() -> None:
    loaded(
        raw(),
        raw("1.000001", "Khai sinh cấp tỉnh", level=["Cấp tỉnh"], implementer=["Sở Tư pháp"]),
        raw("1.000002", "Khai sinh vật nuôi", field="Chăn nuôi"),
    )

    assert [hit.code for hit in queries.search("khai sinh", level=Level.PROVINCE)] == ["1.000001"]
    assert [hit.code for hit in queries.search("khai sinh", field="Chăn nuôi")] == ["1.000002"]


def test_typing_is_followed() -> None:
    loaded(raw())

    assert [hit.code for hit in queries.suggest("khai s")] == ["1.001193"]
    assert queries.suggest("  ") == []


@pytest.mark.parametrize("size", [1, 3])
def test_popular_ones_come_in_their_order_in_one_query(
    size: int, django_assert_num_queries: Queries
) -> None:
    for code in ("1.000894", "2.000815", "1.001193")[-size:]:
        ProcedureFactory.create(code=code)

    with django_assert_num_queries(1):
        found = queries.popular()

    assert [hit.code for hit in found] == ["1.001193", "2.000815", "1.000894"][:size]


def test_codes_come_in_the_order_asked_and_unknown_ones_are_left_out() -> None:
    ProcedureFactory.create(code="1.000001")
    ProcedureFactory.create(code="1.000002")

    found = queries.by_codes(("1.000002", "1.999999", "1.000001"))

    assert [hit.code for hit in found] == ["1.000002", "1.000001"]


@pytest.mark.parametrize("size", [1, 20])
def test_a_field_is_listed_by_code_and_paged_by_key(
    size: int, django_assert_num_queries: Queries
) -> None:
    for n in range(size):
        ProcedureFactory.create(code=f"1.{n:06}")
    ProcedureFactory.create(field="Đất đai")

    with django_assert_num_queries(1):
        page = queries.by_field("Hộ tịch", limit=5)

    assert [hit.code for hit in page] == [f"1.{n:06}" for n in range(min(size, 5))]
    assert len(queries.by_field("Hộ tịch", after="1.000009")) == max(0, size - 10)


def test_fields_are_counted() -> None:
    ProcedureFactory.create_batch(2)
    ProcedureFactory.create(field="Giáo dục", status=Status.LISTED, has_full=False)

    assert [(row.field, row.procedures, row.full) for row in queries.fields()] == [
        ("Hộ tịch", 2, 2),
        ("Giáo dục", 1, 0),
    ]


def test_the_catalogue_is_counted(django_assert_num_queries: Queries) -> None:
    loaded(raw(), titles=(title("1.005099", "Chuyển trường"),))

    with django_assert_num_queries(3):
        found = queries.counts()

    assert (found.current, found.listed, found.gone, found.full, found.versions) == (1, 1, 0, 1, 1)
    assert found.made_at == NOW


def test_a_page_shows_the_record_its_source_and_what_to_know(
    django_assert_num_queries: Queries,
) -> None:
    loaded(raw(flags=["no_duration"], source_url="https://dichvucong.gov.vn/x"))
    queries.procedure("1.001193")

    with django_assert_num_queries(2):
        page = queries.procedure("1.001193")

    assert page.record.results == ("Giấy khai sinh",)
    assert page.notes == ("Bản công bố quốc gia không ghi thời hạn.",)
    assert (page.source, page.snapshot_on, page.number) == ("thử nghiệm", date(2026, 7, 1), 1)
    assert page.level_label == "Cấp xã"


def test_a_procedure_known_by_name_has_a_page_but_cannot_be_filed() -> None:
    loaded(titles=(title("1.005099", "Chuyển trường đối với học sinh tiểu học"),))

    page = queries.procedure("1.005099")

    assert (page.has_full, page.status, page.record.methods) == (False, Status.LISTED, ())
    assert page.record.implementers == ("Ủy ban nhân dân cấp xã",)
    with pytest.raises(NotNow, match=r"Mới có tên thủ tục 1\.005099"):
        _ = page.version_id


def test_a_version_is_read_in_one_query_and_says_when_it_ended(
    django_assert_num_queries: Queries,
) -> None:
    version = VersionFactory.create(until=date(2027, 1, 1))
    queries.version(version.pk)

    with django_assert_num_queries(1):
        page = queries.version(version.pk)

    assert (page.version_id, page.until) == (version.pk, date(2027, 1, 1))


def test_an_unknown_code_and_an_unknown_version_are_not_found() -> None:
    with pytest.raises(NotFound, match=r"1\.999999"):
        queries.procedure("1.999999")
    with pytest.raises(NotFound):
        queries.version(0)


def test_results_of_a_version_take_a_query_once(django_assert_num_queries: Queries) -> None:
    version = VersionFactory.create()

    with django_assert_num_queries(1):
        first = queries.results_of(version.pk)
        again = queries.results_of(version.pk)

    assert first == again
