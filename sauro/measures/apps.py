from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "sauro.measures"
    verbose_name = "Số đo"
