"""Certified copies at the counter: one short form, the number and the fee at once."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from sauro.core.clock import local_day
from sauro.core.errors import Invalid, NotNow
from sauro.core.pages import OFFICIALS, Request, page
from sauro.desk import forms
from sauro.desk.queries import counter
from sauro.desk.services import taking
from sauro.onestop import certified, copies
from sauro.people import queries as people


@page(open_to=OFFICIALS)
def copying(request: Request) -> HttpResponse:
    """Take in papers to be certified; show the register of today."""
    reception = counter.reception(request.actor, copies.PROCEDURE, place_id=0, now=request.now)
    typed = {name: str(value) for name, value in request.POST.items()}
    refusal: Invalid | NotNow | None = None
    if request.method == "POST":
        try:
            _fill(request, typed)
            if "look" not in request.POST:
                return _receive(request, reception, typed)
        except (Invalid, NotNow) as wrong:
            refusal = wrong
    day = local_day(request.now)
    lines = certified.certified(reception.centre.id, day)
    context = {
        "reception": reception,
        "typed": typed,
        "refusal": refusal,
        "field": getattr(refusal, "field", ""),
        "lines": lines,
        "total": sum(line.fee for line in lines),
        "note": copies.fee_note(day),
    }
    return render(request, "desk/copying.html", context, status=refusal.status if refusal else 200)


def _fill(request: Request, typed: dict[str, str]) -> None:
    """Write over what was typed with what the card says, or what is known of the number."""
    card = forms.scanned(request.POST, on=local_day(request.now))
    if card is None:
        return
    known = people.by_pid(card.pid)
    typed["pid"] = card.pid
    typed["name"] = card.name or (known.name if known else typed.get("name", ""))
    typed["phone"] = known.phone if known else typed.get("phone", "")
    typed["address"] = card.address or (known.address if known else "")


def _receive(request: Request, reception: counter.Reception, typed: dict[str, str]) -> HttpResponse:
    asked = copies.checked(
        typed.get("document", ""), typed.get("pages", ""), typed.get("copies", "")
    )
    post = request.POST.copy()
    for name, value in (
        ("name", typed.get("name", "")),
        ("pid", typed.get("pid", "")),
        ("phone", typed.get("phone", "")),
        ("address", typed.get("address", "")),
        ("place", str(reception.place_id or "")),
        ("content", f"{asked.document}: {asked.pages} trang, {asked.copies} bản"),
    ):
        post[name] = value
    post.setlist("papers", list(reception.keys))
    given = forms.walk_in(
        post,
        version_id=reception.version_id,
        centre_id=reception.centre.id,
        keys=reception.keys,
        on=local_day(request.now),
    )
    opened = taking.receive_copies(
        given.person, given.filing, asked, by=request.actor, now=request.now
    )
    return redirect("desk:counter-done", code=opened.code)
