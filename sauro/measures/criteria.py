"""The criteria of index 766 as the project's own data file has them, read once."""

import json
from functools import cache
from pathlib import Path

from sauro.measures.rules import index766
from sauro.measures.rules.index766 import Version

_FILE = Path(__file__).parents[2] / "data" / "measures" / "index766.json"


@cache
def index_766() -> tuple[Version, ...]:
    """Return all versions, oldest first."""
    return index766.versions(json.loads(_FILE.read_text(encoding="utf-8")))
