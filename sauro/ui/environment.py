"""The Jinja2 environment of all pages, and what every page knows."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined

from sauro.core.pages import Request
from sauro.ui import drawing, formats, qr
from sauro.ui.icons import icon


def environment(**options: Any) -> Environment:  # noqa: ANN401 - Django passes Jinja2's own
    """Return the environment: autoescaping, and an unknown name is a fault, not an empty text."""
    options["undefined"] = StrictUndefined
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701 - options escape
    made.filters.update(formats.FILTERS)
    made.globals.update(
        static=static,
        url=reverse,
        htmx_script=htmx_script,
        icon=icon,
        qr=qr.svg,
        province=settings.PROVINCE,
        along=drawing.along,
        ceiling=drawing.ceiling,
        drawn=drawing.path,
    )
    return made


def page_context(request: HttpRequest) -> dict[str, object]:
    """Return what base pages ask: who is there, when, where, and how large letters should be."""
    asked = cast(Request, request)
    return {
        "actor": getattr(asked, "actor", None),
        "now": getattr(asked, "now", None),
        "path": request.path,
        "full_path": request.get_full_path(),
        "large_text": request.COOKIES.get("chu") == "to",
        "is_demo": settings.DEMO,
    }
