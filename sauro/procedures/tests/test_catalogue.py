"""The catalogue: records and names together, and the list of what people come for."""

from collections import Counter
from datetime import date

from sauro.procedures.rules import POPULAR, Level, Status
from sauro.procedures.rules.catalogue import Catalogue, digest, gather
from sauro.procedures.tests.factories import raw, title

ON = date(2026, 7, 1)


def test_the_whole_catalogue_can_be_read(catalogue: Catalogue) -> None:
    statuses = Counter(row.status for row in catalogue.rows.values())

    assert statuses == {Status.CURRENT: 2849, Status.LISTED: 2734, Status.GONE: 1000}
    assert catalogue.rejected == ()


def test_everything_popular_is_current_with_its_content(catalogue: Catalogue) -> None:
    rows = [catalogue.rows[code] for code in POPULAR]

    assert {row.status for row in rows} == {Status.CURRENT}
    assert all(row.content is not None for row in rows)
    assert len(set(POPULAR)) == len(POPULAR)


def test_names_that_the_crawl_put_on_many_codes_are_doubted(catalogue: Catalogue) -> None:
    doubted = [row.code for row in catalogue.rows.values() if "doubtful_name" in row.flags]

    assert len(doubted) == 17


def test_a_record_overrules_its_line_of_the_list() -> None:
    found = gather([raw()], [title("1.001193", "Tên cũ")], on=ON)

    assert found.rows["1.001193"].name == "Thủ tục đăng ký khai sinh"
    assert found.rows["1.001193"].status is Status.CURRENT


def test_a_name_said_to_be_current_without_content_is_listed() -> None:
    found = gather([], [title("1.005099", "Chuyển trường", status="current_2026_07")], on=ON)

    assert found.rows["1.005099"].status is Status.LISTED


def test_a_name_that_is_gone_has_a_day() -> None:
    found = gather([], [title("1.000051", "Báo cáo", status="gone_by_2026_07")], on=ON)

    assert found.rows["1.000051"].gone_on == date(2026, 7, 1)


def test_the_agency_tells_the_level_that_the_list_leaves_out() -> None:
    lines = [
        title("1.000001", "Một", implementer="Ủy ban nhân dân cấp Huyện"),
        title("1.000002", "Hai", implementer="Sở Y tế; Sở Y tế"),
        title("1.000003", "Ba", implementer="Cục Tần số vô tuyến điện"),
        title("1.000004", "Bốn", implementer=""),
    ]

    levels = [row.level for row in gather([], lines, on=ON).rows.values()]

    assert levels == [Level.COMMUNE, Level.PROVINCE, Level.MINISTRY, None]


def test_what_cannot_be_read_is_turned_away_with_its_reason() -> None:
    found = gather(
        [raw(code="x"), raw(), raw(name="Bản thứ hai")],
        [title("1.000001", ""), title("1.000002", "Hai", status="maybe")],
        on=ON,
    )

    assert [(finding.key, finding.reason) for finding in found.rejected] == [
        ("1.000001", "name"),
        ("1.000002", "status"),
        ("x", "code"),
        ("1.001193", "code"),
    ]
    assert list(found.rows) == ["1.001193"]


def test_the_old_name_of_an_agency_is_left_out() -> None:
    line = title("1.000001", "Một", promulgator="Bộ xây dựng (Giao thông vận tải cũ)")

    found = gather([], [line], on=ON)

    assert found.rows["1.000001"].promulgator == "Bộ xây dựng"
    assert len(found.repaired) == 1


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})
