"""Loading places: units, what went into what, and outlines."""

from datetime import datetime

from sauro.core.actor import SYSTEM
from sauro.core.errors import Invalid
from sauro.deployment.loading_files import (
    Folder,
    Origin,
    day,
    maybe_day,
    maybe_decimal,
    maybe_whole,
    one_of,
)
from sauro.deployment.loading_report import Outcome
from sauro.places import rules, services
from sauro.places.rules import Level, NewOutline, NewPlace, NewSuccession

UNITS = (
    ("places/provinces.csv", Level.PROVINCE, None),
    ("places/districts.csv", Level.DISTRICT, Level.PROVINCE),
    ("places/communes_until_2025.csv", Level.COMMUNE, Level.DISTRICT),
    ("places/communes.csv", Level.COMMUNE, Level.PROVINCE),
)
SUCCESSIONS = "places/successions.csv"
OUTLINES = (
    ("places/outlines_provinces.jsonl.gz", Level.PROVINCE),
    ("places/outlines_66.jsonl.gz", Level.COMMUNE),
)
_COLUMNS = (
    "code", "name", "parent", "since", "until", "lat", "lon", "area_km2",
    "population", "population_basis", "seat", "flags",
)  # fmt: skip
_EDGE = ("old_level", "old", "new_level", "new", "on", "is_partial")


def load(folder: Folder, *, now: datetime) -> Outcome:
    """Load places from the folder, whole or not at all; see `loading.load` for the rest.

    :raises Invalid: a file cannot be read
    """
    lines: dict[str, tuple[str, int]] = {}
    found = rules.sift(_units(folder, lines), _successions(folder), _outlines(folder))
    for finding in found.rejected:
        name, line = lines.get(finding.key, ("places", 0))
        folder.reject(name, line, finding.key, finding.reason, finding.message)
    loaded = services.load_places(
        found.places, found.successions, found.outlines, by=SYSTEM, now=now
    )
    return Outcome(
        total=loaded.added + loaded.changed + loaded.same,
        added=loaded.added,
        changed=loaded.changed,
    )


def _units(folder: Folder, lines: dict[str, tuple[str, int]]) -> list[NewPlace]:
    """Return the units of all files; `lines` learns where each was read."""
    places = []
    for name, level, parent_level in UNITS:
        origin = folder.origin(name)
        for line, row in folder.rows(name, _COLUMNS):
            try:
                place, repairs = rules.mended(_unit(row, level, parent_level, origin))
            except Invalid as refusal:
                folder.reject(name, line, f"{level} {row['code']}", refusal.field, str(refusal))
                continue
            for repair in repairs:
                folder.repair(name, line, repair)
            lines[str(place)] = (name, line)
            places.append(place)
    return places


def _unit(
    row: dict[str, str], level: Level, parent_level: Level | None, origin: Origin
) -> NewPlace:
    return NewPlace(
        level=level,
        code=row["code"],
        name=row["name"],
        parent=row["parent"],
        parent_level=parent_level,
        since=maybe_day(row["since"]),
        until=maybe_day(row["until"]),
        lat=maybe_decimal(row["lat"]),
        lon=maybe_decimal(row["lon"]),
        area_km2=maybe_decimal(row["area_km2"]),
        population=maybe_whole(row["population"]),
        population_basis=row["population_basis"],
        seat=row["seat"],
        flags=tuple(row["flags"].split()),
        source=origin.source,
        snapshot_on=origin.snapshot_on,
    )


def _successions(folder: Folder) -> list[NewSuccession]:
    found = []
    for line, row in folder.rows(SUCCESSIONS, _EDGE):
        try:
            found.append(
                NewSuccession(
                    old_level=Level(one_of(row, "old_level", list(Level))),
                    old=row["old"],
                    new_level=Level(one_of(row, "new_level", list(Level))),
                    new=row["new"],
                    on=day(row["on"]),
                    is_partial=one_of(row, "is_partial", ("0", "1")) == "1",
                )
            )
        except Invalid as refusal:
            key = f"{row['old']} → {row['new']}"
            folder.reject(SUCCESSIONS, line, key, refusal.field, str(refusal))
    return found


def _outlines(folder: Folder) -> list[NewOutline]:
    found = []
    for name, level in OUTLINES:
        for line, record in folder.records(name):
            outline = record.get("outline")
            if not isinstance(outline, dict) or outline.get("type") not in {
                "Polygon",
                "MultiPolygon",
            }:
                key = f"{level} {record.get('code')}"
                folder.reject(name, line, key, "outline", "Ranh giới cần là đa giác GeoJSON.")
                continue
            found.append(NewOutline(level=level, code=str(record.get("code")), outline=outline))
    return found
