"""The register of certifications of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sauro.onestop.models import CertifiedCopy

_A_DAY_AT_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """A line of the register of certifications."""

    number: int
    code: str
    who: str
    document: str
    pages: int
    copies: int
    fee: int
    state: str


def certified(office_id: int, day: date) -> Sequence[CopyLine]:
    """Return what was certified at a centre on a day, the last first. One query."""
    rows = CertifiedCopy.objects.filter(office_id=office_id, day=day).order_by("-number")
    fields = (
        "number",
        "dossier__case__code",
        "dossier__name",
        "document",
        "pages",
        "copies",
        "dossier__fee",
        "dossier__case__state",
    )
    return [
        CopyLine(
            number=row[0],
            code=row[1],
            who=row[2],
            document=row[3],
            pages=row[4],
            copies=row[5],
            fee=row[6],
            state=row[7],
        )
        for row in rows.values_list(*fields)[:_A_DAY_AT_MOST]
    ]
