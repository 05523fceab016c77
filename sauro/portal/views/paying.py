"""Paying for a dossier: what is owed and why, the ways to pay, and the gateway's own door."""

from django.conf import settings
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sauro.core.actor import SYSTEM
from sauro.core.errors import NotFound, NotNow, NotPermitted
from sauro.core.pages import EVERYONE, SIGNED_IN, Request, page
from sauro.core.text import _
from sauro.documents import queries as documents
from sauro.documents.serving import respond
from sauro.onestop.queries import DossierPage
from sauro.onestop.rules import BILLED, ENDED
from sauro.onestop.services import paying
from sauro.payments import calling
from sauro.payments import queries as payments
from sauro.payments import services as payment_services
from sauro.payments.gateway import SIGNATURE
from sauro.payments.rules import messages
from sauro.payments.rules.messages import BadMessageError, Told
from sauro.portal.queries import owned

_LONGEST = 20_000


@never_cache
@page(open_to=SIGNED_IN)
def pay(request: Request, code: str) -> HttpResponse:
    """Show what is owed, why, and how it can be paid; begin a payment through the gateway."""
    dossier = owned.own(request.actor, code)
    trouble = ""
    if request.method == "POST":
        try:
            _begin(request, dossier)
            return redirect("portal:pay", code=code)
        except NotNow as refusal:
            trouble = str(refusal)
    if "ve" in request.GET:
        _hear(request)
    bill = payments.bill_of(BILLED, dossier.case_id)
    if bill is None and dossier.fee and dossier.state not in ENDED:
        paying.bill(dossier.case_id, by=request.actor, now=request.now)
        bill = payments.bill_of(BILLED, dossier.case_id)
    is_open = bill is not None and bill.state == "OPEN"
    context = {
        "dossier": dossier,
        "bill": bill,
        "transfer": payments.transfer_to(bill) if bill and is_open else None,
        "gate": payments.gate(bill.key, now=request.now) if bill and is_open else "",
        "trouble": trouble,
        "is_back": "ve" in request.GET and is_open,
    }
    return render(request, "portal/dossier/pay.html", context, status=409 if trouble else 200)


def _begin(request: Request, dossier: DossierPage) -> None:
    """Open an order; the payer goes to the gateway by a link, as forms lead nowhere but here."""
    key = paying.bill(dossier.case_id, by=request.actor, now=request.now)
    reference = payment_services.begin(key, by=request.actor, now=request.now)
    back = settings.PUBLIC_ADDRESS + reverse("portal:pay", args=[dossier.code]) + "?ve=1"
    calling.opened(reference, back=back)


def _hear(request: Request) -> None:
    """Ask the gateway at once when somebody comes back from it: its call may be late or lost."""
    for told in calling.ask_about_pending(now=request.now, limit=5):
        try:
            paying.took(told, by=SYSTEM, now=request.now)
        except (NotFound, NotNow, NotPermitted):
            continue


@never_cache
@page(open_to=SIGNED_IN)
def receipt(request: Request, code: str) -> FileResponse:
    """Send the receipt as PDF.

    :raises NotFound: nothing was paid, or the dossier is not this person's
    """
    dossier = owned.own(request.actor, code)
    paper = paying.fee_receipt(dossier.case_id, by=request.actor, now=request.now)
    path, media_type = documents.open_file(paper.file_id)
    return respond(path, media_type, f"{dossier.code} {paper.file_name}", inline=True)


@csrf_exempt
@require_POST
@page(open_to=EVERYONE)
def called(request: Request) -> HttpResponse:
    """Take what the gateway tells of an order; the signature says that it is the gateway.

    Told again it answers the same. A wrong amount is refused and stays to be reconciled.
    """
    told = _told(request)
    paying.took(told, by=SYSTEM, now=request.now)
    return JsonResponse({"taken": told.reference})


def _told(request: Request) -> Told:
    """Return what the gateway says.

    :raises NotPermitted: it is not the gateway that says it
    """
    body = request.read(_LONGEST)
    signature = request.headers.get(SIGNATURE, "") if settings.GATEWAY_KEY else ""
    try:
        return messages.unpack(body, signature, settings.GATEWAY_KEY)
    except BadMessageError:
        raise NotPermitted(_("Thông điệp không phải của cổng thanh toán.")) from None
