from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "ina.planning"
    verbose_name = "Planung"

    def ready(self):
        from ina.planning import contributions

        contributions.register()
