from django.apps import AppConfig


class OnestopConfig(AppConfig):
    name = "sauro.onestop"
    verbose_name = "Một cửa"

    def ready(self) -> None:
        from sauro.cases import kinds, recomputing
        from sauro.onestop import retiming
        from sauro.onestop.rules import DOSSIER

        kinds.register(DOSSIER)
        recomputing.register(DOSSIER.code, retiming.reckon)
