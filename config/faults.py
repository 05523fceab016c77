"""The pages of last resort: no such address, a form that has grown old, a fault of ours."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from sauro.core.errors import Changed, Invalid
from sauro.core.pages import refused
from sauro.core.text import _


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address that leads nowhere."""
    return render(request, "ui/404.html", status=404)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that could not be taken apart: too many parts, or cut short."""
    message = _("Không đọc được nội dung vừa gửi. Mở lại trang, điền lại rồi gửi.")
    return refused(request, Invalid(message))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form whose secret token is missing or belongs to an older visit."""
    message = _("Trang này mở đã lâu nên chưa gửi được. Mở lại trang rồi gửi lần nữa.")
    return refused(request, Changed(message))


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer a fault of ours, with a page that needs nothing that may be broken too."""
    return HttpResponseServerError(render_to_string("ui/500.html"))
