"""Whose key signs a result (khóa của người ký, con dấu của cơ quan), opened with a PIN.

In the demo whoever has no certificate gets one of the sandbox when they first need it; elsewhere
certificates are enrolled by the operator.
"""

from datetime import datetime

from django.conf import settings

from sauro.core.actor import SYSTEM, Actor
from sauro.core.clock import local_day
from sauro.documents import queries as documents
from sauro.documents import services as document_services
from sauro.documents.demo_keys import DEMO_PIN
from sauro.documents.keys import Unlocked
from sauro.offices import queries as offices
from sauro.onestop.models import Dossier

_OFFICIAL, _OFFICE = "offices.official", "offices.office"


def own(by: Actor, pin: str, *, now: datetime) -> Unlocked:
    """Return the official's own key.

    :raises Invalid: the PIN does not open it
    :raises NotNow: they have no certificate in force
    """
    ensure_own(by.official_id or 0, now=now)
    return document_services.unlock(_OFFICIAL, by.official_id or 0, pin.strip(), by=by, now=now)


def seal(case_id: int, pin: str, *, by: Actor, now: datetime) -> Unlocked:
    """Return the key of the seal that goes on a dossier's result, in the hands of its keeper.

    :raises Invalid: the PIN does not open it
    :raises NotNow: the office has no certificate in force
    """
    dossier = Dossier.objects.filter(pk=case_id).values_list("case__authority_id", flat=True)
    office_id = dossier.get()
    ensure_seal(office_id, now=now)
    return document_services.unlock(_OFFICE, office_id, pin.strip(), by=by, now=now)


def ensure_own(official_id: int, *, now: datetime) -> None:
    """Give an official of the demo a certificate, if they have none."""
    if settings.DEMO and not documents.has_certificate(_OFFICIAL, official_id, now):
        one = offices.official(official_id)
        document_services.certify(
            _OFFICIAL, official_id, one.name, one.office_name, DEMO_PIN, by=SYSTEM, now=now
        )


def ensure_seal(office_id: int, *, now: datetime) -> None:
    """Give an office of the demo a certificate for its seal, if it has none."""
    if settings.DEMO and not documents.has_certificate(_OFFICE, office_id, now):
        name = offices.roster(local_day(now)).office(office_id).name
        document_services.certify(_OFFICE, office_id, name, name, DEMO_PIN, by=SYSTEM, now=now)
