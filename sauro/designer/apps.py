from django.apps import AppConfig


class DesignerConfig(AppConfig):
    name = "sauro.designer"
    verbose_name = "Thiết kế quy trình"
