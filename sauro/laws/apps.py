from django.apps import AppConfig


class LawsConfig(AppConfig):
    name = "sauro.laws"
    verbose_name = "Văn bản pháp luật"
