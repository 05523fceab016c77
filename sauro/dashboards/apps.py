from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "sauro.dashboards"
    verbose_name = "Bảng điều hành"
