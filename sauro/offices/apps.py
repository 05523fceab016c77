from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "sauro.offices"
    verbose_name = "Cơ quan, cán bộ"
