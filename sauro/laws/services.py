"""What can be done to the laws.

Verbs: load_laws.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.statements import execute
from sauro.core.text import fold, tidy
from sauro.events import services as events
from sauro.laws.models import Article, Collection, Law
from sauro.laws.rules import force
from sauro.laws.rules.titles import Title, read_title, slug_of

_KEPT = ("number", "title", "name", "folded", "kind", "year", "since", "since_article", "until",
         "ended_by", "ending", "is_amending", "articles", "cited", "digest", "source",
         "snapshot_on")  # fmt: skip
_BATCH = 500
_WORD = re.compile(r"[^\W_]+")
_AMENDING = re.compile(r"\b(?:sua doi|bo sung)\b")
_INSERT = """
INSERT INTO laws_article (law_id, position, number, title, body, words)
SELECT law, position, number, title, body,
       setweight(to_tsvector('simple', head), 'A') || setweight(to_tsvector('simple', folded), 'D')
FROM unnest(%(law)s::bigint[], %(position)s::int[], %(number)s::text[], %(title)s::text[],
            %(body)s::text[], %(head)s::text[], %(folded)s::text[])
  AS t (law, position, number, title, body, head, folded)
"""


@dataclass(frozen=True, slots=True)
class Texts:
    """What is loaded. articles: records law, law_title, article, title, text, in order.

    cited: rows code, title, n_procedures. source, snapshot_on: of the articles.
    """

    articles: Iterable[Mapping[str, Any]]
    cited: Iterable[Mapping[str, str]]
    source: str
    snapshot_on: date


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, in documents."""

    added: int
    changed: int
    same: int


@dataclass(slots=True)
class _Draft:
    """A document being gathered. rows: its articles (number, title, text)."""

    title: Title
    said: str
    slug: str
    cited: int = 0
    rows: list[tuple[str, str, str]] = field(default_factory=list)


@command
def load_laws(texts: Texts, *, by: Actor, now: datetime) -> Loaded:
    """Bring the laws to what the texts say; the same texts again change nothing.

    A document that changed gets its articles anew. Documents that procedures cite and whose text
    is not here are kept by number, so that a person learns that we do not hold them.
    """
    execute("SELECT pg_advisory_xact_lock(hashtext('laws.texts'))", {})
    drafts = _gather(texts)
    ended = force.ends(_known(draft) for draft in drafts)
    stored = {law.slug: law for law in Law.objects.order_by("pk")}
    new: list[Law] = []
    changed: list[Law] = []
    renewed: list[_Draft] = []
    for draft in drafts:
        values = _values(draft, ended.get(draft.slug), texts)
        law = stored.get(draft.slug)
        if law is None:
            new.append(Law(slug=draft.slug, **values))
        elif all(getattr(law, name) == value for name, value in values.items()):
            continue
        else:
            if law.digest == values["digest"]:
                draft = _Draft(draft.title, draft.said, draft.slug)  # noqa: PLW2901
            _set(law, values)
            changed.append(law)
        renewed.append(draft)
    _write(new, changed, renewed)
    if new or changed:
        _collection(now, by, added=len(new), changed=len(changed))
    return Loaded(len(new), len(changed), len(drafts) - len(new) - len(changed))


def _set(law: Law, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(law, name, value)


def _gather(texts: Texts) -> list[_Draft]:
    """Return the documents in the order of the files, those without text last."""
    drafts: dict[str, _Draft] = {}
    for record in texts.articles:
        title = read_title(str(record["law_title"]), str(record["law"]))
        slug = title.slug
        if slug in drafts and drafts[slug].said != tidy(record["law_title"]):
            slug = slug_of(f"{slug} {title.name}")  # the source gives two laws one number
        draft = drafts.setdefault(slug, _Draft(title, tidy(record["law_title"]), slug))
        number = tidy(str(record["article"])).lower()[:12]
        draft.rows.append((number, tidy(record["title"]), str(record["text"]).strip()))
    by_number: dict[str, list[_Draft]] = {}
    for draft in drafts.values():
        by_number.setdefault(draft.title.number, []).append(draft)
    for row in texts.cited:
        code, count = tidy(row["code"]), int(row["n_procedures"])
        if code in by_number:
            by_number[code][0].cited = count
            continue
        title = read_title(row["title"], code)
        drafts.setdefault(title.slug, _Draft(title, title.shown, title.slug, cited=count))
    return list(drafts.values())


def _known(draft: _Draft) -> force.Known:
    pairs = [(number, text) for number, _title, text in draft.rows]
    since = force.read_since(pairs)
    return force.Known(
        key=draft.slug,
        number=draft.title.number,
        folded=fold(draft.title.shown),
        year=draft.title.year,
        since=since.on if since else None,
        is_amending=_is_amending(draft),
        ends=force.read_ends(pairs),
    )


def _is_amending(draft: _Draft) -> bool:
    return bool(_AMENDING.search(fold(draft.said)))


def _values(draft: _Draft, end: force.End | None, texts: Texts) -> dict[str, Any]:
    since = force.read_since([(number, text) for number, _title, text in draft.rows])
    if end and since and end.on < since.on:
        end = None
    return {
        "number": draft.title.number[:60],
        "title": draft.said or draft.title.shown,
        "name": draft.title.shown,
        "folded": fold(draft.title.shown),
        "kind": draft.title.kind.value,
        "year": draft.title.year,
        "since": since.on if since else None,
        "since_article": since.article if since else "",
        "until": end.on if end else None,
        "ended_by": end.by if end else "",
        "ending": end.ending.value if end else "",
        "is_amending": _is_amending(draft),
        "articles": len(draft.rows),
        "cited": draft.cited,
        "digest": hashlib.sha256(repr(draft.rows).encode()).hexdigest(),
        "source": texts.source,
        "snapshot_on": texts.snapshot_on,
    }


def _write(new: list[Law], changed: list[Law], renewed: list[_Draft]) -> None:
    Law.objects.bulk_create(new, batch_size=_BATCH)
    Law.objects.bulk_update(changed, _KEPT, batch_size=_BATCH)
    ids = {law.slug: law.pk for law in (*new, *changed)}
    with_text = [draft for draft in renewed if draft.rows]
    Article.objects.filter(law__in=[ids[draft.slug] for draft in with_text]).delete()
    rows = [
        (ids[draft.slug], position, number, title, text)
        for draft in with_text
        for position, (number, title, text) in enumerate(draft.rows, start=1)
    ]
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        names = ("law", "position", "number", "title", "body")
        given: dict[str, list[Any]] = {
            name: [row[place] for row in batch] for place, name in enumerate(names)
        }
        given["head"] = [_folded(title) for title in given["title"]]
        given["folded"] = [_folded(body) for body in given["body"]]
        execute(_INSERT, given)


def _folded(text: str) -> str:
    """Return `fold(text)`, quickly: a law says the same words over and over."""
    return " ".join(_fold_word(word) for word in _WORD.findall(text))


@lru_cache(maxsize=100_000)
def _fold_word(word: str) -> str:
    return fold(word)


def _collection(now: datetime, by: Actor, *, added: int, changed: int) -> None:
    made = Collection.objects.create(made_at=now, added=added, changed=changed)
    events.record("laws.texts_loaded", made, by=by, at=now, added=added, changed=changed)
