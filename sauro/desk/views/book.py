"""The register of dossiers of a day (sổ theo dõi hồ sơ, Mẫu 07), on screen and as PDF."""

from datetime import timedelta

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from sauro.core.clock import local_day
from sauro.core.pages import OFFICIALS, Request, page
from sauro.desk import forms
from sauro.desk.queries import counter, dossiers
from sauro.desk.services import printing
from sauro.documents import queries as documents
from sauro.documents import serving

_PAGE = 60


@page(open_to=OFFICIALS)
def show(request: Request) -> HttpResponse:
    """Show the register of a centre for a day, a page at a time."""
    centre = counter.centre_of(request.actor, now=request.now)
    today = local_day(request.now)
    day = min(forms.day_of(request.GET.get("ngay", ""), today), today)
    after = request.GET.get("sau", "")
    lines = dossiers.book(centre.code, day, after=after, limit=_PAGE + 1)
    context = {
        "centre": centre,
        "day": day,
        "day_before": day - timedelta(days=1),
        "day_after": day + timedelta(days=1) if day < today else None,
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
