"""Loading the texts of laws, and the numbers of the documents that procedures cite."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sauro.core.actor import SYSTEM
from sauro.deployment.loading_files import Folder
from sauro.deployment.loading_report import Outcome
from sauro.laws import services
from sauro.laws.services import Texts

ARTICLES = "laws/articles.jsonl.gz"
CITED = "laws/cited.csv"
_KEYS = ("law", "law_title", "article", "title", "text")


def load(folder: Folder, *, now: datetime) -> Outcome:
    """Bring the laws to what the files say.

    :raises Invalid: a file cannot be read
    """
    origin = folder.origin(ARTICLES)
    cited = [row for _line, row in folder.rows(CITED, ("code", "n_procedures", "title"))]
    texts = Texts(_articles(folder), cited, origin.source, origin.snapshot_on)
    loaded = services.load_laws(texts, by=SYSTEM, now=now)
    return Outcome(
        total=loaded.added + loaded.changed + loaded.same,
        added=loaded.added,
        changed=loaded.changed,
    )


def _articles(folder: Folder) -> Iterator[dict[str, Any]]:
    for line, record in folder.records(ARTICLES):
        if any(not isinstance(record.get(key), str) for key in _KEYS) or not record["text"].strip():
            message = "Thiếu tên luật, số điều hoặc lời văn."
            folder.reject(ARTICLES, line, str(record.get("article", "")), "no_text", message)
            continue
        yield record
