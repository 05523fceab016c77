"""What everybody in office may read: the list, one process, two versions compared, the document."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sauro.core.clock import local_day
from sauro.core.pages import OFFICIALS, Request, page
from sauro.designer import forms, queries
from sauro.designer.queries import Rights, pages
from sauro.designer.rules import bpmn
from sauro.offices import queries as offices

_XML = "application/xml; charset=utf-8"


def rights(request: Request) -> Rights:
    """Return what the person who looks may do."""
    return queries.rights_of(request.actor, offices.roster(local_day(request.now)))


@page(open_to=OFFICIALS)
def index(request: Request) -> HttpResponse:
    """Show every process with the cases that run on it."""
    rows = pages.listed()
    context = {
        "rows": rows,
        "running": sum(row.running for row in rows),
        "rights": rights(request),
        "done": request.GET.get("xong", ""),
    }
    return render(request, "designer/list.html", context)


@page(open_to=OFFICIALS)
def process(request: Request, code: str) -> HttpResponse:
    """Show a process: its picture, its steps in six clarities, its versions."""
    shown = pages.process(code, forms.number(request.GET.get("ban")) or None)
    context = {"page_of": shown, "rights": rights(request), "done": request.GET.get("xong", "")}
    return render(request, "designer/process.html", context)


@page(open_to=OFFICIALS)
def compare(request: Request, code: str) -> HttpResponse:
    """Show in words how two versions differ."""
    older, newer = (forms.number(request.GET.get(name)) or None for name in ("tu", "den"))
    compared = pages.comparison(code, older, newer)
    return render(request, "designer/compare.html", {"compared": compared})


@page(open_to=OFFICIALS)
def export(_request: Request, code: str, version: int) -> HttpResponse:
    """Send a published version as a BPMN 2.0 document."""
    shown = pages.process(code, version).shown
    return document(code, shown.name, version, shown.definition)


def document(code: str, name: str, version: int, definition: Mapping[str, Any]) -> HttpResponse:
    """Return the answer that carries a process as a BPMN 2.0 document, to be kept."""
    content = bpmn.write(code, name, version, definition)
    safe = "".join(c if c.isalnum() and c.isascii() else "-" for c in code)
    answer = HttpResponse(content, content_type=_XML)
    answer["Content-Disposition"] = f'attachment; filename="{safe}-v{version}.bpmn"'
    return answer
