from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "ina.documents"
    verbose_name = "Dokumente"

    def ready(self):
        from ina.documents.kinds import register_kind
        from ina.documents.letters import LETTER

        register_kind(LETTER)
