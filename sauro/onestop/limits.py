"""The limit a dossier is handled in (thời hạn giải quyết), as published when it was filed."""

from functools import lru_cache

from sauro.core.statements import read
from sauro.core.workdays import Term, Unit
from sauro.onestop.rules import Limit

_LIMIT = """
SELECT limit_value, limit_unit, limit_source, limit_published
FROM onestop_dossier WHERE case_id = %(case)s
"""


@lru_cache(maxsize=50_000)
def limit_of(case_id: int) -> Limit:
    """Return the limit a dossier was filed under: it never changes. One query, the first time."""
    value, unit, source, published = read(_LIMIT, {"case": case_id})[0]
    return Limit(Term(value, Unit(unit)), source, published)
