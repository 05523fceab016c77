"""Published processes, kept in memory: by id, the newest of a code, the one for a procedure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection

from sauro.cases import rules
from sauro.cases.models import Process as ProcessRow
from sauro.cases.rules import Process
from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.offices.keeping import Kept


@lru_cache(maxsize=512)
def process(process_id: int) -> Process:
    """Return a published process. One query the first time: published rows never change.

    :raises NotFound: nothing was published under that id
    """
    row = ProcessRow.objects.filter(pk=process_id).first()
    if row is None:
        raise NotFound(_("Không có quy trình này."))
    return rules.parse_process(row.pk, row.code, row.version, row.name, row.definition)


PROCESSES = "processes"


@dataclass(frozen=True, slots=True)
class _InForce:
    """The newest version of every process in force on a day, and which procedures they serve."""

    by_code: Mapping[str, int]
    by_procedure: Mapping[str, int]


_NEWEST = """
SELECT DISTINCT ON (code) code, id, coalesce(definition -> 'procedures', '[]')
FROM cases_process WHERE since <= %s ORDER BY code, version DESC
"""


def _read_in_force(day: date, _number: int) -> _InForce:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [day])
        rows = [(code, pk, json.loads(served)) for code, pk, served in cursor.fetchall()]
    serving: dict[str, int] = {}
    for _code, pk, served in rows:
        for procedure in served:
            serving.setdefault(procedure, pk)
    return _InForce({code: pk for code, pk, _served in rows}, serving)


_in_force: Kept[date, _InForce] = Kept(PROCESSES, _read_in_force)


def process_for(procedure: str, *, otherwise: str, on: date) -> Process | None:
    """Return the process by which a procedure is handled if it begins `on` that day.

    The newest version in force of the first process, by code, that names the procedure; where
    none does, that of the process with the code `otherwise`; None where there is none either.
    Kept in memory: no query, or one to see whether something was published since.
    """
    kept = _in_force.get(on)
    found = kept.by_procedure.get(procedure) or kept.by_code.get(otherwise)
    return process(found) if found else None


def _read_latest(code: str, _number: int) -> Process | None:
    row = ProcessRow.objects.filter(code=code).order_by("-version").only("pk").first()
    return process(row.pk) if row else None


_latest: Kept[str, Process | None] = Kept(PROCESSES, _read_latest)


def latest_process(code: str) -> Process | None:
    """Return the newest version of a process, or None where none was published.

    Kept in memory: no query, or one to see whether something was published since.
    """
    return _latest.get(code)
