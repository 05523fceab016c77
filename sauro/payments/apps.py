from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "sauro.payments"
    verbose_name = "Khoản phải nộp"
