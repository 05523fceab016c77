from django.urls import path

from sauro.assistant import views

app_name = "assistant"
urlpatterns = [
    path("tro-ly", views.talk, name="talk"),
    path("api/tro-ly", views.api, name="api"),
]
