"""The gallery: every component in every state, for those who build pages."""

from django.http import HttpResponse
from django.shortcuts import render

from sauro.core.explain import Explanation, Line
from sauro.core.pages import EVERYONE, Request, page
from sauro.ui import components, icons

_EXPLAINED = Explanation(
    "Thứ Ba, 30/9/2025 (3 ngày làm việc)",
    (
        Line("Thứ Năm, 25/9/2025", "Ngày bắt đầu, không tính", "Bộ luật Dân sự 2015, Điều 147"),
        Line("Thứ Sáu, 26/9/2025", "Ngày thứ 1"),
    ),
)


@page(open_to=EVERYONE)
def gallery(request: Request) -> HttpResponse:
    """Show all components."""
    shown = {
        "icons": icons.NAMES,
        "explained": _EXPLAINED,
        "signatures": components.signatures(),
    }
    return render(request, "ui/gallery.html", shown)
