from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "sauro.assistant"
    verbose_name = "Trợ lý"
