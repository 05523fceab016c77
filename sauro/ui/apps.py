from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "sauro.ui"
    verbose_name = "Giao diện"
