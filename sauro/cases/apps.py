from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "sauro.cases"
    verbose_name = "Hồ sơ công việc"
