from django.urls import path

from sauro.laws import views

app_name = "laws"
urlpatterns = [
    path("", views.home, name="home"),
    path("tim.json", views.found, name="found"),
    path("<slug:slug>", views.law, name="law"),
    path("<slug:slug>/dieu-<slug:number>", views.article, name="article"),
]
