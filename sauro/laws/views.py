"""The laws: a question, a law, an article; and the same question for other programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sauro.core.clock import local_day
from sauro.core.errors import Invalid
from sauro.core.pages import EVERYONE, Request, page
from sauro.core.text import _, tidy
from sauro.laws import queries
from sauro.laws.told import told
from sauro.ui.formats import day

_LONGEST = 300
_A_PAGE = 100
_DIGITS = 4


@page(open_to=EVERYONE)
def home(request: Request) -> HttpResponse:
    """Show the question and what it finds; without one, the laws that procedures cite most."""
    text, on = _text(request), _on(request)
    if not text:
        return render(request, "laws/home.html", {**_listed(on), **_day(request)})
    with_ended = "het" in request.GET
    found = queries.find(text, on=on, with_ended=with_ended)
    context: dict[str, Any] = {"text": text, "found": found, "with_ended": with_ended}
    return render(request, "laws/found.html", {**context, **_day(request)})


@page(open_to=EVERYONE)
def found(request: Request) -> HttpResponse:
    """Answer the question as JSON."""
    text, on = _text(request), _on(request)
    answer = told(queries.find(text, on=on, with_ended="het" in request.GET))
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@page(open_to=EVERYONE)
def law(request: Request, slug: str) -> HttpResponse:
    """Show a law: since when, until when, and its articles, a hundred at a time."""
    on = _on(request)
    if number := tidy(request.GET.get("dieu", "")[:12]):
        return redirect(reverse("laws:article", args=[slug, number.lower()]))
    row = queries.law(slug, on=on)
    after = _after(request)
    lines = queries.articles(row.id, after=after, limit=_A_PAGE + 1)
    context = {
        "law": row,
        "newer": queries.newer(row),
        "lines": lines[:_A_PAGE],
        "after": after,
        "more": lines[_A_PAGE - 1].position if len(lines) > _A_PAGE else 0,
        "before": max(after - _A_PAGE, 0) if after else None,
        **_day(request),
    }
    return render(request, "laws/law.html", context)


@page(open_to=EVERYONE)
def article(request: Request, slug: str, number: str) -> HttpResponse:
    """Show one article, its clause marked where one is asked for."""
    on = _on(request)
    wanted = request.GET.get("khoan", "")[:3]
    shown = queries.article(slug, number, on=on, wanted_clause=wanted)
    context = {"shown": shown, "clause": wanted, **_day(request)}
    return render(request, "laws/article.html", context)


def _listed(on: date) -> dict[str, Any]:
    return {"laws": queries.most_cited(on=on), "counts": queries.counts()}


def _text(request: HttpRequest) -> str:
    return tidy(request.GET.get("q", "")[:_LONGEST])


def _on(request: Request) -> date:
    """Return the day asked for, today without one; 1/7/2024 and 2024-07-01 are understood."""
    said = tidy(request.GET.get("ngay", "")[:10])
    if not said:
        return local_day(request.now)
    try:
        if "/" in said:
            day, month, year = (int(part) for part in said.split("/"))
            return date(year, month, day)
        return date.fromisoformat(said)
    except ValueError as error:
        raise Invalid(_("Ghi ngày như 01/7/2024."), field="ngay") from error


def _day(request: Request) -> dict[str, str]:
    """Return the day that was asked for, as links carry it and as the form shows it again."""
    if not tidy(request.GET.get("ngay", "")):
        return {"day_asked": "", "request_day": ""}
    on = _on(request)
    return {"day_asked": on.isoformat(), "request_day": day(on)}


def _after(request: HttpRequest) -> int:
    said = request.GET.get("sau", "")
    return int(said) if said.isdecimal() and len(said) <= _DIGITS else 0
