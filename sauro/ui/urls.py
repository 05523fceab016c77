from django.urls import path

from sauro.ui import views

app_name = "ui"
urlpatterns = [
    path("giao-dien/", views.gallery, name="gallery"),
    path("ung-dung.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.worker, name="worker"),
    path("ngoai-tuyen", views.offline, name="offline"),
]
