"""Reading data files: broken ones are refused by name, broken rows are reported."""

import gzip
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sauro.core.errors import Invalid
from sauro.deployment.loading_files import (
    Folder,
    day,
    maybe_day,
    maybe_decimal,
    maybe_whole,
    one_of,
)
from sauro.deployment.loading_report import Entry, Kind, Report, counted


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, "thử", Report())


def write(folder: Folder, name: str, content: bytes | str) -> None:
    data = content.encode() if isinstance(content, str) else content
    (folder.path / name).write_bytes(data)


def found(folder: Folder) -> list[tuple[str, int, str]]:
    return [(entry.kind.value, entry.row, entry.reason) for entry in folder.report.entries]


def test_rows_come_with_their_line(folder: Folder) -> None:
    write(folder, "a.csv", 'code,name\n01,"Hà\nNội"\n02,Huế\n')

    rows = list(folder.rows("a.csv", ("code", "name")))

    assert rows == [
        (3, {"code": "01", "name": "Hà\nNội"}),
        (4, {"code": "02", "name": "Huế"}),
    ]


def test_a_packed_file_is_read_like_a_plain_one(folder: Folder) -> None:
    write(folder, "a.csv.gz", gzip.compress(b"code\n01\n"))

    assert list(folder.rows("a.csv.gz", ("code",))) == [(2, {"code": "01"})]


def test_a_row_that_is_cut_or_too_long_is_reported(folder: Folder) -> None:
    write(folder, "a.csv", "code,name\n01\n02,Huế,thừa\n03,Cần Thơ\n")

    rows = list(folder.rows("a.csv", ("code", "name")))

    assert [row["code"] for _line, row in rows] == ["03"]
    assert found(folder) == [("rejected", 2, "columns"), ("rejected", 3, "columns")]


def test_a_missing_column_is_refused_by_name(folder: Folder) -> None:
    write(folder, "a.csv", "code,name\n01,Hà Nội\n")

    with pytest.raises(Invalid, match=r"Tệp “a\.csv” thiếu cột: parent, until\. Thêm cột này"):
        list(folder.rows("a.csv", ("code", "parent", "until")))


def test_an_empty_file_has_no_columns(folder: Folder) -> None:
    write(folder, "a.csv", "")

    with pytest.raises(Invalid, match="thiếu cột: code"):
        list(folder.rows("a.csv", ("code",)))


def test_a_missing_file_is_refused_by_name(folder: Folder) -> None:
    with pytest.raises(Invalid, match=r"Không mở được tệp dữ liệu “a\.csv”"):
        list(folder.rows("a.csv", ("code",)))


@pytest.mark.parametrize(
    "content",
    [
        b"code\n01\n",
        gzip.compress(b"code\n01\n" * 1000, mtime=0)[:-12],
        gzip.compress(b"code\n01\n" * 1000, mtime=0)[:40],
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03 rubbish",
    ],
    ids=["not packed", "cut at its end", "cut early", "rubbish"],
)
def test_a_wrongly_packed_file_is_refused_by_name(folder: Folder, content: bytes) -> None:
    write(folder, "a.csv.gz", content)

    with pytest.raises(Invalid, match=r"Tệp “a\.csv\.gz” không giải nén được"):
        list(folder.rows("a.csv.gz", ("code",)))


def test_text_in_another_encoding_is_refused_by_name(folder: Folder) -> None:
    write(folder, "a.csv", "code,name\n01,Đà Lạt\n".encode("utf-16"))

    with pytest.raises(Invalid, match=r"Tệp “a\.csv” không phải văn bản UTF-8"):
        list(folder.rows("a.csv", ("code",)))


def test_broken_lines_of_json_are_reported_and_the_others_read(folder: Folder) -> None:
    write(folder, "a.jsonl", '{"code": "1"}\n{"code": \n\n[1]\n{"code": "2"}\n')

    records = list(folder.records("a.jsonl"))

    assert records == [(1, {"code": "1"}), (5, {"code": "2"})]
    assert found(folder) == [("rejected", 2, "broken_json"), ("rejected", 4, "broken_json")]


def test_a_line_separator_inside_a_record_does_not_cut_it(folder: Folder) -> None:
    write(folder, "a.jsonl", '{"steps": "một\u2028hai"}\n')

    assert list(folder.records("a.jsonl")) == [(1, {"steps": "một\u2028hai"})]
    assert found(folder) == []


def test_a_broken_document_is_refused_with_the_line(folder: Folder) -> None:
    write(folder, "a.json", '{\n"a": 1,\n}')

    with pytest.raises(Invalid, match=r"Tệp “a\.json” không đọc được từ dòng"):
        folder.document("a.json")


def test_the_origin_of_a_file_is_in_the_list_of_sources(folder: Folder) -> None:
    write(folder, "sources.csv", "file,source,snapshot_on\na.csv,Cổng,2026-08-01\nb.csv,,\n")

    assert folder.origin("a.csv").source == "Cổng"
    assert folder.origin("a.csv").snapshot_on == date(2026, 8, 1)
    for name in ("b.csv", "c.csv"):
        with pytest.raises(Invalid, match="Ghi thêm một dòng"):
            folder.origin(name)


def test_values_are_read_or_refused_in_words() -> None:
    assert (day("2025-07-01"), maybe_day("")) == (date(2025, 7, 1), None)
    assert (maybe_decimal("12.50"), maybe_decimal("")) == (Decimal("12.50"), None)
    assert (maybe_whole("-3"), maybe_whole("")) == (-3, None)
    with pytest.raises(Invalid, match="Ngày “2025-02-30” cần viết như 2025-07-01"):
        day("2025-02-30")
    for text in ("12,5", "NaN", "Infinity"):
        with pytest.raises(Invalid, match=f"“{text}” không phải là số"):
            maybe_decimal(text)
    with pytest.raises(Invalid, match=r"“1\.5” không phải là số nguyên"):
        maybe_whole("1.5")
    with pytest.raises(Invalid, match="Cột kind ghi “lễ”, cần một trong: a, b"):
        one_of({"kind": "lễ"}, "kind", ("a", "b"))


def test_a_report_is_written_whole_and_counted_by_reason(tmp_path: Path) -> None:
    report = Report()
    for reason in ("columns", "duplicate", "columns"):
        entry = Entry(
            dataset="places", kind=Kind.REJECTED, file="a.csv", reason=reason, message="Lý do"
        )
        report.add(entry)

    path = report.write(tmp_path / "var")

    assert len(path.read_text(encoding="utf-8").splitlines()) == 3
    assert counted(tmp_path / "var") == [
        ("places", "rejected", "columns", 2),
        ("places", "rejected", "duplicate", 1),
    ]
    assert counted(tmp_path / "nowhere") == []
    assert [file.name for file in (tmp_path / "var").iterdir()] == [path.name]
