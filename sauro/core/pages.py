"""`@page`: the door for people. It knows who is asking and when, and turns refusals into pages."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from sauro.core.actor import Actor, ActorKind
from sauro.core.errors import NotPermitted, Refusal
from sauro.core.text import _

P = ParamSpec("P")

EVERYONE = frozenset(ActorKind)
SIGNED_IN = frozenset({ActorKind.CITIZEN, ActorKind.OFFICIAL})
OFFICIALS = frozenset({ActorKind.OFFICIAL})


class Request(HttpRequest):
    """A request after `identify`: someone is asking, at one moment."""

    actor: Actor
    now: datetime


View = Callable[Concatenate[Request, P], HttpResponseBase]
Served = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def page(*, open_to: frozenset[ActorKind]) -> Callable[[View[P]], Served[P]]:
    """Serve a view to these kinds of actor only. Every route must be declared this way.

    A visitor who may sign in to see the page is sent to do so and comes back.
    """

    def declare(view: View[P]) -> Served[P]:
        @wraps(view)
        def serve(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            asked = cast(Request, request)
            try:
                if asked.actor.kind not in open_to:
                    if asked.actor.kind is ActorKind.VISITOR:
                        return redirect("/dang-nhap?" + urlencode({"ve": request.get_full_path()}))
                    raise NotPermitted(_("Tài khoản này không mở được trang bạn vừa chọn."))
                return view(asked, *args, **kwargs)
            except Refusal as refusal:
                return refused(request, refusal)

        serve.open_to = open_to  # type: ignore[attr-defined]
        return serve

    return declare


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal as a page, with its own status."""
    context = {"text": str(refusal), "code": refusal.code}
    return render(request, "ui/refusal.html", context, status=refusal.status)
