"""The leader's desk: what waits for a signature, what is late; apology, reassigning."""

from collections.abc import Iterator
from time import perf_counter

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from sauro.core.clock import local_day
from sauro.core.errors import Changed, Invalid, NotNow, Refusal
from sauro.core.pages import OFFICIALS, Request, page
from sauro.desk import forms, signing
from sauro.desk.queries import dossiers, lists
from sauro.desk.services import leading
from sauro.desk.views import done
from sauro.desk.views.dossier import show_again
from sauro.documents.keys import Unlocked
from sauro.offices import queries as offices
from sauro.onestop import queries as onestop


def morning(
    request: Request,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show a leader the day in one sentence, then what it is made of."""
    roster = offices.roster(local_day(request.now))
    context = {
        "office": roster.office(request.actor.office_id or 0).name,
        "proposals": dossiers.to_sign(request.actor, now=request.now),
        "late": lists.late(request.actor, now=request.now),
        "load": lists.load(request.actor, now=request.now),
        "signs": settings.SIGNS_RESULTS,
        "all_chosen": request.GET.get("chon") == "het",
        "refusal": refusal,
        "done": done.read(request.GET.get("xong", "")),
    }
    status = refusal.status if refusal else 200
    return render(request, "desk/leader.html", context, status=status)


@page(open_to=OFFICIALS)
@require_POST
def sign(request: Request) -> HttpResponseBase:
    """Sign the ticked results with one PIN, and say for each what became of it."""
    chosen = forms.chosen(request.POST)
    try:
        signing.check_batch(chosen)
        key = signing.opened(request.actor, request.POST.get("pin", ""), now=request.now)
    except (Invalid, NotNow) as refusal:
        return morning(request, refusal=refusal)
    whole = render(request, "desk/signing.html", {"total": len(chosen)}).content.decode()
    frame = whole.split("<!--rows-->")
    answer = StreamingHttpResponse(_signing(request, chosen, key, frame))
    # Packed, the lines would be held back until there are many of them.
    answer["Content-Encoding"] = "identity"
    return answer


def _signing(
    request: Request, chosen: list[tuple[int, str, int]], key: Unlocked | None, frame: list[str]
) -> Iterator[str]:
    """Yield the page while it is made: a line for each result as soon as it is signed."""
    yield frame[0]
    total, refused, began = len(chosen), 0, perf_counter()
    rows = signing.sign_each(chosen, key, by=request.actor, now=request.now)
    for turn, row in enumerate(rows, start=1):
        refused += bool(row.refusal)
        yield render_to_string("desk/signing_row.html", {"row": row, "turn": turn, "total": total})
    took = round((perf_counter() - began) * 1_000 / total) if key else 0
    said = {"total": total, "refused": refused, "took": took}
    yield frame[1] + render_to_string("desk/signing_end.html", said) + frame[2]


@page(open_to=OFFICIALS)
@require_POST
def reassign(request: Request, code: str) -> HttpResponse:
    """Give the open step of a dossier to a colleague of who holds it."""
    dossier = onestop.dossier_for(request.actor, code)
    given = forms.decision(request.POST)
    try:
        to = leading.reassign(
            dossier.case_id,
            forms.key(request.POST.get("official")),
            given.note,
            task_id=forms.key(request.POST.get("task")) or None,
            seen=given.seen,
            by=request.actor,
            now=request.now,
        )
    except (Changed, Invalid, NotNow) as refusal:
        return show_again(request, code, refusal, "giao-lai")
    line = done.sign(dossier.code, f"Đã giao cho {to.name}")
    return redirect(f"{reverse('desk:dossier', args=[dossier.code])}?xong={line}")


@page(open_to=OFFICIALS)
@require_POST
def apologise(request: Request, code: str) -> HttpResponse:
    """Apologise for a delay and give the one new promise (Mẫu 04)."""
    dossier = onestop.dossier_for(request.actor, code)
    given = forms.decision(request.POST)
    try:
        leading.apologise(
            dossier.case_id,
            given.note,
            forms.closing_of(request.POST.get("promised_at", "")),
            seen=given.seen,
            by=request.actor,
            now=request.now,
        )
    except (Changed, Invalid, NotNow) as refusal:
        return show_again(request, code, refusal, "xin-loi")
    line = done.sign(dossier.code, "Đã xin lỗi và hẹn lại")
    return redirect(f"{reverse('desk:dossier', args=[dossier.code])}?xong={line}")
