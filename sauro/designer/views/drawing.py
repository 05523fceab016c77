"""The editor: one draft, its steps, one of them open; every change is one small form."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from sauro.core.errors import Changed, Invalid, Refusal
from sauro.core.pages import OFFICIALS, Request, page
from sauro.designer import forms, queries
from sauro.designer.queries import pages
from sauro.designer.rules import comparing, editing, words
from sauro.designer.services import drafting
from sauro.designer.views.showing import document, rights


@page(open_to=OFFICIALS)
def show(request: Request, draft_id: int) -> HttpResponse:
    """Show a draft with one of its steps open, or none."""
    return _shown(request, draft_id, opened=request.GET.get("buoc", ""))


def _shown(
    request: Request,
    draft_id: int,
    *,
    opened: str = "",
    refusal: Refusal | None = None,
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the draft as it is now, with what was typed and why it was not saved."""
    row = queries.draft(draft_id)
    conflict: list[comparing.Difference] = []
    if typed is not None and isinstance(refusal, Changed):
        stored = next((s for s in row.definition["steps"] if s["key"] == opened), None)
        if stored is not None:
            conflict = comparing.differences(stored, typed, words.names_of(row.definition))
    context = {
        "page_of": pages.editor(row, opened, typed=typed),
        "opened": opened,
        "refusal": refusal,
        "conflict": conflict,
        "rights": rights(request),
        "words": words,
        "rows": range(_rows(typed or _step(row.definition, opened))),
        "ends": forms.ENDS,
        "done": request.GET.get("xong", ""),
        "about_open": request.GET.get("chung") == "1",
    }
    status = refusal.status if refusal else 200
    return render(request, "designer/editor.html", context, status=status)


def _step(definition: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    return next((s for s in definition.get("steps", ()) if s["key"] == key), {})


def _rows(step: Mapping[str, Any]) -> int:
    return min(len(step.get("moves") or {}) + 1, forms.ROWS_AT_MOST)


def _back(draft_id: int, done: str, *, key: str = "", opened: bool = False) -> HttpResponse:
    """Go back to the draft, to where the step now stands."""
    query = {"xong": done, **({"buoc": key} if opened else {})}
    steps = list(queries.draft(draft_id).definition.get("steps", ()))
    place = next((n for n, step in enumerate(steps, start=1) if step["key"] == key), 0)
    address = f"{reverse('designer:draft', args=[draft_id])}?{urlencode(query)}"
    return redirect(f"{address}#buoc-{place}" if place else address)


@page(open_to=OFFICIALS)
@require_POST
def save_step(request: Request, draft_id: int) -> HttpResponse:
    """Save the open step; what somebody else saved meanwhile is shown beside."""
    key = request.POST.get("key", "")
    typed = forms.step(request.POST, editing.step_of(queries.draft(draft_id).definition, key))
    seen = forms.number(request.POST.get("seen"))
    try:
        drafting.save_step(draft_id, key, typed, seen=seen, by=request.actor, now=request.now)
    except (Changed, Invalid) as refusal:
        return _shown(request, draft_id, opened=key, refusal=refusal, typed=typed)
    more = "more" in request.POST
    return _back(draft_id, "luu", key=key, opened=more)


@page(open_to=OFFICIALS)
@require_POST
def live(request: Request, draft_id: int) -> HttpResponse:
    """Answer with the picture and the problems of a step as it is being filled in."""
    row = queries.draft(draft_id)
    key = request.POST.get("key", "")
    typed = forms.step(request.POST, editing.step_of(row.definition, key))
    context = {
        "page_of": pages.editor(row, key, typed=typed),
        "opened": key,
        "is_live": True,
    }
    return render(request, "designer/live.html", context)


@page(open_to=OFFICIALS)
@require_POST
def add(request: Request, draft_id: int) -> HttpResponse:
    """Put a new step behind another or beside it, and open it."""

    def act(seen: int) -> str:
        return drafting.add_step(
            draft_id,
            request.POST.get("after", ""),
            request.POST.get("name", ""),
            beside=request.POST.get("how") == "beside",
            seen=seen,
            by=request.actor,
            now=request.now,
        )

    try:
        key = act(forms.number(request.POST.get("seen")))
    except (Changed, Invalid) as refusal:
        return _shown(request, draft_id, refusal=refusal)
    return _back(draft_id, "them", key=key, opened=True)


@page(open_to=OFFICIALS)
@require_POST
def move(request: Request, draft_id: int) -> HttpResponse:
    """Move a step one place up or down in the list."""
    places = -1 if request.POST.get("way") == "up" else 1
    return _changed(request, draft_id, "chuyen", _moving(places))


@page(open_to=OFFICIALS)
@require_POST
def remove(request: Request, draft_id: int) -> HttpResponse:
    """Take a step out."""
    return _changed(request, draft_id, "bo", drafting.remove_step)


def _moving(places: int) -> Callable[..., int]:
    def move_by(draft_id: int, key: str, **given: Any) -> int:  # noqa: ANN401 - passed on
        return drafting.move_step(draft_id, key, places, **given)

    return move_by


def _changed(
    request: Request, draft_id: int, done: str, change: Callable[..., int]
) -> HttpResponse:
    key = request.POST.get("key", "")
    seen = forms.number(request.POST.get("seen"))
    try:
        change(draft_id, key, seen=seen, by=request.actor, now=request.now)
    except (Changed, Invalid) as refusal:
        return _shown(request, draft_id, refusal=refusal)
    return _back(draft_id, done, key=key)


@page(open_to=OFFICIALS)
@require_POST
def about(request: Request, draft_id: int) -> HttpResponse:
    """Save what is said of the whole process."""
    try:
        drafting.save_about(
            draft_id,
            request.POST.get("name", ""),
            forms.about(request.POST),
            seen=forms.number(request.POST.get("seen")),
            by=request.actor,
            now=request.now,
        )
    except (Changed, Invalid) as refusal:
        return _shown(request, draft_id, refusal=refusal)
    return _back(draft_id, "chung")


@page(open_to=OFFICIALS)
@require_POST
def discard(request: Request, draft_id: int) -> HttpResponse:
    """Throw the draft away."""
    seen = forms.number(request.POST.get("seen"))
    try:
        drafting.discard(draft_id, seen=seen, by=request.actor, now=request.now)
    except Changed as refusal:
        return _shown(request, draft_id, refusal=refusal)
    return redirect(f"{reverse('designer:list')}?xong=bo-nhap")


@page(open_to=OFFICIALS)
def export(_request: Request, draft_id: int) -> HttpResponse:
    """Send a draft as a BPMN 2.0 document."""
    row = queries.draft(draft_id)
    return document(row.code, row.name, row.base_version, row.definition)
