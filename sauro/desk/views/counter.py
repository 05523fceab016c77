"""The counter: what somebody came for, who they are, what they brought, and the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sauro.cases.services import Opened
from sauro.core.clock import local_day
from sauro.core.errors import Invalid, NotNow
from sauro.core.pages import OFFICIALS, Request, page
from sauro.core.text import _
from sauro.desk import forms
from sauro.desk.queries import arrivals, counter
from sauro.desk.queries.arrivals import Arrival
from sauro.desk.services import taking
from sauro.onestop import queries as onestop
from sauro.people import queries as people
from sauro.people.queries import PersonRow
from sauro.people.rules import NewPerson
from sauro.procedures import queries as procedures
from sauro.ui import qr

_SHOWN = 12
_PERSON = ("name", "pid", "sex", "born_on", "phone", "email", "address")
_TWIN = _(
    "Người này đang có hồ sơ của chính thủ tục này, chưa giải quyết xong. "
    "Xem hồ sơ đó; nếu là việc khác thì đánh dấu “Vẫn tiếp nhận”."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """Who stands at the counter as far as the page knows: typed, read from a card, registered."""

    person: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(_PERSON, ""))
    known: PersonRow | None = None
    arrival: Arrival = field(default_factory=Arrival)
    refusal: Invalid | NotNow | None = None


@page(open_to=OFFICIALS)
def choose(request: Request) -> HttpResponse:
    """Ask what somebody came for; a whole code opens its procedure at once."""
    centre = counter.centre_of(request.actor, now=request.now)
    text = request.GET.get("q", "").strip()
    hits = procedures.search(text, limit=20) if text else procedures.popular()
    found = [hit for hit in hits if hit.has_full][:_SHOWN]
    if exact := [hit.code for hit in found if hit.code == text]:
        return redirect("desk:counter-fill", procedure=exact[0])
    context = {"centre": centre, "text": text, "found": found}
    return render(request, "desk/counter_choose.html", context)


@page(open_to=OFFICIALS)
def fill(request: Request, procedure: str) -> HttpResponse:
    """Take in what somebody brought: who they are, where the matter lies, which papers came."""
    reception = counter.reception(
        request.actor,
        procedure,
        place_id=forms.key(request.POST.get("place") or request.GET.get("place")),
        now=request.now,
    )
    if request.method != "POST":
        return _form(request, reception, _Seen())
    seen = _seen(request, reception)
    if seen.refusal or "look" in request.POST:
        return _form(request, reception, seen)
    try:
        opened = _receive(request, reception, seen)
    except (Invalid, NotNow) as refusal:
        return _form(request, reception, replace(seen, refusal=refusal))
    return redirect("desk:counter-done", code=opened.code)


def _receive(request: Request, reception: counter.Reception, seen: _Seen) -> Opened:
    given = forms.walk_in(
        request.POST,
        version_id=reception.version_id,
        centre_id=reception.centre.id,
        keys=reception.keys,
        on=local_day(request.now),
    )
    _check_twins(seen.arrival, is_meant="anyway" in request.POST)
    return taking.receive_walk_in(
        given.person, given.filing, consent=given.consent, by=request.actor, now=request.now
    )


def _check_twins(arrival: Arrival, *, is_meant: bool) -> None:
    if arrival.twins and not is_meant:
        raise NotNow(_TWIN)


def _seen(request: Request, reception: counter.Reception) -> _Seen:
    """Return who stands there: what the card says stands over what was typed before."""
    typed = {name: request.POST.get(name, "") for name in _PERSON}
    try:
        card = forms.scanned(request.POST, on=local_day(request.now))
        known = people.by_pid(card.pid if card else typed["pid"])
    except Invalid as refusal:
        return _Seen(person=typed, refusal=refusal)
    if card:
        if typed["pid"] not in {"", card.pid}:
            typed = dict.fromkeys(_PERSON, "")  # somebody else stands there now
        typed |= _said(known) if known else {}
        typed |= _said(card)
    arrived = arrivals.arrival(known.id if known else None, reception.version_id, reception.papers)
    return _Seen(person=typed, known=known, arrival=arrived)


def _said(who: PersonRow | NewPerson) -> dict[str, str]:
    """Return what is known of somebody in the fields of the page; what is not is left as it is."""
    said = {name: getattr(who, name) for name in _PERSON}
    born = said.pop("born_on")
    return {name: value for name, value in said.items() if value} | (
        {"born_on": f"{born:%d/%m/%Y}"} if born else {}
    )


def _form(request: Request, reception: counter.Reception, seen: _Seen) -> HttpResponse:
    refusal = seen.refusal
    at = getattr(refusal, "field", "") or ("anyway" if refusal else "")
    context = {
        "reception": reception,
        "seen": seen,
        "typed": request.POST,
        "person": seen.person,
        "ticked": set(request.POST.getlist("papers")),
        "refusal": refusal,
        "field": at,
        "focus": _next_field(request, reception, seen),
    }
    status = refusal.status if refusal else 200
    return render(request, "desk/counter_fill.html", context, status=status)


def _next_field(request: Request, reception: counter.Reception, seen: _Seen) -> str:
    """Return where the hand goes next: the card, what the card does not say, the papers."""
    if request.method != "POST" or (seen.refusal and "look" in request.POST):
        return "card"
    missing = [name for name in ("name", "pid", "phone") if not seen.person[name]]
    if missing:
        return missing[0]
    return "papers" if reception.keys else "submit"


@page(open_to=OFFICIALS)
def done(request: Request, code: str) -> HttpResponse:
    """Show what to give the person: the code, its QR and the receipt."""
    dossier = onestop.dossier_for(request.actor, code)
    context = {
        "dossier": dossier,
        "qr": qr.svg(f"{settings.PUBLIC_ADDRESS}/ho-so/{dossier.code}"),
    }
    return render(request, "desk/counter_done.html", context)
