"""Money at the desk: cash over the counter, and the gateway's day against the ledger."""

from datetime import timedelta

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sauro.core.clock import local_day
from sauro.core.errors import Invalid, NotPermitted, Refusal
from sauro.core.pages import OFFICIALS, Request, page
from sauro.core.text import _
from sauro.desk import forms
from sauro.documents import queries as documents
from sauro.documents.serving import respond
from sauro.onestop import queries as onestop
from sauro.onestop.services import paying
from sauro.payments import queries as payments
from sauro.payments import services as payment_services
from sauro.payments.rules import ledger, statements

_MOST_BYTES = 20_000_000
_SHOWN = 200


@require_POST
@page(open_to=OFFICIALS)
def take_cash(request: Request, code: str) -> HttpResponse:
    """Take the fee of a dossier in cash and show its receipt."""
    dossier = onestop.dossier_for(request.actor, code)
    paying.took_cash(dossier.case_id, by=request.actor, now=request.now)
    return redirect("desk:fee-receipt", code=code)


@never_cache
@page(open_to=OFFICIALS)
def receipt(request: Request, code: str) -> FileResponse:
    """Print the receipt of what was paid.

    :raises NotFound: nothing was paid, or the dossier is not of this office
    """
    dossier = onestop.dossier_for(request.actor, code)
    paper = paying.fee_receipt(dossier.case_id, by=request.actor, now=request.now)
    path, media_type = documents.open_file(paper.file_id)
    return respond(path, media_type, f"{dossier.code} {paper.file_name}", inline=True)


@never_cache
@require_http_methods(["GET", "POST"])
@page(open_to=OFFICIALS)
def reconcile(request: Request) -> HttpResponse:
    """Show a day of the gateway against the ledger; bring in its statement.

    :raises NotPermitted: the official neither takes money nor leads
    """
    if not (request.actor.leads or request.actor.post == "CLERK"):
        raise NotPermitted(_("Chỉ người thu tiền và lãnh đạo xem được đối soát."))
    today = local_day(request.now)
    day = min(forms.day_of(request.GET.get("ngay", ""), today), today)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            text = _text(request)
            payment_services.bring_statement(day, text, by=request.actor, now=request.now)
            return redirect(f"{request.path}?ngay={day.isoformat()}")
        except Invalid as caught:
            refusal = caught
    found = payments.reconciliation(day)
    context = {
        "found": found,
        "shown": found.matches[:_SHOWN],
        "day_before": day - timedelta(days=1),
        "day_after": day + timedelta(days=1) if day < today else None,
        "balances": [(ledger.LABELS[a], total) for a, total in payments.balances().items()],
        "actions": statements.ACTIONS,
        "verdicts": statements.LABELS,
        "pending": payments.pending(),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "desk/reconcile.html", context, status=status)


def _text(request: Request) -> str:
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > _MOST_BYTES:
        raise Invalid(_("Chọn tệp sao kê CSV của ngày này, không quá 20 MB."), field="file")
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(_("Tệp này không phải văn bản CSV (UTF-8)."), field="file") from None
