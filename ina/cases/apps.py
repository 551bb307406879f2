from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "ina.cases"
    verbose_name = "Fälle"

    def ready(self):
        from ina.cases import contributions

        contributions.register()
