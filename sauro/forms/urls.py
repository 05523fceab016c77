from django.urls import path

from sauro.forms import views

app_name = "forms"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<str:code>", views.edit, name="edit"),
    path("<str:code>/cau", views.question, name="new-question"),
    path("<str:code>/cau/<str:key>", views.question, name="question"),
    path("<str:code>/xem/<str:page>", views.preview, name="preview"),
]
