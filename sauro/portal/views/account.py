"""Signing in and out, and the size of letters."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from sauro.core.actor import ActorKind
from sauro.core.clock import local_day
from sauro.core.errors import Invalid
from sauro.core.pages import EVERYONE, Request, page
from sauro.offices.middleware import SESSION_KEY
from sauro.offices.queries import who
from sauro.people import services as people
from sauro.portal import forms

LARGE = "to"
_A_YEAR = 365 * 24 * 60 * 60
_HOME = {ActorKind.CITIZEN: "/cua-toi", ActorKind.OFFICIAL: "/ban-lam-viec/"}


@sensitive_post_parameters("mat_khau")
@never_cache
@page(open_to=EVERYONE)
def sign_in(request: Request) -> HttpResponse:
    """Show the form, or sign in and go on to where the person was going."""
    way = forms.safe_way_back(request.POST.get("ve") or request.GET.get("ve", ""), "")
    login = request.POST.get("ten", "")
    accounts = list(settings.DEMO_ACCOUNTS) if settings.DEMO else []
    context = {"way": way, "login": login, "errors": {}, "accounts": accounts}
    if request.method != "POST":
        return render(request, "portal/sign_in.html", context)
    try:
        person_id = people.sign_in(login, request.POST.get("mat_khau", ""), now=request.now)
    except Invalid as mend:
        context["errors"] = {"mat_khau": str(mend)}
        return render(request, "portal/sign_in.html", context, status=mend.status)
    shown = request.session.get("shown", [])
    request.session.flush()
    request.session[SESSION_KEY] = person_id
    request.session["shown"] = shown
    actor = who(person_id, on=local_day(request.now))
    return redirect(way or _HOME.get(actor.kind if actor else ActorKind.CITIZEN, "/"))


@require_POST
@page(open_to=EVERYONE)
def sign_out(request: Request) -> HttpResponse:
    """Forget who is asking, and everything the session held."""
    request.session.flush()
    answer = redirect("/")
    answer["Clear-Site-Data"] = '"storage"'  # what the app kept of them on this device
    return answer


@page(open_to=EVERYONE)
def letters(request: Request) -> HttpResponse:
    """Turn large letters on or off and go back to the page."""
    way = forms.safe_way_back(request.POST.get("ve") or request.GET.get("ve", ""), "/")
    answer = redirect(way)
    if request.COOKIES.get("chu") == LARGE:
        answer.delete_cookie("chu")
    else:
        answer.set_cookie("chu", LARGE, max_age=_A_YEAR, samesite="Lax", httponly=True)
    return answer
