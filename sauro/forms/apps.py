from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "sauro.forms"
    verbose_name = "Mẫu khai"
