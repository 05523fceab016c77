"""What an address, old or new, means today: `resolve`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sauro.core.explain import Explanation
from sauro.places import rules
from sauro.places.rows import SELECT, place_row, select
from sauro.places.rules import Candidate, Change, Level, Meaning, PlaceRow, Written

MOST_MATCHES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Which of today's communes an address may be in, and why.

    matches: today's communes, by province and name, at most 30; empty if the address names
    none. must_ask: the person has to choose or confirm; only without it is `matches[0]` the
    answer. province_code: of today's province, where the address leaves no doubt about it.
    """

    matches: Sequence[PlaceRow]
    must_ask: bool
    province_code: str
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class _Today:
    """Where units lead. communes, provinces: ids of units that are valid on the day."""

    communes: set[int]
    provinces: set[int]
    changes: list[Change]

    def ids(self) -> set[int]:
        changed = {id_ for change in self.changes for id_ in (change.old, change.new)}
        return self.communes | self.provinces | changed


def resolve(text: str, *, on: date) -> Resolution:
    """Return where an address is on a day, whenever it was written, and why.

    An old commune that was divided gives all its successors and `must_ask`; so does a name that
    is in several provinces. At most five queries, together about 10 ms.
    """
    written = rules.read(text)
    best = rules.readings(written, _candidates(written, on))
    unread = rules.unread(written, best)
    today = _today([reading.candidate for reading in best], on)
    named = {reading.candidate.id for reading in best}
    rows = _rows(named | today.ids())
    provinces = {rows[id_].province_code for id_ in today.provinces | today.communes}
    matches = sorted((rows[id_] for id_ in today.communes), key=_order)
    is_similar = not matches
    if is_similar:
        matches = _similar(rules.guess(written, best), provinces, on)
    meaning = Meaning(
        read=[rows[id_] for id_ in sorted(named)],
        changes=today.changes,
        matches=matches,
        unread=unread,
        similar=is_similar,
        unsure=any(reading.mistyped or reading.cut for reading in best),
    )
    return Resolution(
        matches=meaning.matches[:MOST_MATCHES],
        must_ask=rules.must_ask(meaning),
        province_code=provinces.pop() if len(provinces) == 1 else "",
        explanation=rules.explain(meaning, rows),
    )


def _order(row: PlaceRow) -> tuple[str, str, str]:
    return (row.province_name, row.short_name, row.code)


_CANDIDATES = """
SELECT p.id, p.level, p.type_word, p.short_name, s.key,
       p.until IS NULL OR p.until > %(on)s, s.districts, s.provinces, s.old_provinces
FROM places_spelling s JOIN places_place p ON p.id = s.place_id
WHERE s.key = ANY(%(keys)s) AND (p.since IS NULL OR p.since <= %(on)s)
"""


def _candidates(written: Written, on: date) -> list[Candidate]:
    """Return every unit with a name that occurs in an address. One query, none for no words."""
    keys = sorted(written.name_keys())
    if not keys:
        return []
    return [_candidate(row) for row in select(_CANDIDATES, {"keys": keys, "on": on})]


def _candidate(row: Sequence[Any]) -> Candidate:
    id_, level, type_word, name, key, is_open, districts, provinces, old_provinces = row
    return Candidate(
        id=id_,
        level=Level(level),
        type_word=type_word,
        name=name,
        key=key,
        is_open=is_open,
        districts=frozenset(districts),
        provinces=frozenset(provinces),
        old_provinces=frozenset(old_provinces),
    )


_AHEAD = """
WITH RECURSIVE step AS (
    SELECT id, NULL::bigint AS old, NULL::date AS "on", NULL::boolean AS is_partial
    FROM places_place
    WHERE id = ANY(%(ids)s) OR (parent_id = ANY(%(districts)s) AND level = 'COMMUNE')
    UNION
    SELECT s.new_id, s.old_id, s."on", s.is_partial FROM step
    JOIN places_succession s ON s.old_id = step.id AND s."on" <= %(on)s
)
SELECT step.id, step.old, step."on", step.is_partial, p.level,
       (p.since IS NULL OR p.since <= %(on)s) AND (p.until IS NULL OR p.until > %(on)s)
FROM step JOIN places_place p ON p.id = step.id
"""


def _today(units: Iterable[Candidate], on: date) -> _Today:
    """Return where units lead; a district leads to the communes on its ground. One query."""
    found = list(units)
    today = _Today(set(), set(), [])
    if not found:
        return today
    districts = [unit.id for unit in found if unit.level is Level.DISTRICT]
    given = {"ids": [unit.id for unit in found], "districts": districts, "on": on}
    for id_, old, when, is_partial, level, is_open in select(_AHEAD, given):
        if old is not None:
            today.changes.append(Change(old, id_, when, is_partial))
        if is_open and level == Level.COMMUNE:
            today.communes.add(id_)
        if is_open and level == Level.PROVINCE:
            today.provinces.add(id_)
    return today


_SIMILAR = """
WITH RECURSIVE close AS MATERIALIZED (
    SELECT p.id, similarity(p.folded, %(guess)s) AS likeness FROM places_place p
    WHERE p.level = 'COMMUNE' AND p.folded %% %(guess)s AND (p.since IS NULL OR p.since <= %(on)s)
    ORDER BY likeness DESC, p.id LIMIT 60
), ahead AS (
    SELECT id, likeness FROM close
    UNION
    SELECT s.new_id, ahead.likeness FROM ahead
    JOIN places_succession s ON s.old_id = ahead.id AND s."on" <= %(on)s
)
SELECT p.id FROM ahead
JOIN places_place p ON p.id = ahead.id AND (p.until IS NULL OR p.until > %(on)s)
JOIN places_place up ON up.id = p.parent_id
LEFT JOIN places_place top ON top.id = up.parent_id
WHERE cardinality(%(provinces)s::text[]) = 0 OR coalesce(top.code, up.code) = ANY(%(provinces)s)
GROUP BY p.id ORDER BY max(ahead.likeness) DESC, p.id LIMIT 5
"""


def _similar(guess: str, provinces: Collection[str], on: date) -> list[PlaceRow]:
    """Return today's communes whose name, or a predecessor's, is spelt like a guess, best first.

    At most five, in the provinces if any are given. Two queries, none for no guess.
    """
    if not guess:
        return []
    given = {"guess": guess, "provinces": sorted(provinces), "on": on}
    ids = [id_ for (id_,) in select(_SIMILAR, given)]
    rows = _rows(ids)
    return [rows[id_] for id_ in ids]


_BY_ID = f"{SELECT} WHERE p.id = ANY(%(ids)s)"


def _rows(ids: Collection[int]) -> dict[int, PlaceRow]:
    """Return units by id. One query, none for no ids."""
    if not ids:
        return {}
    return {row[0]: place_row(row) for row in select(_BY_ID, {"ids": sorted(ids)})}
