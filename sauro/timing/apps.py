from django.apps import AppConfig


class TimingConfig(AppConfig):
    name = "sauro.timing"
    verbose_name = "Đồng hồ pháp lý"
