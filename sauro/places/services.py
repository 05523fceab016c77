"""What can be done to places.

Verbs: load_places.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import Invalid
from sauro.core.statements import execute
from sauro.core.text import _, fold
from sauro.events import services as events
from sauro.places import rules
from sauro.places.models import Edition
from sauro.places.rules import Gazetteer, Level, NewOutline, NewPlace, NewSuccession


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, in rows of places, successions and outlines together."""

    added: int
    changed: int
    same: int


@command
def load_places(
    places: Sequence[NewPlace],
    successions: Sequence[NewSuccession] = (),
    outlines: Sequence[NewOutline] = (),
    *,
    by: Actor,
    now: datetime,
) -> Loaded:
    """Bring the places to what the rows say, and return what that took.

    Rows that are there already stay untouched, so a second load changes nothing; a row that is
    missing here is left alone. A load that changes something is an edition, with its event.
    A dozen statements, whatever the number of rows: about 2 s for the whole country.

    :raises Invalid: the rows do not hang together; `rules.sift` says which and why
    """
    known = rules.sift(places, successions, outlines)
    if known.rejected:
        first = known.rejected[0]
        raise Invalid(
            _("{count} dòng không dùng được, dòng đầu: {first} Bỏ các dòng này rồi tải lại."),
            count=len(known.rejected),
            first=first.message,
        )
    execute("SELECT pg_advisory_xact_lock(hashtext('places.load'))", {})
    written: list[bool] = []
    for level in Level:
        written += _write(_PLACES, _place_rows(known, level))
    written += _write(_SUCCESSIONS, map(_succession_row, known.successions))
    written += _write(_OUTLINES, map(_outline_row, known.outlines))
    total = len(known.places) + len(known.successions) + len(known.outlines)
    loaded = Loaded(sum(written), len(written) - sum(written), total - len(written))
    if written:
        _publish(loaded, known, by=by, now=now)
    return loaded


def _publish(loaded: Loaded, known: Gazetteer, *, by: Actor, now: datetime) -> None:
    """Note the edition, record it, and derive what searching needs."""
    edition = Edition.objects.create(
        loaded_at=now,
        snapshot_on=max((place.snapshot_on for place in known.places), default=now.date()),
        places=len(known.places),
        added=loaded.added,
        changed=loaded.changed,
    )
    events.record(
        "places.loaded", edition, by=by, at=now, added=loaded.added, changed=loaded.changed
    )
    execute(_SPELLINGS, {})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE places_place, places_succession, places_spelling")


def _write(sql: str, rows: Iterable[dict[str, Any]]) -> list[bool]:
    """Run a bulk upsert; return for each row written whether it was new."""
    given = json.dumps(list(rows), default=str, ensure_ascii=False)
    return [is_new for (is_new,) in execute(sql, {"rows": given})]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _place_rows(known: Gazetteer, level: Level) -> Iterable[dict[str, Any]]:
    for number, place in enumerate(row for row in known.places if row.level is level):
        parent = known.parents.get(place.key)
        short = rules.short_name(level, place.name)
        yield {
            "n": number,
            "level": level.value,
            "code": place.code,
            "since": _day(place.since),
            "until": _day(place.until),
            "type_word": rules.type_word(level, place.name),
            "name": place.name,
            "short_name": short,
            "folded": fold(short),
            "parent_level": parent[0].value if parent else None,
            "parent_code": parent[1] if parent else None,
            "parent_since": _day(parent[2]) if parent else None,
            "lat": place.lat,
            "lon": place.lon,
            "area_km2": place.area_km2,
            "population": place.population,
            "population_is_estimate": place.population_basis not in {"", "source"},
            "seat": place.seat,
            "source": place.source,
            "snapshot_on": _day(place.snapshot_on),
            "flags": list(place.flags),
        }


def _succession_row(row: NewSuccession) -> dict[str, Any]:
    return {
        "old_level": row.old_level.value,
        "old": row.old,
        "new_level": row.new_level.value,
        "new": row.new,
        "on": _day(row.on),
        "is_partial": row.is_partial,
    }


def _outline_row(row: NewOutline) -> dict[str, Any]:
    return {"level": row.level.value, "code": row.code, "outline": row.outline}


_STORED = (
    "until", "type_word", "name", "short_name", "folded", "parent_id", "lat", "lon", "area_km2",
    "population", "population_is_estimate", "seat", "source", "snapshot_on", "flags",
)  # fmt: skip
_PLACES = f"""
INSERT INTO places_place (level, code, since, {", ".join(_STORED)})
SELECT r.level, r.code, r.since, r.until, r.type_word, r.name, r.short_name, r.folded, p.id,
       r.lat, r.lon, r.area_km2, r.population, r.population_is_estimate, r.seat, r.source,
       r.snapshot_on, r.flags
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(
    n int, level text, code text, since date, until date, type_word text, name text,
    short_name text, folded text, parent_level text, parent_code text, parent_since date,
    lat numeric(8, 5), lon numeric(8, 5), area_km2 numeric(9, 2), population int,
    population_is_estimate boolean, seat text, source text, snapshot_on date, flags text[])
LEFT JOIN places_place p ON p.level = r.parent_level AND p.code = r.parent_code
    AND p.since IS NOT DISTINCT FROM r.parent_since
ORDER BY r.n
ON CONFLICT (level, code, since) DO UPDATE SET
    {", ".join(f"{name} = EXCLUDED.{name}" for name in _STORED)}
WHERE ({", ".join(f"places_place.{name}" for name in _STORED)})
    IS DISTINCT FROM ({", ".join(f"EXCLUDED.{name}" for name in _STORED)})
RETURNING xmax = 0
"""  # noqa: S608 - built from the constant above
_SUCCESSIONS = """
INSERT INTO places_succession AS s (old_id, new_id, "on", is_partial)
SELECT o.id, n.id, r."on", r.is_partial
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(
    old_level text, old text, new_level text, new text, "on" date, is_partial boolean)
JOIN places_place o ON o.level = r.old_level AND o.code = r.old AND o.until = r."on"
JOIN places_place n ON n.level = r.new_level AND n.code = r.new AND n.since = r."on"
ON CONFLICT (old_id, new_id) DO UPDATE SET "on" = EXCLUDED."on", is_partial = EXCLUDED.is_partial
WHERE (s."on", s.is_partial) IS DISTINCT FROM (EXCLUDED."on", EXCLUDED.is_partial)
RETURNING xmax = 0
"""
_OUTLINES = """
INSERT INTO places_boundary AS b (place_id, outline)
SELECT p.id, r.outline
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(level text, code text, outline jsonb)
JOIN places_place p ON p.level = r.level AND p.code = r.code AND p.until IS NULL
ON CONFLICT (place_id) DO UPDATE SET outline = EXCLUDED.outline
WHERE b.outline IS DISTINCT FROM EXCLUDED.outline
RETURNING xmax = 0
"""
_SPELLINGS = """
WITH RECURSIVE back AS (
    SELECT id AS place, id FROM places_place
    UNION
    SELECT back.place, s.old_id FROM back JOIN places_succession s ON s.new_id = back.id
), ahead AS (
    SELECT id AS place, id FROM places_place
    UNION
    SELECT ahead.place, s.new_id FROM ahead JOIN places_succession s ON s.old_id = ahead.id
), above AS (
    SELECT unit.place, p.parent_id AS id
    FROM (SELECT place, id FROM back UNION SELECT place, id FROM ahead) unit
    JOIN places_place p ON p.id = unit.id AND p.parent_id IS NOT NULL
    UNION
    SELECT above.place, p.next FROM above JOIN (
        SELECT id, parent_id AS next FROM places_place WHERE parent_id IS NOT NULL
        UNION ALL SELECT old_id, new_id FROM places_succession
    ) p ON p.id = above.id
)
INSERT INTO places_spelling AS s (place_id, key, districts, provinces, old_provinces)
SELECT p.id, replace(p.folded, ' ', ''),
    coalesce(array_agg(DISTINCT replace(up.folded, ' ', '')) FILTER (
        WHERE up.level = 'DISTRICT'), '{}'),
    coalesce(array_agg(DISTINCT replace(up.folded, ' ', '')) FILTER (
        WHERE up.level = 'PROVINCE' AND up.until IS NULL), '{}'),
    coalesce(array_agg(DISTINCT replace(up.folded, ' ', '')) FILTER (
        WHERE up.level = 'PROVINCE' AND up.until IS NOT NULL), '{}')
FROM places_place p
LEFT JOIN above ON above.place = p.id
LEFT JOIN places_place up ON up.id = above.id
GROUP BY p.id
ON CONFLICT (place_id) DO UPDATE SET key = EXCLUDED.key, districts = EXCLUDED.districts,
    provinces = EXCLUDED.provinces, old_provinces = EXCLUDED.old_provinces
WHERE (s.key, s.districts, s.provinces, s.old_provinces) IS DISTINCT FROM
    (EXCLUDED.key, EXCLUDED.districts, EXCLUDED.provinces, EXCLUDED.old_provinces)
"""
