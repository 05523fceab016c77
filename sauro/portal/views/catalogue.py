"""The catalogue of procedures: by life event, by field, and one procedure."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from sauro.core.clock import local_day
from sauro.core.errors import NotFound
from sauro.core.pages import EVERYONE, Request, page
from sauro.core.text import _
from sauro.laws import queries as laws
from sauro.measures.queries import practice
from sauro.portal import forms
from sauro.portal.queries import catalogue
from sauro.portal.rules import life
from sauro.procedures import queries as procedures

_A_PAGE = 30
_FIELDS = 60


@page(open_to=EVERYONE)
def browse(request: Request) -> HttpResponse:
    """Show the fields and life events, or the procedures of one of them."""
    if slug := request.GET.get("viec", ""):
        return _event(request, slug)
    if field := request.GET.get("linh-vuc", ""):
        return _field(request, field)
    fields = procedures.fields()
    said = _("{count} thủ tục trong {fields} lĩnh vực. Tìm theo việc, theo lĩnh vực, hoặc gõ tên.")
    context = {
        "heading": _("Mọi thủ tục"),
        "said": said.format(count=sum(f.procedures for f in fields), fields=len(fields)),
        "hits": None,
        "events": life.EVENTS,
        "fields": fields if "tat-ca" in request.GET else fields[:_FIELDS],
        "more_fields": len(fields) > _FIELDS and "tat-ca" not in request.GET,
    }
    return render(request, "portal/procedures.html", context)


def _event(request: Request, slug: str) -> HttpResponse:
    event = life.event(slug)
    if event is None:
        raise NotFound(_("Không có nhóm việc này. Chọn lại ở trang “Mọi thủ tục”."))
    context = {
        "heading": event.title,
        "said": event.note + ".",
        "hits": procedures.by_codes(event.codes),
        "next": "",
        "plan": slug if slug in life.PLANS else "",
    }
    return render(request, "portal/procedures.html", context)


def _field(request: Request, field: str) -> HttpResponse:
    hits = procedures.by_field(field, after=request.GET.get("sau", "")[:8], limit=_A_PAGE + 1)
    if not hits and "sau" not in request.GET:
        raise NotFound(_("Không có lĩnh vực này. Chọn lại ở trang “Mọi thủ tục”."))
    shown = hits[:_A_PAGE]
    more = urlencode({"linh-vuc": field, "sau": shown[-1].code}) if len(hits) > _A_PAGE else ""
    context = {
        "heading": field,
        "said": _("Thủ tục của lĩnh vực này, xếp theo mã."),
        "hits": shown,
        "next": f"?{more}" if more else "",
    }
    return render(request, "portal/procedures.html", context)


@page(open_to=EVERYONE)
def procedure(request: Request, code: str) -> HttpResponse:
    """Show one procedure: who, what papers, how long, how much, by what law, and where.

    With a day in the address, as it stood on that day.
    """
    today = local_day(request.now)
    asked = request.GET.get("ngay", "")[:10]
    on = forms.day(asked) if asked else None
    shown = catalogue.shown(code, on=None if on == today else on)
    context = {
        "shown": shown,
        "texts": laws.named_in(shown.laws, on=on or today) if shown.laws else {},
        "versions": procedures.versions(code) if shown.has_full else [],
        "practice": practice.practice(code, now=request.now) if shown.may_file else None,
        "names": dict(shown.paper_names),
        "today": today,
    }
    return render(request, "portal/procedure.html", context)
