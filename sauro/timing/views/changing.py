"""For those who set the calendar: propose a change, look at what it does, confirm, undo."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sauro.core.clock import local_day
from sauro.core.errors import Changed, Invalid, NotNow, Refusal
from sauro.core.pages import OFFICIALS, Request, page
from sauro.offices.rules import DAY_KIND_LABELS, DayKind
from sauro.timing import forms, queries, rules, services

_KINDS = [(kind.value, DAY_KIND_LABELS[kind]) for kind in DayKind if kind is not DayKind.ORDINARY]


@page(open_to=OFFICIALS)
def edit(request: Request) -> HttpResponse:
    """Show the form of a change, filled in with what the day is now."""
    return _form(request, queries.filled(forms.shown(request.GET)))


def _form(request: Request, given: dict[str, str], refusal: Refusal | None = None) -> HttpResponse:
    rights = queries.rights(request.actor, on=local_day(request.now))
    if not rights.any:
        queries.check_right(request.actor, None, on=local_day(request.now))
    field = refusal.field if isinstance(refusal, Invalid) else ""
    context = {
        "given": given,
        "kinds": [*_KINDS, (rules.REMOVE, "Bỏ ngày đặc biệt, làm việc như thường lệ")],
        "rights": rights,
        "offices": [(office.id, office.name) for office in rights.offices],
        "errors": {field or "tu": str(refusal)} if refusal else {},
    }
    status = refusal.status if refusal else 200
    return render(request, "timing/edit.html", context, status=status)


@page(open_to=OFFICIALS)
def preview(request: Request) -> HttpResponse:
    """Show which open cases a change touches, before anything is written."""
    try:
        proposal = forms.proposal(request.GET)
        queries.check_right(request.actor, proposal.office_id, on=local_day(request.now))
        rules.check(proposal, local_day(request.now))
        found = queries.preview(proposal, page=forms.page_of(request.GET))
    except Invalid as refusal:
        return _form(request, forms.shown(request.GET), refusal)
    context = {
        "found": found,
        "office": queries.office_name(proposal.office_id),
        "given": forms.shown(request.GET),
        "address": forms.address(request.GET),
        "number": forms.page_of(request.GET),
        "confirm": reverse("timing:confirm"),
        "edit": reverse("timing:edit"),
    }
    return render(request, "timing/preview.html", context)


@page(open_to=OFFICIALS)
@require_POST
def confirm(request: Request) -> HttpResponse:
    """Make the change that was looked at."""
    try:
        change_id = services.change_calendar(
            forms.proposal(request.POST),
            seen=request.POST.get("seen", ""),
            by=request.actor,
            now=request.now,
        )
    except (Changed, Invalid) as refusal:
        return _form(request, forms.shown(request.POST), refusal)
    return redirect(f"{reverse('timing:change', args=[change_id])}?xong=dat")


@page(open_to=OFFICIALS)
def change(request: Request, change_id: int) -> HttpResponse:
    """Show a change that was made, and the cases it gave other due dates."""
    return _change(request, change_id)


def _change(request: Request, change_id: int, refusal: Refusal | None = None) -> HttpResponse:
    number = forms.page_of(request.GET)
    made = queries.change(change_id)
    rights = queries.rights(request.actor, on=local_day(request.now))
    context = {
        "made": made,
        "rows": queries.affected_by(change_id, page=number),
        "number": number,
        "more": made.affected > (number + 1) * queries.PAGE,
        "may_undo": made.may_be_undone and rights.over(made.office_id),
        "refusal": refusal,
        "done": request.GET.get("xong", ""),
    }
    status = refusal.status if refusal else 200
    return render(request, "timing/change.html", context, status=status)


@page(open_to=OFFICIALS)
@require_POST
def undo(request: Request, change_id: int) -> HttpResponse:
    """Take back the last change."""
    try:
        services.undo(change_id, by=request.actor, now=request.now)
    except NotNow as refusal:
        return _change(request, change_id, refusal)
    return redirect(f"{reverse('timing:change', args=[change_id])}?xong=hoan-tac")
