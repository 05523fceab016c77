"""Putting a draft into force: what changes, what is missing, from which day."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sauro.core.clock import local_day
from sauro.core.errors import Changed, Invalid, NotNow, Refusal
from sauro.core.pages import OFFICIALS, Request, page
from sauro.designer import forms, queries
from sauro.designer.queries import carrying, pages
from sauro.designer.rules import comparing
from sauro.designer.services import publishing
from sauro.designer.views.showing import rights


@page(open_to=OFFICIALS)
def publish(request: Request, draft_id: int) -> HttpResponse:
    """Show what would change, and put it into force when it is confirmed."""
    if request.method != "POST":
        return _page(request, draft_id)
    row = queries.draft(draft_id)
    try:
        publishing.publish(
            draft_id,
            forms.day(request.POST.get("since", "")),
            over=forms.number(request.POST.get("over")),
            seen=forms.number(request.POST.get("seen")),
            by=request.actor,
            now=request.now,
        )
    except (Changed, Invalid, NotNow) as refusal:
        return _page(request, draft_id, refusal)
    return redirect(f"{reverse('designer:process', args=[row.code])}?xong=ban-hanh")


def _page(request: Request, draft_id: int, refusal: Refusal | None = None) -> HttpResponse:
    row = queries.draft(draft_id)
    newest = queries.newest(row.code)
    versions = pages.versions_between(row)
    before = pages.whole(newest) if newest else {}
    context = {
        "page_of": pages.editor(row),
        "newest": newest,
        "differences_found": comparing.compare(before, row.whole) if newest else [],
        "missed": versions,
        "rights": rights(request),
        "refusal": refusal,
        "since": request.POST.get("since") or local_day(request.now).isoformat(),
    }
    status = refusal.status if refusal else 200
    return render(request, "designer/publish.html", context, status=status)


@page(open_to=OFFICIALS)
def carry_over(request: Request, code: str) -> HttpResponse:
    """Show what carrying the running cases over would do, and do it when it is confirmed."""
    if request.method != "POST":
        return _preview(request, code, request.GET)
    try:
        carried = publishing.carry_over(
            code,
            forms.number(request.POST.get("process")),
            forms.replacements(request.POST),
            expected=forms.number(request.POST.get("expected")),
            by=request.actor,
            now=request.now,
        )
    except Changed as refusal:
        return _preview(request, code, request.POST, refusal)
    return redirect(f"{reverse('designer:carry-over', args=[code])}?da-chuyen={carried}")


def _preview(
    request: Request, code: str, given: QueryDict, refusal: Refusal | None = None
) -> HttpResponse:
    chosen, number = forms.replacements(given), forms.number(given.get("trang"))
    context = {
        "preview": carrying.preview(code, chosen, page=number, now=request.now),
        "number": number,
        "page_size": carrying.PAGE,
        "chosen": chosen,
        "address": forms.address_of(chosen),
        "rights": rights(request),
        "refusal": refusal,
        "carried": forms.number(request.GET.get("da-chuyen")),
    }
    status = refusal.status if refusal else 200
    return render(request, "designer/carry_over.html", context, status=status)
