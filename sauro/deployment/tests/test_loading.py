"""Loading datasets: whole or not at all, twice as once, and every row accounted for."""

import csv
import gzip
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings

from sauro.cases import queries as cases
from sauro.cases.models import Process
from sauro.core.text import fold
from sauro.deployment import loading, loading_calendar, loading_places
from sauro.deployment.loading import Dataset, Step
from sauro.deployment.loading_report import NAME
from sauro.offices import queries as offices
from sauro.places import queries as places

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
HOME = "Đắk Lắk"
DATASETS = (
    Dataset("places", "Đơn vị hành chính", loading_places.load),
    Dataset("calendar", "Ngày nghỉ", loading_calendar.load),
)
UNIT = "code,name,parent,since,until,lat,lon,area_km2,population,population_basis,seat,flags"
SQUARE = {"type": "Polygon", "coordinates": [[[108, 12], [109, 12], [109, 13], [108, 12]]]}
FILES = {
    "sources.csv": "file,source,snapshot_on\n"
    + "".join(f"places/{name}.csv,kiểm thử,2026-08-01\n" for name in ("provinces", "districts"))
    + "places/communes.csv,kiểm thử,2026-08-01\n"
    + "places/communes_until_2025.csv,kiểm thử,2025-06-01\n",
    "places/provinces.csv": f"{UNIT}\n54,Tỉnh Phú Yên,,,2025-07-01,,,,,,,\n"
    "66,Tỉnh Đắk Lắk,,2025-07-01,,12.7,108.2,18096.4,3346853,source,,\n",
    "places/districts.csv": f"{UNIT}\n555,Thành phố Tuy Hòa,54,,2025-07-01,,,,,,,\n",
    "places/communes_until_2025.csv": f"{UNIT}\n22024,Phường 9,555,,2025-07-01,,,,,,,\n",
    "places/communes.csv": f"{UNIT}\n"
    "22015,Phường Tuy Hòa,66,2025-07-01,,13.1,109.3,33.77,120000,source,Số 1,\n"
    "22045,Phường Bình Kiến,66,2025-07-01,,13.1,109.2,73.71,44000,x10_restored,Số 2,\n",
    "places/successions.csv": "old_level,old,new_level,new,on,is_partial\n"
    "PROVINCE,54,PROVINCE,66,2025-07-01,0\n"
    "COMMUNE,22024,COMMUNE,22015,2025-07-01,1\n"
    "COMMUNE,22024,COMMUNE,22045,2025-07-01,1\n",
    "places/outlines_provinces.jsonl.gz": json.dumps({"code": "66", "outline": SQUARE}),
    "places/outlines_66.jsonl.gz": json.dumps({"code": "22015", "outline": SQUARE}),
    "offices/special_days.csv": "date,weekday,kind,name,source,status\n"
    "2026-01-01,4,holiday,Tết Dương lịch,luật,official\n"
    "2026-01-02,5,swap_off,Hoán đổi,thông báo,official\n"
    "2026-01-10,6,makeup_work,Làm bù,thông báo,official\n",
}
ROWS = 5 + 1 + 3 + 2


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a small data folder in good order."""
    for name, text in FILES.items():
        write(tmp_path / "data", name, text)
    return tmp_path / "data"


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


def change(data: Path, name: str, replace: Callable[[str], str]) -> None:
    write(data, name, replace(FILES[name]))


def load(data: Path) -> list[Step]:
    return loading.load(
        data,
        data.parent / "var",
        now=NOW,
        began=lambda _dataset: None,
        ended=lambda _step: None,
        datasets=DATASETS,
    )


def report(data: Path) -> list[tuple[str, str, int, str]]:
    lines = (data.parent / "var" / NAME).read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return [(entry["kind"], entry["file"], entry["row"], entry["reason"]) for entry in entries]


def test_a_load_brings_everything_and_says_what_it_mended(data: Path) -> None:
    steps = load(data)

    assert [(step.outcome.total, step.outcome.added, step.refusal) for step in steps] == [
        (ROWS, ROWS, ""),
        (3, 0, ""),
    ]
    assert report(data) == [("repaired", "places/communes.csv", 3, "population_estimated")]
    ward = places.by_code("COMMUNE", "22045", on=TODAY)
    assert (ward.population, ward.population_is_estimate) == (44_000, True)
    assert (ward.source, ward.snapshot_on) == ("kiểm thử", date(2026, 8, 1))
    assert ward.warnings == ("Dân số ước tính: nguồn mất chữ số 0 cuối, đã nhân 10",)
    assert offices.special_days(2026)[2].kind == "makeup_work"


def test_a_second_load_changes_nothing(data: Path) -> None:
    load(data)

    steps = load(data)

    assert [(step.outcome.added, step.outcome.changed) for step in steps] == [(0, 0), (0, 0)]
    assert report(data) == [("repaired", "places/communes.csv", 3, "population_estimated")]


@pytest.mark.parametrize(
    ("name", "before", "after", "rejected"),
    [
        (
            "places/communes.csv",
            "22045,Phường Bình Kiến",
            "22015,Phường Bình Kiến",
            [("places/communes.csv", 3, "duplicate"), ("places", 0, "unknown_succession")],
        ),
        (
            "places/communes.csv",
            "22045,Phường Bình Kiến,66,2025-07-01",
            "22045,Phường Bình Kiến,66,01/07/2025",
            [("places/communes.csv", 3, "date"), ("places", 0, "unknown_succession")],
        ),
        (
            "places/communes.csv",
            "22045,Phường Bình Kiến,66",
            "22045,Phường Bình Kiến,99",
            [("places/communes.csv", 3, "unknown_parent"), ("places", 0, "unknown_succession")],
        ),
        (
            "places/communes.csv",
            "22045,Phường Bình Kiến",
            "2204,Phường Bình Kiến",
            [("places/communes.csv", 3, "code"), ("places", 0, "unknown_succession")],
        ),
        (
            "places/communes.csv",
            "22045,Phường Bình Kiến",
            "22045,Bình Kiến",
            [("places/communes.csv", 3, "name"), ("places", 0, "unknown_succession")],
        ),
        (
            "places/communes.csv",
            ",44000,",
            ",bốn vạn,",
            [("places/communes.csv", 3, "number"), ("places", 0, "unknown_succession")],
        ),
        (
            "places/districts.csv",
            "555,Thành phố Tuy Hòa,54",
            "555,Thành phố Tuy Hòa,55",
            [
                ("places/districts.csv", 2, "unknown_parent"),
                ("places/communes_until_2025.csv", 2, "unknown_parent"),
                ("places", 0, "unknown_succession"),
                ("places", 0, "unknown_succession"),
            ],
        ),
        (
            "places/successions.csv",
            "COMMUNE,22045,2025-07-01,1",
            "COMMUNE,22045,2025-07-01,có",
            [("places/successions.csv", 4, "word")],
        ),
        (
            "places/successions.csv",
            "COMMUNE,22045,2025-07-01,1",
            "COMMUNE,22045,2025-07-32,1",
            [("places/successions.csv", 4, "date")],
        ),
        (
            "places/outlines_66.jsonl.gz",
            '"code"',
            '"code',
            [("places/outlines_66.jsonl.gz", 1, "broken_json")],
        ),
        (
            "places/outlines_66.jsonl.gz",
            "Polygon",
            "Point",
            [("places/outlines_66.jsonl.gz", 1, "outline")],
        ),
        (
            "places/outlines_66.jsonl.gz",
            "22015",
            "22016",
            [("places", 0, "outline_of_nothing")],
        ),
        (
            "offices/special_days.csv",
            "2026-01-02,5",
            "2026-01-01,5",
            [("offices/special_days.csv", 3, "duplicate")],
        ),
        (
            "offices/special_days.csv",
            "swap_off",
            "nghỉ",
            [("offices/special_days.csv", 3, "word")],
        ),
    ],
)
def test_a_bad_row_is_left_out_and_reported_with_what_leans_on_it(
    data: Path, name: str, before: str, after: str, rejected: list[tuple[str, int, str]]
) -> None:
    change(data, name, lambda text: text.replace(before, after))

    steps = load(data)

    assert [step.refusal for step in steps] == ["", ""]
    found = [(file, row, why) for kind, file, row, why in report(data) if kind == "rejected"]
    assert sorted(found) == sorted(rejected)
    assert places.by_code("COMMUNE", "22015", on=TODAY).name == "Phường Tuy Hòa"


@pytest.mark.parametrize(
    ("name", "broken", "sentence"),
    [
        (
            "places/communes.csv",
            "code,name\n22015,Phường Tuy Hòa\n",
            "Tệp “places/communes.csv” thiếu cột: parent, since",
        ),
        ("places/successions.csv", "", "thiếu cột: old_level"),
        ("sources.csv", "file,source,snapshot_on\n", "Tệp sources.csv chưa ghi nguồn của"),
        ("sources.csv", "file,source\n", "thiếu cột: snapshot_on"),
    ],
)
def test_a_broken_file_is_refused_and_nothing_is_half_loaded(
    data: Path, name: str, broken: str, sentence: str
) -> None:
    change(data, name, lambda _text: broken)

    steps = load(data)

    assert len(steps) == 1
    assert sentence in steps[0].refusal
    assert [(kind, why) for kind, _file, _row, why in report(data)][-1] == ("refused", "invalid")
    assert places.counts(on=TODAY).provinces == 0


def test_a_wrongly_packed_or_missing_file_is_refused(data: Path) -> None:
    (data / "places/outlines_66.jsonl.gz").write_bytes(b"not packed")

    assert "không giải nén được" in load(data)[0].refusal

    (data / "places/outlines_66.jsonl.gz").unlink()

    assert "Không mở được tệp dữ liệu" in load(data)[0].refusal
    assert places.counts(on=TODAY).provinces == 0


def test_what_was_loaded_before_survives_a_later_refusal(data: Path) -> None:
    load(data)
    change(data, "places/communes.csv", lambda text: text.replace("Tuy Hòa", "Khác"))
    change(data, "offices/special_days.csv", lambda text: text.replace("2026-01-10", "2026-01-09"))

    steps = load(data)

    assert [bool(step.refusal) for step in steps] == [False, True]
    assert "Ngày làm bù 09/01/2026 vốn là ngày làm việc" in steps[1].refusal
    assert places.by_code("COMMUNE", "22015", on=TODAY).name == "Phường Khác"
    assert [day.kind for day in offices.special_days(2026)][2] == "makeup_work"


def load_real_places(var: Path) -> list[Step]:
    return loading.load(
        settings.DATA_DIR,
        var,
        now=NOW,
        began=lambda _dataset: None,
        ended=lambda _step: None,
        datasets=DATASETS,
    )


def test_the_real_places_load_whole(tmp_path: Path) -> None:
    steps = load_real_places(tmp_path)

    found = places.counts(on=TODAY)
    home = places.communes("66", on=TODAY)
    before = places.counts(on=date(2025, 6, 30))
    assert [(step.rejected, step.refusal) for step in steps] == [(0, ""), (0, "")]
    assert (found.provinces, found.communes, found.partial) == (34, 3321, 1033)
    assert (before.provinces, before.old_districts, before.communes) == (63, 0, 10_035)
    assert len(home) == 102
    assert sum(place.type_word == "Phường" for place in home) == 14
    assert sum(place.population_is_estimate for place in home) == 19
    assert sum(place.population or 0 for place in home) == 3_346_802
    assert all(row.outline for row in places.outlines("66", on=TODAY))


def test_the_real_processes_are_published_once(tmp_path: Path) -> None:
    for _again in range(2):
        [step] = loading.load(
            settings.DATA_DIR,
            tmp_path,
            now=NOW,
            began=lambda _dataset: None,
            ended=lambda _step: None,
            datasets=[one for one in loading.DATASETS if one.name == "processes"],
        )
        assert (step.refusal, step.outcome.total) == ("", 13)
        assert Process.objects.count() == 13

    land = cases.process_for("1.013978", otherwise="dossier.default", on=TODAY)
    other = cases.process_for("1.011441", otherwise="dossier.default", on=TODAY)
    assert land
    assert other
    assert (land.code, other.code) == ("land.first", "dossier.default")


def test_no_real_address_is_ever_sure_and_wrong(tmp_path: Path) -> None:
    load_real_places(tmp_path)
    resolve = partial(places.resolve, on=TODAY)

    split = resolve("Phường 9, TP Tuy Hòa")
    assert [row.code for row in split.matches] == ["22045", "22015"]
    assert split.must_ask
    for place in places.communes("66", on=TODAY):
        for text in (place.full_name, fold(place.full_name), f"{place.name}, {HOME}"):
            assert [row.id for row in resolve(text).matches] == [place.id], text
            assert not resolve(text).must_ask, text
    for old in places.communes("54", on=date(2025, 6, 30)):
        now = {row.id for row in resolve(old.full_name).matches}
        for text in (fold(old.full_name), old.full_name.rpartition(",")[0]):
            assert now <= {row.id for row in resolve(text).matches}, text


def test_every_file_of_the_data_folder_has_its_source_and_licence() -> None:
    with (settings.DATA_DIR / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    there = {
        path.relative_to(settings.DATA_DIR).as_posix()
        for path in settings.DATA_DIR.rglob("*")
        if path.is_file() and path.parent != settings.DATA_DIR
    }
    assert {row["file"] for row in rows} == there
    assert all(row["source"] and row["licence"] and row["about"] for row in rows)
    assert all(date.fromisoformat(row["snapshot_on"]) for row in rows)
    assert sum((settings.DATA_DIR / name).stat().st_size for name in there) < 12_000_000
