"""What belongs to the person who is signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sauro.core.pages import SIGNED_IN, Request, page
from sauro.notices import queries as notices
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
