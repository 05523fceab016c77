from django.urls import path

from sauro.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.wall, name="wall"),
    path("so-lieu", views.table, name="table"),
    path("so-lieu.<str:form>", views.export, name="export"),
    path("ho-so", views.behind, name="behind"),
]
