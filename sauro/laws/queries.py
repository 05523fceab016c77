"""Reading the laws: an article, a law, and what articles say about something, as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db.models import Q, QuerySet

from sauro.core.errors import NotFound
from sauro.core.statements import named_rows
from sauro.core.text import _, fold, tidy
from sauro.laws.models import Article, Law
from sauro.laws.rules.asking import Asked, read_abbreviations, read_question
from sauro.laws.rules.excerpts import Piece, clause, excerpt, paragraphs
from sauro.laws.rules.force import Ending
from sauro.laws.rules.titles import KIND_LABELS, NUMBER, Kind

_DATA = Path(__file__).parent / "data" / "abbreviations.tsv"
_PAGE = 100
_FEW = 5
NO_SUCH_LAW = _("Không có văn bản nào ở địa chỉ này. Tìm theo số hiệu, hoặc theo tên luật.")
NO_SUCH_ARTICLE = _("Văn bản này không có Điều {number}. Chọn lại trong danh sách các điều.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    """A law as it stands on a day.

    state: "" in force, "ENDED", "NOT_YET", "UNKNOWN" where its text says no day, "NO_TEXT" where
    only the number is held. is_guess: that it ended is concluded from a later law of its name.
    cited: by how many procedures.
    """

    id: int
    slug: str
    number: str
    name: str
    kind: str
    year: int | None
    since: date | None
    since_article: str
    until: date | None
    ended_by: str
    is_guess: bool
    state: str
    articles: int
    cited: int
    snapshot_on: date
    source: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list: its number, title and place."""

    number: str
    title: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article with what stands around it. clause: the one that was asked for, or nothing."""

    law: LawRow
    number: str
    title: str
    paragraphs: tuple[str, ...]
    clause: tuple[str, ...]
    previous: ArticleLine | None
    next: ArticleLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHit:
    """An article found by its words. score: higher is better, comparable within one search."""

    law: LawRow
    number: str
    title: str
    excerpt: tuple[Piece, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a question found. article: the one asked for by number; laws: those it may mean."""

    asked: Asked
    on: date
    article: ArticlePage | None
    laws: tuple[LawRow, ...]
    hits: tuple[ArticleHit, ...]


def find(text: str, *, on: date, with_ended: bool = False, limit: int = 10) -> Found:
    """Return what a question to the laws finds, as of a day. Two to five queries.

    An article by number and law, a law by name or number, articles by words. Laws that have
    ended or not begun on that day are found by name and number, by words only `with_ended`.
    """
    asked = read_question(text, _names(), _short())
    laws = _meant(asked, on)
    article = _asked_article(asked, laws, on)
    hits: list[ArticleHit] = []
    if asked.words and not article:
        hits = _hits(asked, laws, on=on, with_ended=with_ended, limit=limit)
    return Found(asked=asked, on=on, article=article, laws=tuple(laws), hits=tuple(hits))


def law(slug: str, *, on: date) -> LawRow:
    """Return one law as of a day. One query.

    :raises NotFound: there is no such law
    """
    found = Law.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(NO_SUCH_LAW)
    return _row(found, on)


def articles(law_id: int, *, after: int = 0, limit: int = _PAGE) -> list[ArticleLine]:
    """Return the articles of a law in their order, past a place. One query."""
    rows = Article.objects.filter(law_id=law_id, position__gt=after).order_by("position")
    return [ArticleLine(*row) for row in rows.values_list("number", "title", "position")[:limit]]


def article(slug: str, number: str, *, on: date, wanted_clause: str = "") -> ArticlePage:
    """Return one article of a law, as of a day. Three queries.

    :raises NotFound: there is no such law, or it has no such article
    """
    row = law(slug, on=on)
    found = _article(row, number, wanted_clause)
    if found is None:
        raise NotFound(NO_SUCH_ARTICLE, number=number)
    return found


def most_cited(*, on: date, limit: int = 24) -> list[LawRow]:
    """Return the laws held with their text that procedures cite most. One query."""
    rows = Law.objects.filter(articles__gt=0).order_by("-cited", "folded", "-year")[:limit]
    return [_row(each, on) for each in rows]


def newer(row: LawRow) -> str:
    """Return the number of the newest later law of the same name, "" for none. One query."""
    rows = Law.objects.filter(folded=fold(row.name), year__gt=row.year or 9999, is_amending=False)
    return rows.order_by("-year", "pk").values_list("number", flat=True).first() or ""


def named_in(lines: Iterable[str], *, on: date) -> dict[str, LawRow]:
    """Return, by line of a legal basis, the law it names and whose text is held. One query."""
    numbers = {line: found.group() for line in lines if (found := NUMBER.search(tidy(line)))}
    rows = Law.objects.filter(number__in=set(numbers.values()), articles__gt=0).order_by("pk")
    held = {each.number: _row(each, on) for each in rows}
    return {line: held[number] for line, number in numbers.items() if number in held}


def counts() -> tuple[int, int, int]:
    """Return how many laws and articles are held, and documents by number alone. Three queries."""
    with_text = Law.objects.filter(articles__gt=0).count()
    return with_text, Article.objects.count(), Law.objects.filter(articles=0).count()


def _names() -> frozenset[str]:
    """Return the folded names of the laws with text. One query."""
    return frozenset(Law.objects.filter(articles__gt=0).values_list("folded", flat=True))


@lru_cache(maxsize=1)
def _short() -> dict[str, str]:
    with _DATA.open(encoding="utf-8") as lines:
        return read_abbreviations(lines)


def _meant(asked: Asked, on: date) -> list[LawRow]:
    """Return the laws a question names, the one in force first, then the newest. One query."""
    if asked.number:
        condition = Q(number=asked.number) | Q(number__startswith=asked.number)
    elif asked.law:
        condition = Q(folded=asked.law, articles__gt=0)
    else:
        return []
    rows = [_row(each, on) for each in _laws(condition)]
    order = {"": 0, "UNKNOWN": 1, "NOT_YET": 3, "ENDED": 2, "NO_TEXT": 4}
    return sorted(rows, key=lambda row: (order[row.state], -(row.year or 0)))


def _laws(condition: Q) -> QuerySet[Law]:
    return Law.objects.filter(condition).order_by("-year", "pk")[:12]


def _asked_article(asked: Asked, laws: list[LawRow], on: date) -> ArticlePage | None:
    """Return the article asked for by number. Two queries, none without a law."""
    del on
    if not asked.article or not laws or not laws[0].articles:
        return None
    return _article(laws[0], asked.article, asked.clause)


def _article(row: LawRow, number: str, wanted_clause: str) -> ArticlePage | None:
    found = Article.objects.filter(law_id=row.id, number=number.lower()).defer("words").first()
    if found is None:
        return None
    beside = {line.position: line for line in articles(row.id, after=found.position - 2, limit=3)}
    return ArticlePage(
        law=row,
        number=found.number,
        title=found.title,
        paragraphs=tuple(paragraphs(found.body, found.number)),
        clause=tuple(clause(found.body, found.number, wanted_clause)) if wanted_clause else (),
        previous=beside.get(found.position - 1),
        next=beside.get(found.position + 1),
    )


_SEARCH = """
SELECT a.id AS article_id, a.number, a.title, a.body, best.score, l.id AS law_id
FROM (
  SELECT f.id, ts_rank_cd('{0.05, 0.1, 0.3, 1}', f.words, query, 1)
    * CASE WHEN g.is_amending THEN 0.4 ELSE 1 END AS score
  FROM laws_article f JOIN laws_law g ON g.id = f.law_id,
    to_tsquery('simple', %(query)s) AS query
  WHERE f.words @@ query
    AND (%(laws)s::bigint[] IS NULL OR g.id = ANY(%(laws)s::bigint[]))
    AND (%(ended)s OR (coalesce(g.since <= %(on)s, true) AND coalesce(%(on)s < g.until, true)))
  ORDER BY score DESC, f.id LIMIT %(limit)s
) best JOIN laws_article a ON a.id = best.id JOIN laws_law l ON l.id = a.law_id
ORDER BY best.score DESC, a.id
"""


def _hits(
    asked: Asked, laws: list[LawRow], *, on: date, with_ended: bool, limit: int
) -> list[ArticleHit]:
    """Return articles with all the words; where few have, those with most pairs of them."""
    given = {
        "laws": [row.id for row in laws[:1]] if laws else None,
        "on": on,
        "ended": with_ended or bool(laws),
        "limit": limit,
    }
    rows = named_rows(_SEARCH, {**given, "query": " & ".join(asked.words)})
    if len(rows) < min(_FEW, limit) and len(asked.words) > 1:
        either = asked.words if laws else ()
        wider = " | ".join([*(f"({a} <-> {b})" for a, b in asked.pairs), *either])
        seen = {row["article_id"] for row in rows}
        more = named_rows(_SEARCH, {**given, "query": wider})
        rows += [row for row in more if row["article_id"] not in seen]
    owners = Law.objects.in_bulk({row["law_id"] for row in rows})
    return [
        ArticleHit(
            law=_row(owners[row["law_id"]], on),
            number=row["number"],
            title=row["title"],
            excerpt=excerpt(row["body"], row["number"], set(asked.words)),
            score=float(row["score"]),
        )
        for row in rows[:limit]
    ]


def _row(found: Law, on: date) -> LawRow:
    return LawRow(
        id=found.pk,
        slug=found.slug,
        number=found.number,
        name=found.name,
        kind=KIND_LABELS[Kind(found.kind)],
        year=found.year,
        since=found.since,
        since_article=found.since_article,
        until=found.until,
        ended_by=found.ended_by,
        is_guess=found.ending == Ending.SAME_NAME,
        state=_state(found, on),
        articles=found.articles,
        cited=found.cited,
        snapshot_on=found.snapshot_on,
        source=found.source,
    )


def _state(found: Law, on: date) -> str:
    if not found.articles:
        return "NO_TEXT"
    if found.until and on >= found.until:
        return "ENDED"
    if found.since is None:
        return "UNKNOWN"
    return "NOT_YET" if on < found.since else ""
