from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "ina.cases"
    verbose_name = "Fälle"

    def ready(self):
        from ina.access.jobs import register_guard
        from ina.access.operations.consents import on_consent, on_consent_end, register_signatures
        from ina.agenda.changed import on_change
        from ina.cases import contributions, deadline_kinds, entry_kinds
        from ina.cases.documents import registered
        from ina.cases.operations import consent_duties
        from ina.cases.operations.deaths import skip_for_the_dead
        from ina.cases.operations.guardians import require_guardian
        from ina.cases.operations.worklist import refresh_due

        contributions.register()
        register_guard(skip_for_the_dead)
        register_signatures(require_guardian)
        on_consent(consent_duties.recorded)
        on_consent_end(consent_duties.ended)
        deadline_kinds.register()
        registered.register()
        entry_kinds.register()
        on_change(refresh_due)
