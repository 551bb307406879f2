from django.apps import AppConfig


class ProfilingConfig(AppConfig):
    name = "ina.profiling"
    verbose_name = "Profiling"

    def ready(self):
        from ina.profiling import contributions

        contributions.register()
