from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "ina.network"
    verbose_name = "Vernetzung"

    def ready(self):
        from ina.network import calls, contributions, entry_kinds

        contributions.register()
        calls.register()
        entry_kinds.register()
