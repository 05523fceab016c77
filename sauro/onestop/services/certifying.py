"""Certified copies: certify."""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.core.actor import Actor
from sauro.core.clock import local_day
from sauro.core.commands import command
from sauro.core.errors import NotPermitted
from sauro.core.text import _
from sauro.documents import services as documents
from sauro.events import services as events
from sauro.offices import queries as offices
from sauro.onestop import copies
from sauro.onestop.copies import Asked
from sauro.onestop.models import CertifiedCopy, Dossier


@command
def certify(case_id: int, asked: Asked, *, by: Actor, now: datetime) -> int:
    """Enter copies in the register of certifications and return their number; the fee is set.

    :raises NotPermitted: the official does not work at the centre of the dossier
    """
    held = cases.lock(case_id)
    if by.official_id is None or by.office_id != held.door_id:
        raise NotPermitted(_("Chỉ cán bộ của Trung tâm này vào sổ chứng thực."))
    day = local_day(now)
    number = documents.next_number(f"{offices.office(held.door_id).code}/CTBS", on=day)
    dossier = Dossier.objects.get(pk=case_id)
    dossier.fee, dossier.fee_note = copies.fee(asked, day), copies.fee_note(day)
    dossier.copies = asked.copies
    dossier.save(update_fields=["fee", "fee_note", "copies"])
    kept = CertifiedCopy.objects.create(
        dossier=dossier,
        office_id=held.door_id,
        day=day,
        number=number,
        document=asked.document,
        pages=asked.pages,
        copies=asked.copies,
    )
    events.record("copy.certified", kept, by=by, at=now, number=number, fee=dossier.fee)
    return number
