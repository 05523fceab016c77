"""Looking up a dossier by its code and the last digits of a number (tra cứu)."""

from enum import Enum, auto
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from sauro.core.errors import NotFound, NotNow
from sauro.core.pages import EVERYONE, Request, page
from sauro.core.text import _
from sauro.onestop.rules import tidy_code
from sauro.portal import forms, services
from sauro.portal.queries import tracking
from sauro.portal.views.dossiers import SHOWN, shown

_TRIES = "tries"
_REMEMBERED = 20
_WRONG = _(
    "Không có hồ sơ nào với mã và 4 số này. Xem lại mã in dưới mã QR, và 4 số cuối số định danh "
    "của người đứng tên hồ sơ."
)


@never_cache
@page(open_to=EVERYONE)
def look_up(request: Request) -> HttpResponse:
    """Show the two boxes, or open the dossier if code and digits belong together."""
    code = tidy_code(request.POST.get("ma") or request.GET.get("ma", ""))[:64]
    if request.method != "POST":
        return _straight_on(request, code) or _show(request, code)
    last_digits = forms.digits(request.POST.get("so_cuoi", ""))
    trial = tried(request, code, last_digits)
    if trial is Trial.INCOMPLETE:
        return _show(request, code, errors=_what_is_missing(code, last_digits), status=422)
    if trial is Trial.TOO_MANY:
        return _too_many(request, code)
    if trial is Trial.WRONG:
        return _show(request, code, errors={"ma": _WRONG}, status=NotFound.status)
    return redirect("portal:track", code=code)


class Trial(Enum):
    """How somebody fared who says a code and four digits."""

    OPEN = auto()
    INCOMPLETE = auto()
    WRONG = auto()
    TOO_MANY = auto()


def tried(request: Request, code: str, last_digits: str) -> Trial:
    """Hold a code against the digits; where they fit, this session may see the dossier."""
    if not code or len(last_digits) != 4:  # noqa: PLR2004
        return Trial.INCOMPLETE
    if _tries(request) >= services.TRIES_AT_MOST:
        return Trial.TOO_MANY
    where = request.META.get("REMOTE_ADDR", "")
    try:
        may = services.try_to_track(code, last_digits, where, by=request.actor, now=request.now)
    except NotNow:
        return Trial.TOO_MANY
    if not may:
        _count(request)
        return Trial.WRONG
    request.session[SHOWN] = [*request.session.get(SHOWN, []), code][-_REMEMBERED:]
    return Trial.OPEN


def _straight_on(request: Request, code: str) -> HttpResponse | None:
    """Return the way to a dossier that the reader may see without being asked anything."""
    if not code:
        return None
    try:
        tracking.tracking(request.actor, code, now=request.now, shown=shown(request))
    except NotFound:
        return None
    return redirect("portal:track", code=code)


def _what_is_missing(code: str, last_digits: str) -> dict[str, str]:
    errors = {}
    if not code:
        errors["ma"] = _("Ghi mã hồ sơ in dưới mã QR. Ví dụ: H15.24133-20261123-0000117.")
    if len(last_digits) != 4:  # noqa: PLR2004
        errors["so_cuoi"] = _("Ghi 4 số cuối của số định danh người đứng tên hồ sơ.")
    return errors


def _tries(request: Request) -> int:
    """Return how often this session tried in vain in the last minutes."""
    since = request.now.timestamp() - services.TRY_MINUTES * 60
    return sum(1 for at in request.session.get(_TRIES, []) if at > since)


def _count(request: Request) -> None:
    tries = [*request.session.get(_TRIES, []), request.now.timestamp()]
    request.session[_TRIES] = tries[-services.TRIES_AT_MOST :]


def _too_many(request: Request, code: str) -> HttpResponse:
    sentence = services.TOO_MANY_TRIES.format(minutes=services.TRY_MINUTES)
    status = HTTPStatus.TOO_MANY_REQUESTS
    return _show(request, code, errors={"trang": sentence}, status=status)


def _show(
    request: Request, code: str, *, errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    context = {"code": code, "errors": errors or {}}
    return render(request, "portal/look_up.html", context, status=status)
