from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "ina.network"
    verbose_name = "Vernetzung"

    def ready(self):
        from ina.access.operations.consents import on_consent_end
        from ina.documents.kinds import register_kind
        from ina.institutions.operations import on_merge
        from ina.network import calls, circle_paper, contributions, deadline_kinds, entry_kinds
        from ina.network.operations import stop_resting_on
        from ina.network.operations.merging import follow

        on_merge(follower=follow)
        on_consent_end(stop_resting_on)
        register_kind(circle_paper.KIND)
        deadline_kinds.register()
        contributions.register()
        calls.register()
        entry_kinds.register()
