"""Serving kept files (trả tệp cho trình duyệt): for the views of any module, once they allowed it.

The browser is told to believe the type we say, to run nothing, and to keep no copy.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from sauro.core.errors import NotFound
from sauro.core.text import _
from sauro.documents import tables

_SHOWN: Final = frozenset({"application/pdf", "image/jpeg", "image/png"})
_SANDBOX: Final = "default-src 'none'; sandbox; frame-ancestors 'self'"
# Browsers show no PDF in a sandbox; their viewers run none of what is in it on our origin.
_VIEWER: Final = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"


def table(
    name: str,
    form: str,
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[tables.Cell]],
    *,
    now: datetime,
) -> HttpResponse:
    """Return a table to be saved: `form` is csv or xlsx.

    :raises NotFound: it is neither
    """
    if form == "csv":
        content, media_type = tables.as_csv(header, rows), tables.CSV_TYPE
    elif form == "xlsx":
        content, media_type = tables.as_xlsx(title, header, rows, now=now), tables.XLSX_TYPE
    else:
        raise NotFound(_("Bảng chỉ có dạng CSV và XLSX."))
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.{form}") or "attachment"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def respond(path: Path, media_type: str, name: str, *, inline: bool) -> FileResponse:
    """Return the file at `path` as an answer; shown in the page only if `inline` and harmless."""
    shown = inline and media_type in _SHOWN
    answer = FileResponse(
        path.open("rb"),
        content_type=media_type if media_type in _SHOWN else "application/octet-stream",
    )
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=not shown, filename=name) or "attachment"
    )
    answer["Content-Length"] = str(path.stat().st_size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = (
        _VIEWER if shown and media_type == "application/pdf" else _SANDBOX
    )
    answer["X-Frame-Options"] = "SAMEORIGIN"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
