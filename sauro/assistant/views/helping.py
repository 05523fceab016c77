"""Where a person takes over: handing a talk to a centre, answering it, improving the answers."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sauro.assistant import around, services, waiting
from sauro.assistant.views.talking import answers_of
from sauro.core.clock import local_day
from sauro.core.errors import Refusal
from sauro.core.pages import EVERYONE, OFFICIALS, Request, page
from sauro.offices import queries as offices


@require_http_methods(["GET", "POST"])
@page(open_to=EVERYONE)
def hand_over(request: Request) -> HttpResponse:
    """Give the talk of this session to the people of a centre."""
    said = [(answer.question, answer.text) for answer in answers_of(request)]
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            key = services.hand_over(
                request.POST.get("noi", ""),
                said,
                phone=request.POST.get("phone", ""),
                wish=request.POST.get("wish", ""),
                by=request.actor,
                now=request.now,
            )
        except Refusal as caught:
            refusal = caught
        else:
            return redirect(reverse("assistant:handed", args=[key]))
    context = {
        "said": said,
        "centre_options": [
            (centre.code, centre.name) for centre in offices.centres(on=local_day(request.now))
        ],
        "home": request.POST.get("noi") or around.centre_for_talk(request.actor, now=request.now),
        "given": request.POST,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "assistant/hand_over.html", context, status=status)


@never_cache
@page(open_to=EVERYONE)
def handed(request: Request, key: UUID) -> HttpResponse:
    """Show a talk that was handed over, and its reply once there is one.

    Whoever holds the address sees it; the name and number of the asker are not on the page.
    """
    return render(request, "assistant/handed.html", {"talk": waiting.talk(key)})


@never_cache
@require_http_methods(["GET", "POST"])
@page(open_to=OFFICIALS)
def waiting_talks(request: Request) -> HttpResponse:
    """Show the talks that wait at the official's office, longest first; take a reply."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            services.reply(
                request.POST.get("key", ""),
                request.POST.get("text", ""),
                by=request.actor,
                now=request.now,
            )
        except Refusal as caught:
            refusal = caught
        else:
            return redirect("assistant:waiting")
    context = {
        "talks": waiting.talks(request.actor.office_id or 0),
        "refusal": refusal,
        "given": request.POST,
    }
    status = refusal.status if refusal else 200
    return render(request, "assistant/waiting.html", context, status=status)


@require_http_methods(["GET", "POST"])
@page(open_to=OFFICIALS)
def improve(request: Request) -> HttpResponse:
    """Show what people asked and did not get, most often first; take what was done about it."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            services.settle(
                int(request.POST.get("so") or 0),
                request.POST.get("note", ""),
                by=request.actor,
                now=request.now,
            )
        except Refusal as caught:
            refusal = caught
        else:
            return redirect("assistant:improve")
    context = {"questions": waiting.open_questions(), "refusal": refusal, "given": request.POST}
    status = refusal.status if refusal else 200
    return render(request, "assistant/improve.html", context, status=status)
