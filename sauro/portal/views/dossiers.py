"""The pages of a dossier: sent, tracking, supplement, withdrawal, rating, and its papers."""

from collections.abc import Callable

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from sauro.core.errors import Invalid, NotFound, NotNow, TooLarge
from sauro.core.pages import EVERYONE, SIGNED_IN, Request, page
from sauro.core.text import _
from sauro.documents import queries as documents
from sauro.documents.queries import PaperRow
from sauro.documents.serving import respond
from sauro.onestop.rules import State, tidy_code
from sauro.onestop.services import papers, returning
from sauro.portal import services
from sauro.portal.queries import owned, tracking
from sauro.portal.views.uploads import bounded

SHOWN = "shown"


def shown(request: Request) -> frozenset[str]:
    """Return the codes that this session may look at, because it gave their digits."""
    return frozenset(request.session.get(SHOWN, ()))


@never_cache
@page(open_to=EVERYONE)
def track(request: Request, code: str) -> HttpResponse:
    """Show how a dossier stands; somebody who may not see it is asked for the digits."""
    try:
        found = tracking.tracking(request.actor, code, now=request.now, shown=shown(request))
    except NotFound:
        if request.actor.person_id is None:
            return redirect(f"/tra-cuu?ma={tidy_code(code)}")
        raise
    return render(request, "portal/dossier/track.html", {"found": found})


@never_cache
@page(open_to=SIGNED_IN)
def sent(request: Request, code: str) -> HttpResponse:
    """Show that a filing arrived: its code, what happens next and when."""
    owned.own(request.actor, code)
    found = tracking.tracking(request.actor, code, now=request.now)
    return render(request, "portal/dossier/sent.html", {"found": found})


@bounded
@page(open_to=SIGNED_IN)
def supplement(request: Request, code: str) -> HttpResponse:
    """Show what is asked for, or take files for it."""
    errors: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        try:
            if (gone := request.POST.get("bo", "")).isdecimal():
                services.take_back(code, int(gone[:12]), by=request.actor, now=request.now)
            else:
                is_whole = request.POST.get("du") == "1"
                uploads = {
                    int(name[4:]): request.FILES.getlist(name)
                    for name in request.FILES
                    if name.startswith("tep-") and name[4:].isdecimal()
                }
                services.supplement(
                    code, uploads, is_whole=is_whole, by=request.actor, now=request.now
                )
                if is_whole:
                    return redirect("portal:track", code=code)
            return redirect("portal:supplement", code=code)
        except (Invalid, NotNow, TooLarge) as refusal:
            errors = {getattr(refusal, "field", "") or "trang": str(refusal)}
            status = refusal.status
    owned.own(request.actor, code)
    found = tracking.tracking(request.actor, code, now=request.now)
    context = {"found": found, "errors": errors, "asked": owned.asked(found.dossier)}
    return render(request, "portal/dossier/supplement.html", context, status=status)


@page(open_to=SIGNED_IN)
def withdraw(request: Request, code: str) -> HttpResponse:
    """Ask whether to take the dossier back, saying what follows; or do it."""
    errors: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        try:
            services.withdraw(
                code, request.POST.get("ly_do", ""), by=request.actor, now=request.now
            )
            return redirect("portal:track", code=code)
        except NotNow as refusal:
            errors, status = {"trang": str(refusal)}, refusal.status
    owned.own(request.actor, code)
    found = tracking.tracking(request.actor, code, now=request.now)
    can = found.dossier.state == State.REGISTERED
    context = {"found": found, "at_once": can, "errors": errors}
    return render(request, "portal/dossier/withdraw.html", context, status=status)


@page(open_to=SIGNED_IN)
def rate(request: Request, code: str) -> HttpResponse:
    """Ask how the service was, once; or keep the answer."""
    errors: dict[str, str] = {}
    status = 200
    dossier = owned.own(request.actor, code)
    if request.method == "POST":
        score = request.POST.get("diem", "")
        try:
            returning.rate(
                dossier.case_id,
                int(score) if score in {"1", "2", "3", "4", "5"} else 0,
                request.POST.get("gop_y", ""),
                by=request.actor,
                now=request.now,
            )
            return redirect("portal:track", code=dossier.code)
        except (Invalid, NotNow) as refusal:
            errors = {getattr(refusal, "field", "") or "trang": str(refusal)}
            status = refusal.status
    context = {"dossier": dossier, "errors": errors, "typed": request.POST}
    return render(request, "portal/dossier/rate.html", context, status=status)


def _paper(issue: Callable[..., PaperRow]) -> Callable[..., HttpResponseBase]:
    """Return a page that gives the applicant one paper of their dossier."""

    @never_cache
    @page(open_to=SIGNED_IN)
    def serve(request: Request, code: str) -> FileResponse:
        dossier = owned.own(request.actor, code)
        paper = issue(dossier.case_id, by=request.actor, now=request.now)
        path, media_type = documents.open_file(paper.file_id)
        return respond(path, media_type, f"{dossier.code} {paper.file_name}", inline=True)

    return serve


receipt = _paper(papers.receipt)
result = _paper(papers.result)
apology = _paper(papers.apology)


@never_cache
@page(open_to=SIGNED_IN)
def attachment(request: Request, code: str, attachment_id: int) -> FileResponse:
    """Give the applicant a file of their own dossier."""
    dossier = owned.own(request.actor, code)
    file = next((file for file in dossier.files if file.id == attachment_id), None)
    if file is None:
        raise NotFound(_("Không có tệp này trong hồ sơ. Quay lại hồ sơ rồi mở lại tệp."))
    path, media_type = documents.open_file(file.file_id)
    return respond(path, media_type, file.name, inline=True)
