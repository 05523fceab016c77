"""The wall, the tables, and the dossiers behind every number; for officials, each their own."""

from django.http import HttpResponse
from django.shortcuts import render

from sauro.core.clock import local_day
from sauro.core.errors import NotFound
from sauro.core.pages import OFFICIALS, Request, page
from sauro.core.text import _
from sauro.dashboards import queries, rules
from sauro.documents import serving
from sauro.measures.definitions import DEFINITIONS

_PAGE = 100
_MONTHS = 12


@page(open_to=OFFICIALS)
def wall(request: Request) -> HttpResponse:
    """Show this month at one look: what came, went, waits, is late, and whose it is."""
    month = rules.month("", local_day(request.now))
    shown = queries.wall(request.actor, month, now=request.now)
    context = {"wall": shown, "month": month, "measures": DEFINITIONS}
    return render(request, "dashboards/wall.html", context)


@page(open_to=OFFICIALS)
def table(request: Request) -> HttpResponse:
    """Show every figure of a month by group, each opening into its dossiers."""
    month = rules.month(request.GET.get("ky", ""), local_day(request.now))
    by = rules.grouping(request.GET.get("theo", ""))
    measures = list(DEFINITIONS.values())
    context = {
        "sheet": queries.sheet(request.actor, month, by, measures, now=request.now),
        "month": month,
        "by": by,
        "groupings": rules.GROUPINGS,
        "months": rules.months_before(local_day(request.now), _MONTHS),
    }
    return render(request, "dashboards/table.html", context)


@page(open_to=OFFICIALS)
def export(request: Request, form: str) -> HttpResponse:
    """Save that table as CSV or XLSX, with the definition of each figure beside it."""
    month = rules.month(request.GET.get("ky", ""), local_day(request.now))
    by = rules.grouping(request.GET.get("theo", ""))
    sheet = queries.sheet(request.actor, month, by, list(DEFINITIONS.values()), now=request.now)
    header = ["Nhóm", "Mã", "Số đo", "Đếm được", "Trên", "Giá trị", "Đơn vị", "Định nghĩa"]
    rows = [
        (
            line.name,
            line.key,
            measure.title,
            figure.counted,
            figure.among if figure.among is not None else "",
            "" if figure.value is None else str(figure.value).replace(".", ","),
            measure.unit,
            f"{measure.formula} (bản {measure.version})",
        )
        for line in sheet.lines
        for measure, figure in zip(sheet.measures, line.figures, strict=True)
    ]
    name = f"so-lieu-{month.key}-{by}"
    return serving.table(name, form, month.key, header, rows, now=request.now)


@page(open_to=OFFICIALS)
def behind(request: Request) -> HttpResponse:
    """Show the dossiers that a number counts, or that it is a share of."""
    measure = DEFINITIONS.get(request.GET.get("so", ""))
    if measure is None:
        raise NotFound(_("Không có số đo này."))
    month = rules.month(request.GET.get("ky", ""), local_day(request.now))
    by = rules.grouping(request.GET.get("theo", ""))
    number = request.GET.get("trang", "1")
    at = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 6 else 0  # noqa: PLR2004
    is_whole = request.GET.get("phan") == "tren"
    count, rows = queries.behind(
        request.actor,
        measure,
        month,
        by=by,
        key=request.GET.get("nhom", ""),
        is_whole=is_whole,
        start=max(at, 0) * _PAGE,
        size=_PAGE,
        now=request.now,
    )
    context = {
        "measure": measure,
        "month": month,
        "by": by,
        "key": request.GET.get("nhom", ""),
        "is_whole": is_whole,
        "count": count,
        "rows": rows,
        "at": max(at, 0),
        "size": _PAGE,
    }
    return render(request, "dashboards/behind.html", context)
