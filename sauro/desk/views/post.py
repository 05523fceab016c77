"""The public postal service: what goes out, lists in and out, looked at before they are taken."""

from collections.abc import Sequence
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from sauro.core.clock import local, local_day
from sauro.core.errors import Invalid, NotNow
from sauro.core.pages import OFFICIALS, Request, page
from sauro.core.text import _
from sauro.desk import postlist
from sauro.desk.queries import counter, posting
from sauro.desk.queries.posting import Read
from sauro.desk.services.posting import send_posted, take_posted
from sauro.documents import serving, tables, uploads
from sauro.onestop import parcels

_LIMIT: Final = 2 * 1024 * 1024
_KINDS: Final = {"den": _("Hồ sơ bưu chính giao"), "di": _("Kết quả giao bưu chính")}
_EXAMPLE: Final = (
    "EB123456785VN",
    "1.001193",
    "Phạm Văn Lợi",
    "900091004227",
    "0500 000 123",
    "42 Nguyễn Văn Cừ",
    "Phường Tân Lập",
    "23/11/2026 08:15",
    "Nguyễn Văn Thư",
)


@page(open_to=OFFICIALS)
def show(request: Request) -> HttpResponse:
    """Show which results wait for the post, and take lists."""
    return _page(request)


def _page(
    request: Request, refusal: Invalid | NotNow | None = None, done: Sequence[str] = ()
) -> HttpResponse:
    centre = counter.centre_of(request.actor, now=request.now)
    context = {
        "centre": centre,
        "waiting": parcels.to_send(centre.id),
        "refusal": refusal,
        "done": done,
    }
    status = refusal.status if refusal else 200
    return render(request, "desk/post.html", context, status=status)


@page(open_to=OFFICIALS)
def outgoing(request: Request, form: str) -> HttpResponse:
    """Send the list of results for the post, in the columns it sends back."""
    centre = counter.centre_of(request.actor, now=request.now)
    rows: list[list[tables.Cell]] = [
        [
            one.code,
            one.number,
            f"{local(one.handed_at):%d/%m/%Y %H:%M}" if one.handed_at else "",
            "",
            "",
            "",
            one.name,
            one.phone,
            one.address,
            one.title,
        ]
        for one in parcels.to_send(centre.id)
    ]
    header = [*postlist.GOING, "Người nhận", "Điện thoại", "Địa chỉ", "Thủ tục"]
    name = f"giao-buu-chinh-{centre.code}-{local_day(request.now).isoformat()}"
    return serving.table(name, form, "Giao bưu chính", header, rows, now=request.now)


@page(open_to=OFFICIALS)
def sample(request: Request, form: str) -> HttpResponse:
    """Send an example of the list of what the post brings."""
    counter.centre_of(request.actor, now=request.now)
    return serving.table(
        "mau-buu-chinh-giao-ho-so", form, "Mẫu", postlist.COMING, [_EXAMPLE], now=request.now
    )


@page(open_to=OFFICIALS)
@require_POST
def look(request: Request, kind: str) -> HttpResponse:
    """Show what a list means, row by row; nothing is kept."""
    if kind not in _KINDS:
        raise Http404
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise Invalid(_("Chọn tệp danh sách."), field="file")  # noqa: TRY301 - one answer
        content = uploads.read(sent, name=sent.name or "", limit=_LIMIT)
        table = tables.read(content)
        return _preview(request, kind, table, _read(request, kind, table))
    except Invalid as refusal:
        return _page(request, refusal)


@page(open_to=OFFICIALS)
@require_POST
def take(request: Request, kind: str) -> HttpResponse:
    """Take a list in as it was looked at: every row of it, or none."""
    if kind not in _KINDS:
        raise Http404
    try:
        table = tables.read(request.POST.get("table", "").encode())
        found = _read(request, kind, table)
        if found.faults:
            return _preview(request, kind, table, found)
        if kind == "den":
            codes = take_posted(found.brought, by=request.actor, now=request.now)
        else:
            codes = send_posted(found.sent, by=request.actor, now=request.now)
    except (Invalid, NotNow) as refusal:
        return _page(request, refusal)
    return _page(request, done=codes)


def _read(request: Request, kind: str, table: list[list[str]]) -> Read:
    read = posting.coming if kind == "den" else posting.going
    return read(request.actor, table, now=request.now)


def _preview(request: Request, kind: str, table: list[list[str]], found: Read) -> HttpResponse:
    context = {
        "kind": kind,
        "label": _KINDS[kind],
        "found": found,
        "table": tables.as_csv(table[0], table[1:]).decode("utf-8-sig"),
    }
    status = 422 if found.faults else 200
    return render(request, "desk/post_preview.html", context, status=status)
