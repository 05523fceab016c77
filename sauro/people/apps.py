from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sauro.people"
    verbose_name = "Người dân, tài khoản"
