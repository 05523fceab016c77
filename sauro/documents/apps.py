from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "sauro.documents"
    verbose_name = "Văn bản, giấy tờ"
