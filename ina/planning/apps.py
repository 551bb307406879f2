from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "ina.planning"
    verbose_name = "Planung"

    def ready(self):
        from ina.planning import contributions, deadline_kinds, documents, entry_kinds, following

        contributions.register()
        deadline_kinds.register()
        documents.register()
        entry_kinds.register()
        following.register()
