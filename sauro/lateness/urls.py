from django.urls import path

from sauro.lateness import views

app_name = "lateness"
urlpatterns = [
    path("", views.home, name="home"),
    path("thu-hai", views.monday, name="week"),
    path("xin-loi", views.to_sign, name="letters"),
    path("xin-loi/ky", views.sign, name="sign"),
    path("xin-loi/<str:code>", views.amend, name="amend"),
    path("vi-sao/<str:code>", views.why, name="why"),
    path("nhac/<str:code>", views.nudge, name="nudge"),
]
