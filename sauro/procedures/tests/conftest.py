"""The real catalogue, read once for all tests that look at it; no database."""

import csv
import gzip
import io
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sauro.procedures.keeping import wording
from sauro.procedures.rules import POPULAR, Reading, Status, read
from sauro.procedures.rules.catalogue import DOUBTFUL_NAME, Catalogue, gather
from sauro.procedures.rules.searching import Entry, Index

FOLDER = Path(__file__).parents[3] / "data" / "procedures"


@pytest.fixture(scope="session")
def given() -> list[dict[str, Any]]:
    """Return every complete record as it is in the file."""
    text = gzip.decompress((FOLDER / "procedures.jsonl.gz").read_bytes()).decode()
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="session")
def readings(given: list[dict[str, Any]]) -> Mapping[str, Reading]:
    """Return every complete record, read, by code."""
    return {record["code"]: read(record) for record in given}


@pytest.fixture(scope="session")
def catalogue(given: list[dict[str, Any]]) -> Catalogue:
    """Return the whole catalogue."""
    text = gzip.decompress((FOLDER / "catalogue.csv.gz").read_bytes()).decode()
    return gather(given, csv.DictReader(io.StringIO(text)), on=date(2026, 7, 1))


@pytest.fixture(scope="session")
def whole_index(catalogue: Catalogue) -> Index:
    """Return the index of the whole catalogue, as `keeping` builds it."""
    entries = [
        Entry(
            code=row.code,
            name=row.name,
            field=row.field,
            words=row.words,
            level=row.level,
            has_full=row.content is not None,
            is_doubtful=DOUBTFUL_NAME in row.flags,
            is_popular=row.code in POPULAR,
        )
        for _code, row in sorted(catalogue.rows.items())
        if row.status is not Status.GONE
    ]
    return Index(entries, wording())
