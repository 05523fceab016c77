"""The queue, the next dossier, search, and the list of the whole office."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from sauro.core.clock import local_day
from sauro.core.pages import OFFICIALS, Request, page
from sauro.desk import forms
from sauro.desk.queries import lists
from sauro.desk.queries.queue import queue
from sauro.desk.views import done
from sauro.desk.views.dossier import opened
from sauro.desk.views.leading import morning
from sauro.offices import queries as offices
from sauro.onestop import queries as onestop
from sauro.onestop.rules import LABELS


@page(open_to=OFFICIALS)
def home(request: Request) -> HttpResponse:
    """Show the queue of an official, or the morning of a leader."""
    if request.actor.leads:
        return morning(request)
    return queue_page(request)


def queue_page(request: Request) -> HttpResponse:
    """Show the queue beside the first dossier to do, or that there is nothing to do."""
    mine = queue(request.actor, now=request.now)
    first = mine.next_after()
    if first is not None:
        return opened(request, first.code, mine)
    context = {"queue": mine, "done": done.read(request.GET.get("xong", ""))}
    return render(request, "desk/queue.html", context)


@page(open_to=OFFICIALS)
def next_case(request: Request) -> HttpResponse:
    """Go to the first dossier to do; the queue says so when there is none."""
    first = queue(request.actor, now=request.now).next_after(request.GET.get("sau", ""))
    if first is None:
        return redirect("desk:queue")
    return redirect(f"{reverse('desk:dossier', args=[first.code])}?tiep=1")


@page(open_to=OFFICIALS)
def own_queue(request: Request) -> HttpResponse:
    """Show the queue, for a leader too."""
    return queue_page(request)


@page(open_to=OFFICIALS)
def find(request: Request) -> HttpResponse:
    """Find dossiers of the actor's office by code or name; one that fits exactly is opened."""
    text = request.GET.get("q", "").strip()
    found = onestop.search(request.actor, text, limit=30) if text else []
    if len(found) == 1 and found[0].code == text.upper():
        return redirect("desk:dossier", code=found[0].code)
    return render(request, "desk/search.html", {"text": text, "found": found, "labels": LABELS})


@page(open_to=OFFICIALS)
def office(request: Request) -> HttpResponse:
    """List the open dossiers of the actor's office, filtered, a page at a time."""
    wanted = forms.wanted(request.GET)
    listed = lists.office_list(request.actor, wanted, request.GET.get("sau", ""), now=request.now)
    kept = {
        "trang-thai": wanted.state,
        "can-bo": wanted.official_id or "",
        "tre": "1" if wanted.is_late else "",
    }
    context = {
        "listed": listed,
        "wanted": wanted,
        "labels": LABELS,
        "query": urlencode({name: value for name, value in kept.items() if value}),
    }
    return render(request, "desk/office.html", context)


def office_name(request: Request) -> str:
    """Return the name of the actor's office. No query while nothing changed."""
    return offices.roster(local_day(request.now)).office(request.actor.office_id or 0).name
