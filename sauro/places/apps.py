from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "sauro.places"
    verbose_name = "Đơn vị hành chính"
