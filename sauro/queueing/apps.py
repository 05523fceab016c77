from django.apps import AppConfig


class QueueingConfig(AppConfig):
    name = "sauro.queueing"
    verbose_name = "Lấy số, gọi số"
