"""Pages that take files: too much is refused before any of it is read."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from sauro.core.errors import TooLarge
from sauro.core.pages import refused
from sauro.core.text import _

P = ParamSpec("P")
Served = Callable[..., HttpResponseBase]

FILES_AT_ONCE = 5
_MEGABYTE = 1024 * 1024


def bounded(view: Served) -> Served:
    """Refuse a request whose length says that it is too much, without reading it.

    The check for forged requests reads the body, so it is put off until after this one.
    """
    guarded = csrf_protect(view)

    @wraps(view)
    def serve(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        most = FILES_AT_ONCE * settings.UPLOAD_LIMIT + _MEGABYTE
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > most:
            too_large = TooLarge(
                _(
                    "Lần gửi này lớn quá {most} MB nên chưa nhận tệp nào. "
                    "Mỗi tệp tối đa {each} MB; gửi từng tệp một rồi gửi tiếp."
                ),
                most=most // _MEGABYTE,
                each=settings.UPLOAD_LIMIT // _MEGABYTE,
            )
            answer = refused(request, too_large)
            answer["Connection"] = "close"
            return answer
        return guarded(request, *args, **kwargs)

    return csrf_exempt(serve)
