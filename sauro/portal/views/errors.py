"""What is answered where there is no page, or where we failed."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page, and where people usually want to go."""
    return render(request, "ui/404.html", status=HTTPStatus.NOT_FOUND)


def fault(request: HttpRequest) -> HttpResponse:
    """Say that we failed and that nothing is lost; the log has the traceback."""
    return render(request, "ui/500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
