from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "ina.monitoring"
    verbose_name = "Monitoring"

    def ready(self):
        from ina.monitoring import contributions, deadline_kinds, documents, entry_kinds, followers, report_papers

        contributions.register()
        deadline_kinds.register()
        documents.register()
        report_papers.register()
        entry_kinds.register()
        followers.register()
