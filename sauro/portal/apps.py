from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "sauro.portal"
    verbose_name = "Cổng dịch vụ công"
