"""For those who wait: take a number, see how long, the screen that calls."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sauro.core.clock import local_day
from sauro.core.errors import Invalid, NotNow
from sauro.core.pages import EVERYONE, Request, page
from sauro.offices import queries as offices
from sauro.queueing import queries, rules, services
from sauro.queueing.rules import LINE_LABELS, PRIORITY_LABELS, PRIORITY_LAW, Priority
from sauro.ui import qr


@page(open_to=EVERYONE)
def centres(request: Request) -> HttpResponse:
    """List the centres where a number can be taken."""
    found = offices.centres(on=local_day(request.now))
    return render(request, "queueing/centres.html", {"centres": found})


@page(open_to=EVERYONE)
def kiosk(request: Request, code: str) -> HttpResponse:
    """Give out a number: one press says what for, one more who goes first."""
    centre = queries.centre(code)
    refusal: Invalid | NotNow | None = None
    if request.method == "POST":
        try:
            key = services.take_ticket(
                centre.id,
                rules.checked_line(request.POST.get("line", "")),
                rules.checked_priority(request.POST.get("priority", "")),
                by=request.actor,
                now=request.now,
            )
        except (Invalid, NotNow) as wrong:
            refusal = wrong
        else:
            return redirect("queueing:ticket", key=key)
    context = {
        "centre": centre,
        "hall": queries.hall(centre.id, now=request.now),
        "lines": LINE_LABELS,
        "priorities": PRIORITY_LABELS,
        "law": PRIORITY_LAW,
        "chosen": request.POST.get("priority", Priority.NONE),
        "refusal": refusal,
    }
    return render(
        request, "queueing/kiosk.html", context, status=refusal.status if refusal else 200
    )


@page(open_to=EVERYONE)
def ticket(request: Request, key: str) -> HttpResponse:
    """Show a ticket: its number, how many are before it, in how many minutes it is called."""
    found = queries.ticket(key)
    hall = queries.hall(found.office_id, now=request.now)
    address = settings.PUBLIC_ADDRESS + reverse("queueing:ticket", args=[found.key])
    context = {
        "ticket": found,
        "centre": offices.office(found.office_id),
        "hall": hall,
        "expected": hall.expected(found.id),
        "pace": hall.paces[found.line],
        "is_today": found.day == local_day(request.now),
        "qr": qr.svg(address),
    }
    return render(request, "queueing/ticket.html", context)


@page(open_to=EVERYONE)
def screen(request: Request, code: str) -> HttpResponse:
    """Show on the wall whom which window calls, with script every few seconds, without in ten."""
    centre = queries.centre(code)
    hall = queries.hall(centre.id, now=request.now)
    context = {"centre": centre, "hall": hall, "lines": LINE_LABELS, "now": request.now}
    return render(request, "queueing/screen.html", context)
