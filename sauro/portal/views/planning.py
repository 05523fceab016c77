"""The pages of a plan: several procedures of one event of life, answered and sent as one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from sauro.core.errors import Invalid
from sauro.core.pages import EVERYONE, SIGNED_IN, Request, page
from sauro.onestop.services import planning as commands
from sauro.portal import services
from sauro.portal.queries import planning


@page(open_to=EVERYONE)
def event(request: Request, slug: str) -> HttpResponse:
    """Show what an event asks for, in which order; or begin its plan."""
    offered = planning.offered(slug)
    if request.method != "POST":
        return render(request, "portal/plan/event.html", {"offered": offered, "error": ""})
    chosen = set(request.POST.getlist("viec")[:20])
    try:
        key = services.begin_plan(slug, chosen, by=request.actor, now=request.now)
    except Invalid as mend:
        context = {"offered": offered, "error": str(mend)}
        return render(request, "portal/plan/event.html", context, status=mend.status)
    return redirect("portal:plan", key=key)


@never_cache
@page(open_to=SIGNED_IN)
def plan(request: Request, key: str) -> HttpResponse:
    """Show a plan: what is answered, what is left, what was sent; or send it, or leave one out."""
    error = {"field": "", "sentence": ""}
    status = 200
    if request.method == "POST":
        gone = request.POST.get("bo", "")
        try:
            if gone.isdecimal():
                commands.leave_out(key, int(gone[:12]), by=request.actor, now=request.now)
            else:
                declared = request.POST.get("cam_doan") == "1"
                services.send_plan(key, is_declared=declared, by=request.actor, now=request.now)
            return redirect("portal:plan", key=key)
        except Invalid as mend:
            error, status = {"field": mend.field, "sentence": str(mend)}, mend.status
    context = {"plan": planning.plan(request.actor, key, now=request.now), "error": error}
    return render(request, "portal/plan/plan.html", context, status=status)
