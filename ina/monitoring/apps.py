from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "ina.monitoring"
    verbose_name = "Monitoring"

    def ready(self):
        from ina.monitoring import contributions

        contributions.register()
