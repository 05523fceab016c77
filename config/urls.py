"""Every address of the platform, door by door."""

from django.urls import include, path

from config import faults
from config.health import alive

urlpatterns = [
    path("song", alive, name="alive"),
    path("ban-lam-viec/", include("sauro.desk.urls")),
    path("lich-lam-viec/", include("sauro.timing.urls")),
    path("tre-han/", include("sauro.lateness.urls")),
    path("quy-trinh/", include("sauro.designer.urls")),
    path("xep-hang/", include("sauro.queueing.urls")),
    path("mau-khai/", include("sauro.forms.urls")),
    path("dieu-hanh/", include("sauro.dashboards.urls")),
    path("phap-luat/", include("sauro.laws.urls")),
    path("", include("sauro.ui.urls")),
    path("", include("sauro.assistant.urls")),
    path("", include("sauro.portal.urls")),
]
handler400 = faults.unreadable
handler404 = faults.not_found
handler500 = faults.broken
