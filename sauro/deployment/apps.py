from django.apps import AppConfig


class DeploymentConfig(AppConfig):
    name = "sauro.deployment"
    verbose_name = "Triển khai"
