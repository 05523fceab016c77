"""The pages of a filing: one question each, saved at every step."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect, render

from sauro.core.clock import local_day
from sauro.core.errors import Changed, Invalid, Refusal, TooLarge
from sauro.core.pages import SIGNED_IN, Request, page
from sauro.forms.rules import reading, showing
from sauro.onestop.services import filing
from sauro.portal import forms, services
from sauro.portal.queries import catalogue, checking, filling, planning, remembering
from sauro.portal.queries.filling import FillingPage
from sauro.portal.rules import journey
from sauro.portal.rules.journey import Slug
from sauro.portal.views.uploads import bounded
from sauro.procedures import queries as procedures

_FROM_STORE = 12
_LONG = 10


@page(open_to=SIGNED_IN)
def start(request: Request, code: str) -> HttpResponse:
    """Say how a filing goes, or begin it, or take it up again where it was left."""
    procedure = procedures.procedure(code)
    if request.method != "POST":
        return render(request, "portal/start.html", {"procedure": procedure})
    catalogue.check_may_file(procedure.code)
    key = filing.start_draft(procedure.version_id, by=request.actor, now=request.now)
    return redirect("portal:draft", key=key)


@page(open_to=SIGNED_IN)
def draft(request: Request, key: str) -> HttpResponse:
    """Go to the first page of a draft that is not answered, a long one to its contents."""
    opened = filling.page(request.actor, key, "")
    if opened.draft.code:
        return redirect("portal:sent", code=opened.draft.code)
    if len(opened.way.stops) >= _LONG and opened.draft.revision > 1:
        return redirect("portal:contents", key=key)
    return _to(key, _open_stop(opened))


@page(open_to=SIGNED_IN)
def contents(request: Request, key: str) -> HttpResponse:
    """Show all pages of a filing, which are answered and what the others still need."""
    opened = filling.page(request.actor, key, Slug.CHECK)
    if opened.draft.code:
        return redirect("portal:sent", code=opened.draft.code)
    sections = filling.contents(opened)
    context = {
        "filling": opened,
        "sections": sections,
        "left": sum(bool(one.left) for chapters in sections.values() for one in chapters),
        "next": _open_stop(opened),
    }
    return render(request, "portal/filling/contents.html", context)


@bounded
@page(open_to=SIGNED_IN)
def question(request: Request, key: str, slug: str) -> HttpResponse:
    """Show a page of a filing, or save what it says and go on."""
    opened = filling.page(request.actor, key, slug)
    if opened.draft.code:
        return redirect("portal:sent", code=opened.draft.code)
    if request.method != "POST":
        return _show(request, opened)
    try:
        return _save(request, opened)
    except (Invalid, TooLarge, Changed) as refusal:
        # Read again: a page that was saved elsewhere shows what is there now.
        current = filling.page(request.actor, key, slug)
        name = getattr(refusal, "field", "") or "trang"
        return _show(request, current, errors={name: str(refusal)}, status=refusal.status)


def _save(request: Request, opened: FillingPage) -> HttpResponse:
    kind = opened.stop.kind
    own = {
        Slug.PAPER: _save_paper,
        Slug.PLACE: _save_place,
        Slug.FORM: _save_form,
        Slug.CHECK: _send,
    }.get(kind)
    if own is not None:
        return own(request, opened)
    if kind is Slug.CENTRE:
        services.choose_centre(
            opened.draft.key,
            forms.centre(request.POST),
            seen=forms.revision(request.POST),
            by=request.actor,
            now=request.now,
        )
        return _on(request, opened)
    parsed = forms.parse(opened.stop, opened.way, request.POST, opened.person)
    if parsed.answers is None:
        return _show(request, opened, errors=parsed.errors, status=Invalid.status)
    filing.answer(
        opened.draft.key,
        parsed.answers,
        seen=forms.revision(request.POST),
        by=request.actor,
        now=request.now,
    )
    return _on(request, opened)


def _save_place(request: Request, opened: FillingPage) -> HttpResponse:
    said = forms.where(request.POST, opened.person)
    try:
        is_settled = services.say_where(
            opened.draft.key,
            said.place_id,
            said.text,
            seen=forms.revision(request.POST),
            by=request.actor,
            now=request.now,
        )
    except (Changed, Invalid):
        raise
    except Refusal as refusal:
        return _show(request, opened, errors={"noi": str(refusal)}, status=refusal.status)
    if not is_settled:
        return redirect("portal:question", key=opened.draft.key, slug=opened.stop.slug)
    return _on(request, opened)


def _save_form(request: Request, opened: FillingPage) -> HttpResponse:
    """Save one page of the form; what is asked for in a line goes with it."""
    places = filling.place_codes(opened, on=local_day(request.now))
    parsed = forms.form_page(opened.stop, opened.way, request.POST, opened.given.said, places)
    if parsed.answers is None:
        return _show(request, opened, errors=parsed.errors, status=Invalid.status)
    filing.answer(
        opened.draft.key,
        parsed.answers,
        seen=forms.revision(request.POST),
        by=request.actor,
        now=request.now,
    )
    if request.POST.get("them"):
        return redirect("portal:question", key=opened.draft.key, slug=opened.stop.slug)
    return _on(request, opened)


def _save_paper(request: Request, opened: FillingPage) -> HttpResponse:
    paper = opened.stop.paper
    gone = request.POST.get("bo", "")
    if gone.isdecimal():
        filing.detach(opened.draft.key, int(gone[:12]), by=request.actor, now=request.now)
        return redirect("portal:question", key=opened.draft.key, slug=opened.stop.slug)
    services.hand_in(
        opened.draft.key,
        paper.key if paper else "",
        forms.handing(request.POST),
        request.FILES.getlist("tep"),
        stored=[int(one) for one in request.POST.getlist("kho")[:20] if one.isdecimal()],
        seen=forms.revision(request.POST),
        by=request.actor,
        now=request.now,
    )
    if request.POST.get("them"):
        return redirect("portal:question", key=opened.draft.key, slug=opened.stop.slug)
    return _on(request, opened)


def _send(request: Request, opened: FillingPage) -> HttpResponse:
    if opened.draft.plan:
        return redirect("portal:plan", key=opened.draft.plan)
    code = services.send(
        opened.draft.key,
        is_declared=request.POST.get("cam_doan") == "1",
        by=request.actor,
        now=request.now,
    )
    return redirect("portal:sent", code=code)


def _on(request: Request, opened: FillingPage) -> HttpResponse:
    """Go on: to the next page, or straight back to the check page after a change from there."""
    saved = filling.page(request.actor, opened.draft.key, opened.stop.slug)
    if request.POST.get("ve") == Slug.CHECK:
        return _to(saved.draft.key, _open_stop(saved))
    if request.POST.get("lam_sau"):
        plan = saved.draft.plan
        return redirect("portal:plan", key=plan) if plan else redirect("portal:mine")
    return _to(saved.draft.key, saved.way.after(saved.stop).slug)


def _open_stop(opened: FillingPage) -> str:
    way = opened.way
    return next(
        (
            stop.slug
            for stop in way.stops
            if journey.missing(stop, opened.given, way.cases, way.form)
        ),
        Slug.CHECK,
    )


def _to(key: str, slug: str) -> HttpResponse:
    return redirect("portal:question", key=key, slug=slug)


def _show(
    request: Request,
    opened: FillingPage,
    *,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    stop = opened.stop
    before = opened.way.before(stop)
    back_to_check = (request.POST.get("ve") or request.GET.get("ve")) == Slug.CHECK
    context = {
        "filling": opened,
        "stop": stop,
        "number": opened.way.number(stop),
        "total": len(opened.way.stops),
        "back": Slug.CHECK if back_to_check else before.slug if before else "",
        "way_back": Slug.CHECK if back_to_check else "",
        "errors": errors or {},
        "typed": request.POST,
        **_extra(request, opened),
    }
    name = {Slug.PAPER: "paper"}.get(stop.kind, stop.kind.name.lower())
    return render(request, f"portal/filling/{name}.html", context, status=status)


def _extra(request: Request, opened: FillingPage) -> dict[str, object]:
    """Return what only some pages need."""
    day = local_day(request.now)
    kind = opened.stop.kind
    if kind is Slug.PLACE:
        text = opened.draft.answers.get(journey.Answer.PLACE_TEXT, "")
        names = filling.place_names([opened.person.place_id, opened.given.place_id], on=day)
        return {"where": filling.whereabouts(text, on=day), "text": text, "places": names}
    if kind is Slug.FORM and opened.stop.page is not None:
        asked = showing.asked(opened.way.form, opened.stop.page, opened.given.said)
        filled = remembering.Prefill({}, ())
        if request.method != "POST":
            filled = remembering.prefill(opened, asked)
        return {
            "asked": asked,
            "boxes": request.POST.dict()
            or {**filled.boxes, **reading.typed(asked, opened.given.said)},
            "sources": filled.sources,
            "communes": filling.place_codes(opened, on=day),
        }
    if kind is Slug.PAPER:
        before = opened.draft.after
        return {
            "store": checking.own_papers(request.actor.person_id or 0)[:_FROM_STORE],
            "before": planning.plain_name(before) if before else "",
        }
    if kind is Slug.CENTRE:
        handling = filling.handling(opened.draft.version_id, opened.given.place_id, now=request.now)
        return {"centres": filling.centres(opened, on=day), "handling": handling}
    if kind is Slug.CHECK:
        handling = filling.handling(opened.draft.version_id, opened.given.place_id, now=request.now)
        return {"handling": handling, "check": filling.check(opened, on=day)}
    return {}
