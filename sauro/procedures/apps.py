from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "sauro.procedures"
    verbose_name = "Thủ tục hành chính"
