"""For those who set the calendar: other opening hours from a day on, looked at, then set."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sauro.core.clock import local_day
from sauro.core.errors import Changed, Invalid, Refusal
from sauro.core.pages import OFFICIALS, Request, page
from sauro.timing import forms, hours, queries, rules, services

_WEEKDAYS = [(str(day), name) for day, name in enumerate(rules.WEEKDAYS[:5])]


@page(open_to=OFFICIALS)
def edit(request: Request) -> HttpResponse:
    """Show the form of opening hours, with those that hold now beside it."""
    return _form(request, forms.hours_shown(request.GET))


def _form(request: Request, given: dict[str, str], refusal: Refusal | None = None) -> HttpResponse:
    today = local_day(request.now)
    rights = queries.rights(request.actor, on=today)
    if not rights.any:
        queries.check_right(request.actor, None, on=today)
    office_id = forms.key(given["don-vi"])
    if office_id is None and not rights.province:
        office_id = rights.offices[0].id
    field = refusal.field if isinstance(refusal, Invalid) else ""
    context = {
        "given": given,
        "rights": rights,
        "offices": [(office.id, office.name) for office in rights.offices],
        "weekdays": _WEEKDAYS,
        "office": queries.office_name(office_id),
        "held": hours.held(office_id, on=today),
        "errors": {field or "tu": str(refusal)} if refusal else {},
    }
    status = refusal.status if refusal else 200
    return render(request, "timing/hours.html", context, status=status)


@page(open_to=OFFICIALS)
def preview(request: Request) -> HttpResponse:
    """Show which open cases the new hours touch, before anything is written."""
    today = local_day(request.now)
    try:
        proposal = forms.hours(request.GET)
        queries.check_right(request.actor, proposal.office_id, on=today)
        rules.check(proposal, today)
        found = queries.preview(proposal, page=forms.page_of(request.GET))
    except Invalid as refusal:
        return _form(request, forms.hours_shown(request.GET), refusal)
    context = {
        "found": found,
        "office": queries.office_name(proposal.office_id),
        "given": forms.hours_shown(request.GET),
        "address": forms.hours_address(request.GET),
        "number": forms.page_of(request.GET),
        "confirm": reverse("timing:hours-confirm"),
        "edit": reverse("timing:hours"),
    }
    return render(request, "timing/preview.html", context)


@page(open_to=OFFICIALS)
@require_POST
def confirm(request: Request) -> HttpResponse:
    """Set the hours that were looked at."""
    try:
        change_id = services.change_calendar(
            forms.hours(request.POST),
            seen=request.POST.get("seen", ""),
            by=request.actor,
            now=request.now,
        )
    except (Changed, Invalid) as refusal:
        return _form(request, forms.hours_shown(request.POST), refusal)
    return redirect(f"{reverse('timing:change', args=[change_id])}?xong=dat")
