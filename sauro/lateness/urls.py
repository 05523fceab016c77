from django.urls import URLPattern

app_name = "lateness"
urlpatterns: list[URLPattern] = []
