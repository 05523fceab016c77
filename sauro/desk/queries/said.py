"""What the applicant answered in the form, as officials read it."""

from collections.abc import Sequence

from django.conf import settings

from sauro.core.clock import local_day
from sauro.forms import queries as forms
from sauro.forms.rules import showing
from sauro.forms.rules.showing import Line
from sauro.onestop.queries import DossierPage
from sauro.places import queries as places
from sauro.procedures.rules import ProcedureRecord


def said_in(dossier: DossierPage, record: ProcedureRecord) -> Sequence[Line]:
    """Return the answers to the form in words. One query where a form was filled in."""
    if not dossier.said:
        return ()
    form = forms.form(dossier.form_id, record)
    here = places.communes(settings.PROVINCE["code"], on=local_day(dossier.opened_at))
    return showing.lines(form, dossier.said, {place.code: place.name for place in here})
