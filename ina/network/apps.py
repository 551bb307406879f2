from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "ina.network"
    verbose_name = "Vernetzung"

    def ready(self):
        from ina.network import contributions

        contributions.register()
