"""Make the compact files of this folder from a folder of collected public data.

    .venv/bin/python data/compact.py FOLDER

Run once per collection; what it writes is committed. Columns that can be derived, guesses of
the source ("default" successors) and everything the province does not need are left out; facts
are not changed here. What is repaired is repaired by `sauro load`, which reports it.
Files are written the same, byte for byte, from the same input.
"""

import csv
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MERGED_ON = "2025-07-01"
DONG_NAI_ON = "2026-04-30"
UNIT = (
    "code", "name", "parent", "since", "until", "lat", "lon", "area_km2",
    "population", "population_basis", "seat", "flags",
)  # fmt: skip
EDGE = ("old_level", "old", "new_level", "new", "on", "is_partial")

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(name: str, header: Sequence[str], lines: Iterable[Row]) -> None:
    """Write rows under `header`; a row may lack columns."""
    text = [",".join(header)]
    text += (",".join(quoted(str(row.get(column, ""))) for column in header) for row in lines)
    write_bytes(HERE / name, ("\n".join(text) + "\n").encode())


def quoted(value: str) -> str:
    """Return a CSV field, in quotes only where it must be."""
    if any(char in value for char in ',"\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, compressed without a date where its name ends in gz."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, 9, mtime=0) if path.suffix == ".gz" else content)


def short(number: str, places: int) -> str:
    """Return a decimal number with at most so many places; "" stays ""."""
    return f"{float(number):.{places}f}".rstrip("0").rstrip(".") if number else ""


def provinces(source: Path) -> Iterator[Row]:
    """Yield today's 34 provinces, the one renamed since, and the 52 closed by the merger."""
    figures = {
        row["code"]: row for row in rows(source / "stats/provinces_population_area_2025.csv")
    }
    kept = set()
    for row in rows(source / "admin/provinces_2025.csv"):
        figure = figures[row["code"]]
        merged = "|" in row["merged_from_codes"]
        if not merged:
            kept.add(row["code"])
        renamed = row["name"] != row["name_2025_07"]
        since = MERGED_ON if merged else ""
        facts = {
            "code": row["code"],
            "lat": short(row["lat"], 5),
            "lon": short(row["lon"], 5),
            "area_km2": short(figure["area_km2"], 2),
            "population": figure["population"],
            "population_basis": "source",
        }
        if renamed:
            yield {
                "code": row["code"],
                "name": row["name_2025_07"],
                "since": since,
                "until": DONG_NAI_ON,
            }
            since = DONG_NAI_ON
        yield facts | {"name": row["name"], "since": since}
    for row in rows(source / "admin/provinces_legacy_63.csv"):
        if row["code"] not in kept:
            yield {"code": row["code"], "name": row["name"], "until": MERGED_ON}


def districts(source: Path) -> Iterator[Row]:
    """Yield the 696 districts, closed."""
    for row in rows(source / "admin/districts_legacy.csv"):
        yield {
            "code": row["code"],
            "name": row["name"],
            "parent": row["province_code"],
            "until": MERGED_ON,
            "lat": short(row["lat"], 5),
            "lon": short(row["lon"], 5),
        }


def communes(source: Path) -> Iterator[Row]:
    """Yield today's 3,321 communes, and the ten that became wards in 2026 as they were before."""
    more = {row["code"]: row for row in rows(source / "admin/communes_population_seat_2025.csv")}
    for row in rows(source / "admin/communes_2025.csv"):
        figure = more[row["code"]]
        since = MERGED_ON
        place = {"code": row["code"], "parent": row["province_code"]}
        if row["name"] != row["name_2025_07"]:
            yield place | {"name": row["name_2025_07"], "since": since, "until": DONG_NAI_ON}
            since = DONG_NAI_ON
        yield place | {
            "name": row["name"],
            "since": since,
            "lat": short(row["lat"], 5),
            "lon": short(row["lon"], 5),
            "area_km2": short(row["area_km2"], 2),
            "population": figure["population_est"],
            "population_basis": figure["population_basis"],
            "seat": figure["seat"],
        }


def old_communes(source: Path) -> Iterator[Row]:
    """Yield the 10,035 communes before the merger, flagged where two sources disagree."""
    disputed = {
        row["old_ward_code"]
        for row in json.loads(
            (source / "admin/ward_mapping_disagreements.json").read_text(encoding="utf-8")
        )
    }
    for row in rows(source / "admin/wards_legacy.csv"):
        yield {
            "code": row["code"],
            "name": row["name"],
            "parent": row["district_code"],
            "until": MERGED_ON,
            "lat": short(row["lat"], 5),
            "lon": short(row["lon"], 5),
            "flags": "successors_disputed" if row["code"] in disputed else "",
        }


def successions(source: Path) -> Iterator[Row]:
    """Yield what went into what: provinces, communes, islands that were districts, renamings."""
    today = rows(source / "admin/provinces_2025.csv")
    for row in today:
        codes = row["merged_from_codes"].split("|")
        for code in codes if len(codes) > 1 else []:
            yield edge(("PROVINCE", code), ("PROVINCE", row["code"]), MERGED_ON)
        if row["name"] != row["name_2025_07"]:
            yield edge(("PROVINCE", row["code"]), ("PROVINCE", row["code"]), DONG_NAI_ON)
    districts = {row["code"] for row in rows(source / "admin/districts_legacy.csv")}
    for row in rows(source / "admin/ward_mapping_2025.csv"):
        old = row["old_ward_code"]
        level = "DISTRICT" if old in districts else "COMMUNE"
        yield edge((level, old), ("COMMUNE", row["new_ward_code"]), MERGED_ON, row["is_partial"])
    for row in rows(source / "admin/communes_2025.csv"):
        if row["name"] != row["name_2025_07"]:
            yield edge(("COMMUNE", row["code"]), ("COMMUNE", row["code"]), DONG_NAI_ON)


def edge(old: tuple[str, str], new: tuple[str, str], on: str, partial: str = "0") -> Row:
    """Return one succession between two (level, code)."""
    return dict(zip(EDGE, (*old, *new, on, partial), strict=True))


def outlines(source: Path, target: str) -> None:
    """Write code and geometry of each feature of a GeoJSON file."""
    lines = (
        json.dumps(
            {"code": feature["properties"]["code"], "outline": feature["geometry"]},
            separators=(",", ":"),
        )
        for feature in json.loads(source.read_text(encoding="utf-8"))["features"]
    )
    write_bytes(HERE / target, ("\n".join(lines) + "\n").encode())


def copied(source: Path, target: str) -> None:
    """Copy a file, tidily ended and recompressed without a date."""
    content = source.read_bytes()
    if source.suffix == ".gz":
        content = gzip.decompress(content)
    write_bytes(HERE / target, content.rstrip(b"\n") + b"\n")


def main(source: Path) -> None:
    """Write every file of this folder; `sources.csv`, kept by hand, says from what."""
    for name, lines in (
        ("provinces", provinces),
        ("districts", districts),
        ("communes", communes),
        ("communes_until_2025", old_communes),
    ):
        write_csv(f"places/{name}.csv", UNIT, lines(source))
    write_csv("places/successions.csv", EDGE, successions(source))
    for row in rows(HERE / "sources.csv"):
        if row["made_from"]:
            write = outlines if row["made_from"].endswith(".geojson") else copied
            write(source / row["made_from"], row["file"])
        sys.stdout.write(f"{(HERE / row['file']).stat().st_size:>10,}  {row['file']}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
