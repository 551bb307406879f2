from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "ina.monitoring"
    verbose_name = "Monitoring"
