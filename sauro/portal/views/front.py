"""The front page and the search: the answer to "what do you need to do?"."""

from django.http import HttpResponse
from django.shortcuts import render

from sauro.core.clock import local_day
from sauro.core.pages import EVERYONE, Request, page
from sauro.core.text import tidy
from sauro.portal.queries import beside, figures
from sauro.portal.rules import life
from sauro.procedures import queries as procedures
from sauro.procedures.queries import ProcedureHit
from sauro.procedures.rules import LEVEL_LABELS, Level

_POPULAR = 7
_LONGEST = 200


@page(open_to=EVERYONE)
def home(request: Request) -> HttpResponse:
    """Show the question, and what people come for most."""
    context = {
        "popular": [(hit.code, life.EVERYDAY.get(hit.code, hit.name)) for hit in _popular()],
        "events": life.EVENTS,
        "figures": figures.figures(request.now),
    }
    return render(request, "portal/home.html", context)


def _popular() -> list[ProcedureHit]:
    return [hit for hit in procedures.popular() if hit.code in life.EVERYDAY][:_POPULAR]


@page(open_to=EVERYONE)
def search(request: Request) -> HttpResponse:
    """Show the procedures that a text is about, by level and field; never a blank list.

    Units, laws and pages of ours that the text names stand beside them.
    """
    text = _text(request)
    level = next((one for one in Level if one.value == request.GET.get("cap")), None)
    field = request.GET.get("linh-vuc", "")[:_LONGEST]
    context = {
        "text": text,
        "found": figures.found(text, level=level, field=field),
        "beside": beside.beside(text, on=local_day(request.now)) if text else [],
        "levels": LEVEL_LABELS,
        "level": level,
        "field": field,
    }
    return render(request, "portal/search.html", context)


@page(open_to=EVERYONE)
def suggest(request: Request) -> HttpResponse:
    """Show what a text still being typed may be about: a piece of the page, or one of its own."""
    text = _text(request)
    context = {"text": text, "hits": procedures.suggest(text)}
    return render(request, "portal/suggest.html", context)


def _text(request: Request) -> str:
    return tidy(request.GET.get("q", "")[:_LONGEST])
