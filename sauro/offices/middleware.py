"""Who is asking, and when: settled once for every request."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from sauro.core import clock
from sauro.core.actor import VISITOR, Actor
from sauro.core.pages import Request
from sauro.offices import queries

SESSION_KEY = "person_id"


def identify(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.now` and `request.actor`. No query for a visitor, one for somebody signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = cast(Request, request)
        asked.now = clock.now()
        asked.actor = _actor(asked)
        return get_response(asked)

    return middleware


def _actor(request: Request) -> Actor:
    person_id = request.session.get(SESSION_KEY)
    if not isinstance(person_id, int):
        return VISITOR
    return queries.who(person_id, on=clock.local_day(request.now)) or VISITOR
