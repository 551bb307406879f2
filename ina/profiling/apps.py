from django.apps import AppConfig


class ProfilingConfig(AppConfig):
    name = "ina.profiling"
    verbose_name = "Profiling"

    def ready(self):
        from ina.profiling import contributions, deadline_kinds, entry_kinds

        contributions.register()
        deadline_kinds.register()
        entry_kinds.register()
