"""Serving kept files (trả tệp cho trình duyệt): for the views of any module, once they allowed it.

The browser is told to believe the type we say, to run nothing, and to keep no copy.
"""

from pathlib import Path
from typing import Final

from django.http import FileResponse
from django.utils.http import content_disposition_header

_SHOWN: Final = frozenset({"application/pdf", "image/jpeg", "image/png"})
_SANDBOX: Final = "default-src 'none'; sandbox; frame-ancestors 'self'"
# Browsers show no PDF in a sandbox; their viewers run none of what is in it on our origin.
_VIEWER: Final = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"


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
