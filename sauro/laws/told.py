"""What was found in the laws, as plain values for JSON: the page's answer for other programs."""

from typing import Any

from django.urls import reverse

from sauro.laws.queries import ArticlePage, Found, LawRow

_STATES = {
    "": "còn hiệu lực",
    "ENDED": "hết hiệu lực",
    "NOT_YET": "chưa có hiệu lực",
    "UNKNOWN": "chưa rõ ngày có hiệu lực",
    "NO_TEXT": "chưa có toàn văn",
}


def told(found: Found) -> dict[str, Any]:
    """Return the answer to a question with its sources; texts are as of the snapshot."""
    return {
        "on": found.on.isoformat(),
        "article": _article(found.article) if found.article else None,
        "laws": [_law(row) for row in found.laws],
        "hits": [
            {
                "law": _law(hit.law),
                "article": hit.number,
                "title": hit.title,
                "excerpt": "".join(piece.text for piece in hit.excerpt),
                "address": reverse("laws:article", args=[hit.law.slug, hit.number]),
                "score": round(hit.score, 4),
            }
            for hit in found.hits
        ],
    }


def _article(shown: ArticlePage) -> dict[str, Any]:
    return {
        "law": _law(shown.law),
        "article": shown.number,
        "title": shown.title,
        "text": "\n".join(shown.paragraphs),
        "clause": "\n".join(shown.clause),
        "address": reverse("laws:article", args=[shown.law.slug, shown.number]),
    }


def _law(row: LawRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "name": row.name,
        "state": _STATES[row.state],
        "since": row.since.isoformat() if row.since else None,
        "until": row.until.isoformat() if row.until else None,
        "ended_by": row.ended_by,
        "is_guess": row.is_guess,
        "has_text": row.articles > 0,
        "snapshot_on": row.snapshot_on.isoformat(),
        "checked": False,
    }
