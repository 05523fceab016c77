"""The register of dossiers of a day (sổ theo dõi hồ sơ, Mẫu 07): screen, PDF, CSV and XLSX."""

from datetime import timedelta

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from sauro.core.clock import local, local_day
from sauro.core.pages import OFFICIALS, Request, page
from sauro.desk import forms
from sauro.desk.queries import counter, dossiers
from sauro.desk.queries.dossiers import BookLine
from sauro.desk.services import printing
from sauro.documents import queries as documents
from sauro.documents import serving, tables
from sauro.onestop.rules import State

_PAGE = 60
_WHOLE_DAY = 5_000
HEADER = (
    "STT",
    "Mã hồ sơ",
    "Tên thủ tục",
    "Số bộ",
    "Người nộp",
    "Địa chỉ, điện thoại",
    "Cơ quan giải quyết",
    "Nhận hồ sơ",
    "Hẹn trả",
    "Trả kết quả",
    "Cách nhận kết quả",
    "Kênh nộp",
    "Ghi chú",
)


@page(open_to=OFFICIALS)
def show(request: Request) -> HttpResponse:
    """Show the register of a centre for a day, a page at a time."""
    centre = counter.centre_of(request.actor, now=request.now)
    today = local_day(request.now)
    day = min(forms.day_of(request.GET.get("ngay", ""), today), today)
    after = request.GET.get("sau", "")
    which = forms.which(request.GET)
    lines = dossiers.book(centre.code, day, which=which, after=after, limit=_PAGE + 1)
    context = {
        "centre": centre,
        "day": day,
        "day_before": day - timedelta(days=1),
        "day_after": day + timedelta(days=1) if day < today else None,
        "which": which,
        "counts": dossiers.book_counts(centre.code, day),
        "lines": lines[:_PAGE],
        "after": lines[_PAGE - 1].code if len(lines) > _PAGE else "",
    }
    return render(request, "desk/book.html", context)


@page(open_to=OFFICIALS)
def printed(request: Request, day: str) -> FileResponse:
    """Send the register of a day as PDF, as it stands now."""
    centre = counter.centre_of(request.actor, now=request.now)
    paper = printing.print_book(
        centre.id,
        forms.day_of(day, local_day(request.now)),
        by=request.actor,
        now=request.now,
    )
    path, media_type = documents.open_file(paper.file_id)
    return serving.respond(path, media_type, paper.file_name, inline=True)


@page(open_to=OFFICIALS)
def table(request: Request, day: str, form: str) -> HttpResponse:
    """Send the register of a day, or the lines chosen of it, as CSV or XLSX."""
    centre = counter.centre_of(request.actor, now=request.now)
    on = forms.day_of(day, local_day(request.now))
    lines = dossiers.book(centre.code, on, which=forms.which(request.GET), limit=_WHOLE_DAY)
    rows = [_row(number, line) for number, line in enumerate(lines, start=1)]
    name = f"so-theo-doi-{centre.code}-{on.isoformat()}"
    return serving.table(name, form, "Sổ theo dõi hồ sơ", HEADER, rows, now=request.now)


def _row(number: int, line: BookLine) -> list[tables.Cell]:
    returned = line.ended_at if line.state_code == State.RETURNED else None
    return [
        number,
        line.code,
        line.title,
        line.copies,
        line.who,
        line.contact,
        line.unit,
        f"{local(line.received_at):%d/%m/%Y %H:%M}",
        local_day(line.promised_at) if line.promised_at else None,
        local_day(returned) if returned else None,
        line.return_by,
        line.channel,
        line.note,
    ]
