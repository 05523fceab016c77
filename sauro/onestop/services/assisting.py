"""Filling a filing in for somebody who cannot or will not: assist."""

from datetime import datetime

from sauro.cases import queries as cases
from sauro.core.actor import Actor
from sauro.core.commands import command
from sauro.core.errors import NotNow, NotPermitted
from sauro.core.text import _
from sauro.events import services as events
from sauro.onestop.models import Assistance, Dossier
from sauro.onestop.rules import Channel, Consent


@command
def assist(case_id: int, consent: Consent, *, by: Actor, now: datetime) -> None:
    """Record that this official filled the filing in for the applicant, who agreed.

    :raises NotPermitted: only an official assists
    :raises NotNow: the dossier came in online: nobody at a counter filled that in
    """
    cases.lock(case_id)
    if by.official_id is None:
        raise NotPermitted(_("Chỉ cán bộ tại quầy khai hộ được."))
    dossier = Dossier.objects.get(pk=case_id)
    if dossier.channel == Channel.ONLINE:
        raise NotNow(_("Hồ sơ này người nộp tự gửi trực tuyến nên không ghi là khai hộ."))
    Assistance.objects.create(
        dossier=dossier, official_id=by.official_id, consent=consent, assisted_at=now
    )
    events.record("dossier.assisted", dossier, by=by, at=now, consent=consent.value)
