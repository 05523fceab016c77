"""Checking a paper (kiểm tra giấy tờ), open to everybody; and the papers of who is signed in."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from sauro.core.pages import EVERYONE, SIGNED_IN, Request, page
from sauro.core.text import _
from sauro.documents.signing import grouped, tidy_code
from sauro.portal.queries import checking
from sauro.portal.views.uploads import bounded

_NO_SUCH_CODE = _(
    "Không có giấy nào với mã này. Xem lại 12 ký tự dưới mã QR; không có số 0, 1, chữ I, L, O, U."
)


@bounded
@never_cache
@page(open_to=EVERYONE)
def check(request: Request) -> HttpResponse:
    """Show the two ways to check a paper; say what a file that was sent is worth."""
    if request.method != "POST":
        typed = tidy_code(request.GET.get("ma", ""))[:32]
        return redirect("portal:check-code", code=typed) if typed else _form(request, {})
    sent = request.FILES.get("tep")
    if not isinstance(sent, UploadedFile) or not sent.size:
        return _form(request, {"tep": _("Chọn tệp PDF cần kiểm tra.")}, status=422)
    if sent.size > settings.UPLOAD_LIMIT:
        return _form(request, {"tep": _("Tệp lớn quá 10 MB. Giấy do tỉnh cấp không lớn vậy.")}, 422)
    found = checking.by_content(sent.read(), now=request.now)
    context = {"checked": found, "code": "", "file_name": (sent.name or "")[:100]}
    return render(request, "portal/checked.html", context)


@never_cache
@page(open_to=EVERYONE)
def by_code(request: Request, code: str) -> HttpResponse:
    """Say what the paper with this code is, as its QR opens it."""
    found = checking.by_code(code, now=request.now)
    if found is None:
        return _form(request, {"ma": _NO_SUCH_CODE}, 404, code=grouped(tidy_code(code)[:32]))
    context = {"checked": found, "code": grouped(tidy_code(code)), "file_name": ""}
    return render(request, "portal/checked.html", context)


def _form(
    request: Request, errors: dict[str, str], status: int = 200, *, code: str = ""
) -> HttpResponse:
    context = {"errors": errors, "code": code}
    return render(request, "portal/check.html", context, status=status)


@never_cache
@page(open_to=SIGNED_IN)
def own_papers(request: Request) -> HttpResponse:
    """Show the signed results of the person, to be downloaded and checked."""
    context = {"papers": checking.own_papers(request.actor.person_id or 0)}
    return render(request, "portal/own_papers.html", context)
