"""Tables out, without anything that runs; tables in, whoever made them."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sauro.core.errors import Invalid
from sauro.documents import tables

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HEAD = ["Mã", "Tên", "Bộ", "Ngày"]
ROW: list[tables.Cell] = ["H15-1", "Y Khoa Êban", 2, date(2026, 11, 23)]
FORMULAS = ["=1+1", "+84905", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x")']


def test_what_goes_out_comes_back_in_both_forms() -> None:
    for made in (tables.as_csv(HEAD, [ROW]), tables.as_xlsx("Sổ", HEAD, [ROW], now=NOW)):
        assert tables.read(made) == [HEAD, ["H15-1", "Y Khoa Êban", "2", "23/11/2026"]]


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_of_a_csv_begins_like_a_formula(cell: str) -> None:
    made = tables.as_csv(["Tên"], [[cell]]).decode("utf-8-sig")

    assert list(csv.reader(StringIO(made, newline="")))[1][0].startswith("'")


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(cell: str) -> None:
    made = tables.as_xlsx("Sổ", ["Tên"], [[cell]], now=NOW)

    kept = load_workbook(BytesIO(made)).worksheets[0]["A2"]
    assert kept.data_type == "s"
    with ZipFile(BytesIO(made)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_no_text_can_break_out_of_its_cell(cells: list[str]) -> None:
    made = tables.as_csv(["x"] * len(cells), [cells]).decode("utf-8-sig")

    rows = list(csv.reader(StringIO(made, newline="")))
    assert len(rows) == 2
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])


def _bomb() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b"<a/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


def _entities() -> bytes:
    made = tables.as_xlsx("Sổ", ["Tên"], [["x"]], now=NOW)
    out = BytesIO()
    with ZipFile(BytesIO(made)) as old, ZipFile(out, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part.endswith("sheet1.xml"):
                content = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + content
            new.writestr(part, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 broken",
        b"\x00\x01\x02",
        "Mã,Tên\nđá".encode("utf-16"),
        "Tên\nđã mất dấu".encode("cp1258", "replace") + b"\xff",
        _bomb(),
        _entities(),
        b"a,b\n" * 3_000,
        b",".join([b"a"] * 100),
    ],
    ids=["empty", "zip", "binary", "utf16", "cp1258", "bomb", "entities", "long", "wide"],
)
def test_what_is_no_list_is_refused_and_says_what_to_send(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        tables.read(content)

    assert refused.value.field == "file"


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_do_anything_but_give_rows_or_a_refusal(content: bytes) -> None:
    for given_bytes in (content, b"PK\x03\x04" + content):
        try:
            rows = tables.read(given_bytes)
        except Invalid:
            continue
        assert rows
