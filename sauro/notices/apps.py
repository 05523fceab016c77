from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "sauro.notices"
    verbose_name = "Thông báo"
