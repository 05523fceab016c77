"""For everyone: the calendar of a year, and how a due date comes about."""

from django.http import HttpResponse
from django.shortcuts import render

from sauro.core.clock import local_day
from sauro.core.errors import Invalid
from sauro.core.pages import EVERYONE, Request, page
from sauro.core.starts import WAY_LABELS
from sauro.core.workdays import LABELS
from sauro.timing import forms, hours, queries
from sauro.timing.rules import Answer


@page(open_to=EVERYONE)
def year(request: Request) -> HttpResponse:
    """Show the working calendar of a year, in the province or at one office."""
    today = local_day(request.now)
    office_id = forms.key(request.GET.get("don-vi"))
    rights = queries.rights(request.actor, on=today)
    context = {
        "shown": queries.year_page(forms.year(request.GET.get("nam"), today.year), office_id),
        "today": today,
        "rights": rights,
        "may_change": rights.over(office_id),
        "held": hours.held(office_id, on=today),
        "with_own": queries.offices_with_their_own(on=today),
        "changes": queries.changes() if rights.any else [],
    }
    return render(request, "timing/year.html", context)


@page(open_to=EVERYONE)
def reckon(request: Request) -> HttpResponse:
    """Reckon a due date, or the latest start, and tell it day by day."""
    found: Answer | None = None
    refusal: Invalid | None = None
    if request.GET.get("tu"):
        try:
            found = queries.reckoned(forms.question(request.GET))
        except Invalid as refused:
            refusal = refused
    context = {
        "units": [(unit.value, label) for unit, label in LABELS.items()],
        "ways": [(way.value, label) for way, label in WAY_LABELS.items()],
        "given": request.GET,
        "today": local_day(request.now),
        "found": found,
        "errors": {refusal.field: str(refusal)} if refusal else {},
    }
    status = refusal.status if refusal else 200
    return render(request, "timing/reckon.html", context, status=status)
