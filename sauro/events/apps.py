from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "sauro.events"
    verbose_name = "Nhật ký sự kiện"
