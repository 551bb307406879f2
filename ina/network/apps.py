from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "ina.network"
    verbose_name = "Vernetzung"
