from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ina.audit"
    verbose_name = "Protokoll"

    def ready(self):
        from ina.audit.trail import record_operation
        from ina.base import operation

        if record_operation not in operation.recorders:
            operation.recorders.append(record_operation)
