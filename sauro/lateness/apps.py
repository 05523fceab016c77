from django.apps import AppConfig


class LatenessConfig(AppConfig):
    name = "sauro.lateness"
    verbose_name = "Trễ hạn"
