from django.apps import AppConfig


class ProfilingConfig(AppConfig):
    name = "ina.profiling"
    verbose_name = "Profiling"

    def ready(self):
        from ina.profiling import contributions, deadline_kinds, documents, entry_kinds
        from ina.profiling.schemes import all_schemes

        contributions.register()
        deadline_kinds.register()
        documents.register()
        entry_kinds.register()
        # A scheme file with a wrong rule stops the start, with file and line.
        all_schemes()
