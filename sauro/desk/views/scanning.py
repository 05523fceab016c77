"""Scanned at the counter: one scan of all papers, looked at and split into its papers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from sauro.core.errors import Invalid, NotFound, NotPermitted, TooLarge
from sauro.core.pages import OFFICIALS, Request, page
from sauro.core.text import _
from sauro.documents import leaves
from sauro.documents import queries as files
from sauro.documents import services as documents
from sauro.onestop import queries as onestop
from sauro.onestop.queries import DossierPage
from sauro.onestop.services import digitising
from sauro.procedures import queries as procedures

_KEPT = "scan"
_OTHER = "khac"


@never_cache
@page(open_to=OFFICIALS)
def scan(request: Request, code: str) -> HttpResponse:
    """Take a scan of everything, show its pages, and split it as the official says."""
    dossier = onestop.dossier_for(request.actor, code)
    if request.actor.office_id not in {dossier.door_id, dossier.unit_id}:
        raise NotPermitted(_("Chỉ nơi tiếp nhận hoặc thụ lý mới số hóa giấy tờ của hồ sơ này."))
    refusal: Invalid | TooLarge | None = None
    if request.method == "POST":
        try:
            return (
                _uploaded(request, code)
                if "ban_quet" in request.FILES
                else _split(request, dossier)
            )
        except (Invalid, TooLarge) as wrong:
            refusal = wrong
    kept = _kept(request, code)
    context = {
        "dossier": dossier,
        "papers": _papers(dossier),
        "pages": range(1, leaves.count(files.open_file(kept)[0]) + 1) if kept else (),
        "typed": {key.removeprefix("p."): value for key, value in request.POST.items()},
        "there": {file.component for file in dossier.files},
        "made": request.GET.get("da-tach", ""),
        "refusal": refusal,
    }
    return render(request, "desk/scan.html", context, status=refusal.status if refusal else 200)


@never_cache
@page(open_to=OFFICIALS)
def leaf(request: Request, code: str, number: int) -> HttpResponse:
    """Send the small picture of a page of the scan that is being split."""
    kept = _kept(request, code)
    if not kept:
        raise NotFound(_("Không có bản quét nào đang tách."))
    picture = leaves.picture(files.open_file(kept)[0], number)
    return HttpResponse(picture, content_type="image/jpeg")


def _uploaded(request: Request, code: str) -> HttpResponse:
    (upload,) = request.FILES.getlist("ban_quet")[-1:]
    stored = documents.store(upload, name=str(upload.name), by=request.actor, now=request.now)
    if stored.media_type != "application/pdf":
        raise Invalid(_("Quét tất cả vào một tệp PDF rồi chọn lại."), field="ban_quet")
    request.session[_KEPT] = {"code": code, "file": stored.id}
    return redirect("desk:scan", code=code)


def _split(request: Request, dossier: DossierPage) -> HttpResponse:
    kept = _kept(request, dossier.code)
    if not kept:
        raise Invalid(_("Chọn tệp PDF vừa quét."), field="ban_quet")
    names = _papers(dossier)
    pages = {key: request.POST.get(f"p.{key}", "") for key in names}
    made = digitising.split(dossier.case_id, kept, pages, names, by=request.actor, now=request.now)
    del request.session[_KEPT]
    return redirect(f"{request.path}?da-tach={made}")


def _kept(request: Request, code: str) -> int:
    """Return the scan that this official is splitting for this dossier, 0 if there is none."""
    kept = request.session.get(_KEPT) or {}
    return int(kept["file"]) if kept.get("code") == code else 0


def _papers(dossier: DossierPage) -> dict[str, str]:
    """Return what papers the dossier may have, by key, and one more for what is not listed."""
    record = procedures.version(dossier.version_id).record
    chosen = dossier.component_case
    listed = {
        item.key: item.name
        for group in record.cases
        if not chosen or group.name in {"", chosen}
        for item in group.items
    }
    return listed | {_OTHER: _("Giấy tờ khác")}
