from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "ina.monitoring"
    verbose_name = "Monitoring"

    def ready(self):
        from ina.monitoring import contributions, deadline_kinds, documents, entry_kinds, followers

        contributions.register()
        deadline_kinds.register()
        documents.register()
        entry_kinds.register()
        followers.register()
