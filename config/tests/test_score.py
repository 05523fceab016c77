"""`sauro score-766`: real counts, and every kind of file that is not one."""

import csv
import json
from pathlib import Path

import pytest

from config import score

DATA = Path(__file__).parents[2] / "data" / "measures"
HEAD = "h_code,province,metric,numerator,denominator,ratio\n"
COLUMNS = {
    "transparency": "transparency_max18",
    "progress": "progress_max20",
    "digitisation": "digitisation_max22",
    "satisfaction": "satisfaction_max18",
}


def scored(file: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert score.main([str(file), "--json"]) == 0
    provinces: list[dict[str, object]] = json.loads(capsys.readouterr().out)["provinces"]
    return provinces


def refused(file: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert score.main([str(file), *words]) == 2
    return capsys.readouterr().err


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "counts.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_every_group_whose_counts_are_published_is_within_a_cent_of_the_published_points(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with (DATA / "index766_provinces.csv").open(encoding="utf-8") as file:
        published = {row["h_code"]: row for row in csv.DictReader(file)}

    provinces = scored(DATA / "index766_submetrics.csv", capsys)

    assert [province["province"] for province in provinces] == ["Đồng Tháp", "Đồng Nai"]
    for province in provinces:
        row, groups = published[str(province["h_code"])], province["groups"]
        assert isinstance(groups, dict)
        for key, column in COLUMNS.items():
            assert groups[key] == pytest.approx(float(row[column]), abs=0.01)
        assert groups["online"] is None
        details = province["details"]
        assert isinstance(details, dict)
        assert details["payment"]["known"] <= float(row["payment_max10"])
        assert float(row["payment_max10"]) <= details["payment"]["at_most"]


def test_payment_is_known_when_the_count_of_its_third_criterion_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (
        "H20,Đồng Tháp,ONLINE_PAYMENT_DOSSIER,227321,264583,85.92\n"
        "H20,Đồng Tháp,ONLINE_PAYMENT_FORMALITY,113,330,34.24\n"
        "H20,Đồng Tháp,ONLINE_PAYMENT_FEE_FORMALITY,54,330,16.36\n"
    )

    province = scored(written(tmp_path, HEAD + rows), capsys)[0]

    assert province["groups"]["payment"] == pytest.approx(6.42, abs=0.01)  # type: ignore[index]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEAD + "H1,Tỉnh A,PROGRESS_ON_TIME,9,10,90\n",
        "metric;denominator;numerator;province;h_code;x\nPROGRESS_ON_TIME;10;9;Tỉnh A;H1;y\n",
        HEAD + 'H1,Tỉnh A,progress_on_time,,,"90,0"\n\n',
    ],
)
def test_other_orders_marks_and_decimals_are_read_alike(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    province = scored(written(tmp_path, text), capsys)[0]

    assert province["groups"]["progress"] == 18  # type: ignore[index]


def test_what_is_not_recognised_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    province = scored(written(tmp_path, HEAD + "H1,A,MOON_PHASE,1,2,50\n"), capsys)[0]

    assert province["not_recognised"] == ["MOON_PHASE"]
    assert province["groups"]["progress"] is None  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "thiếu cột metric, numerator, denominator"),
        ("", "thiếu cột"),
        (HEAD, "không có dòng số liệu nào"),
        (HEAD + "H1,A,PROGRESS_ON_TIME,chín,10,\n", "Dòng 2: numerator không phải là số"),
        (HEAD + "H1,A,PROGRESS_ON_TIME,-9,10,\n", "Dòng 2: numerator không phải là số"),
        (HEAD + "H1,A,PROGRESS_ON_TIME,1e400,10,\n", "Dòng 2: numerator không phải là số"),
        (HEAD + "H1,A,PROGRESS_ON_TIME,9,,\n", "Dòng 2: thiếu denominator"),
        (HEAD + "H1,A,,9,10,\n", "Dòng 2: không có tên chỉ tiêu"),
        (HEAD + ",,PROGRESS_ON_TIME,9,10,\n", "Dòng 2: không có h_code"),
        (HEAD + "H1,A,PROGRESS_ON_TIME,9,10,\n" * 2, "Dòng 3: chỉ tiêu"),
    ],
)
def test_nonsense_is_refused_with_the_row(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(written(tmp_path, text), capsys)


def test_other_files_days_and_words_are_refused_clearly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Không mở được" in refused(tmp_path / "none.csv", capsys)
    assert "không phải là chữ UTF-8" in refused(written(tmp_path, HEAD + "Đ", "utf-16"), capsys)
    good = written(tmp_path, HEAD + "H1,A,PROGRESS_ON_TIME,9,10,\n")
    assert "phải là một ngày" in refused(good, capsys, "--on", "hôm nay")
    assert "chưa có Bộ chỉ số 766" in refused(good, capsys, "--on", "2020-01-01")
    assert "Không hiểu lệnh" in refused(good, capsys, "--moon")


def test_the_table_says_what_each_criterion_stands_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert score.main([str(DATA / "index766_submetrics.csv")]) == 0

    table = capsys.readouterr().out
    assert "358.660 / 405.424 = 88,47 %; 20 điểm nhân tỷ lệ" in table
    assert "Điểm nằm trong khoảng 6,02 đến 8,02." in table
    assert "chưa kiểm chứng" in table
