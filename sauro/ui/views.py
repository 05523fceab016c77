"""The gallery for those who build pages, and what makes the pages an app that can be installed."""

from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache

from sauro.core.explain import Explanation, Line
from sauro.core.pages import EVERYONE, Request, page
from sauro.ui import components, icons

# What the page without a network is made of.
_ALWAYS = ("ui/ro.css", "ui/icon.svg", "ui/app.js", "fonts/LakSans-400.woff2")

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


@cache_control(max_age=86_400, public=True)
@page(open_to=EVERYONE)
def manifest(_request: Request) -> HttpResponse:
    """Say what the app is called and looks like, for whoever installs it."""
    where = settings.PROVINCE["label"]
    icons_of = [
        {"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": purpose}
        for purpose in ("any", "maskable")
    ]
    ways = (("Hồ sơ của tôi", "/cua-toi"), ("Tra cứu hồ sơ", "/tra-cuu"), ("Thủ tục", "/thu-tuc/"))
    said = {
        "id": "/",
        "name": f"Dịch vụ công {where}",
        "short_name": "Dịch vụ công",
        "lang": "vi",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": "#0A4150",
        "background_color": "#FFFFFF",
        "icons": icons_of,
        "shortcuts": [{"name": name, "url": url} for name, url in ways],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@never_cache
@page(open_to=EVERYONE)
def worker(request: Request) -> HttpResponse:
    """Give the script that stands between the app and the network."""
    kept = [reverse("ui:offline"), *(static(name) for name in _ALWAYS)]
    version = sha256("\n".join(kept).encode()).hexdigest()[:12]
    context = {"kept": kept, "version": version, "news": "/cua-toi"}
    return render(request, "ui/sw.js", context, content_type="text/javascript")


@page(open_to=EVERYONE)
def offline(request: Request) -> HttpResponse:
    """Say that there is no network, and that nothing typed is lost. The same for everybody."""
    return render(request, "ui/offline.html")
