from django.urls import path

from sauro.queueing.views import hall, window

app_name = "queueing"
urlpatterns = [
    path("", hall.centres, name="centres"),
    path("quay", window.show, name="window"),
    path("quay/mo", window.open_it, name="open"),
    path("quay/xep-lai/<str:key>", window.come_back, name="come-back"),
    path("quay/<str:action>", window.act, name="act"),
    path("thong-ke", window.statistics, name="statistics"),
    path("so/<str:key>", hall.ticket, name="ticket"),
    path("<str:code>", hall.kiosk, name="kiosk"),
    path("<str:code>/man-hinh", hall.screen, name="screen"),
]
