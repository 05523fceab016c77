"""What belongs to the person who is signed in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sauro.core.pages import SIGNED_IN, Request, page
from sauro.notices import pushing
from sauro.notices import queries as notices
from sauro.notices import services as telling
from sauro.notices.rules import NAMES, Channel
from sauro.people import queries as people
from sauro.portal.queries import mine

_NOTICES = 10


@never_cache
@page(open_to=SIGNED_IN)
def mine_page(request: Request) -> HttpResponse:
    """Show the person's dossiers, plans, drafts and notices."""
    person_id = request.actor.person_id or 0
    context = {
        "dossiers": mine.dossiers(person_id, now=request.now),
        "drafts": mine.drafts(person_id),
        "plans": mine.my_plans(person_id),
        "notices": notices.notices_for(person_id, _NOTICES),
    }
    return render(request, "portal/mine.html", context)


@never_cache
@page(open_to=SIGNED_IN)
def channels(request: Request) -> HttpResponse:
    """Show by which channels the person is told, or keep what they choose."""
    person_id = request.actor.person_id or 0
    if request.method == "POST":
        asked = request.POST.getlist("kenh")
        wanted = {channel for channel in Channel if channel.value in asked}
        telling.choose(wanted, by=request.actor, now=request.now)
        return redirect(f"{request.path}?da-luu=1")
    context = {
        "names": NAMES,
        "wanted": notices.wanted(person_id),
        "connected": notices.connected(),
        "person": people.person(person_id),
        "push_key": pushing.public_key(),
        "devices": len(notices.devices(person_id)),
        "is_saved": "da-luu" in request.GET,
    }
    return render(request, "portal/channels.html", context)


@require_POST
@page(open_to=SIGNED_IN)
def device(request: Request) -> HttpResponse:
    """Let this device be woken when there is news, or no more."""
    endpoint = request.POST.get("noi", "")
    if "thoi" in request.POST:
        telling.forget_device(endpoint, by=request.actor, now=request.now)
    else:
        telling.let_wake(endpoint, by=request.actor, now=request.now)
    return HttpResponse(status=204)
