"""For those who call: a window, its keys, and what the day was like."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sauro.core.clock import local_day
from sauro.core.errors import Invalid, NotNow
from sauro.core.pages import OFFICIALS, Request, page
from sauro.queueing import queries, rules, services
from sauro.queueing.forms import day_of
from sauro.queueing.rules import LINE_LABELS


@page(open_to=OFFICIALS)
def show(request: Request) -> HttpResponse:
    """Show the window where the official sits, whom it serves and who waits."""
    return _window(request)


def _window(request: Request, refusal: Invalid | NotNow | None = None) -> HttpResponse:
    centre = queries.centre_of(request.actor, now=request.now)
    hall = queries.hall(centre.id, now=request.now)
    own = next((w for w in hall.windows if w.official_id == request.actor.official_id), None)
    context = {
        "centre": centre,
        "hall": hall,
        "own": own,
        "served": next((t for t in hall.called if own and t.window == own.number), None),
        "absent": queries.absent(centre.id, now=request.now),
        "lines": LINE_LABELS,
        "refusal": refusal,
        "is_empty": request.GET.get("het") == "1",
    }
    status = refusal.status if refusal else 200
    return render(request, "queueing/window.html", context, status=status)


@page(open_to=OFFICIALS)
@require_POST
def open_it(request: Request) -> HttpResponse:
    """Sit down at a window."""
    centre = queries.centre_of(request.actor, now=request.now)
    try:
        services.open_window(
            centre.id,
            rules.checked_number(request.POST.get("number", "")),
            rules.checked_lines(request.POST.getlist("lines")),
            by=request.actor,
            now=request.now,
        )
    except (Invalid, NotNow) as refusal:
        return _window(request, refusal)
    return redirect("queueing:window")


@page(open_to=OFFICIALS)
@require_POST
def act(request: Request, action: str) -> HttpResponse:
    """Do one of the things a window does: next, again, done, nobody came, on to another line."""
    if action not in _ACTS:
        raise Http404
    try:
        said = _ACTS[action](request)
    except (Invalid, NotNow) as refusal:
        return _window(request, refusal)
    answer = redirect("queueing:window")
    if said == "":
        answer["Location"] += "?het=1"
    return answer


_ACTS: Mapping[str, Callable[[Request], str | None]] = {
    "ke-tiep": lambda r: services.call_next(by=r.actor, now=r.now),
    "goi-lai": lambda r: services.call_again(by=r.actor, now=r.now),
    "xong": lambda r: services.finish(by=r.actor, now=r.now),
    "vang": lambda r: services.miss(by=r.actor, now=r.now),
    "dong": lambda r: services.close_window(by=r.actor, now=r.now),
    "chuyen": lambda r: services.transfer(
        rules.checked_line(r.POST.get("line", "")), by=r.actor, now=r.now
    ),
}


@page(open_to=OFFICIALS)
@require_POST
def come_back(request: Request, key: str) -> HttpResponse:
    """Let somebody who missed their call wait again."""
    try:
        services.come_back(key, by=request.actor, now=request.now)
    except NotNow as refusal:
        return _window(request, refusal)
    return redirect("queueing:window")


@page(open_to=OFFICIALS)
def statistics(request: Request) -> HttpResponse:
    """Show how long people waited on a day, by line."""
    centre = queries.centre_of(request.actor, now=request.now)
    today = local_day(request.now)
    day = min(day_of(request.GET.get("ngay", ""), today), today)
    context = {
        "centre": centre,
        "day": day,
        "day_before": day - timedelta(days=1),
        "day_after": day + timedelta(days=1) if day < today else None,
        "rows": queries.statistics(centre.id, day),
    }
    return render(request, "queueing/statistics.html", context)
