from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sauro.desk"
    verbose_name = "Bàn làm việc"
