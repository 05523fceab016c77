from django.apps import AppConfig


class OnestopConfig(AppConfig):
    name = "sauro.onestop"
    verbose_name = "Một cửa"

    def ready(self) -> None:
        from sauro.cases import kinds
        from sauro.onestop.rules import DOSSIER

        kinds.register(DOSSIER)
