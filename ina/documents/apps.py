from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "ina.documents"
    verbose_name = "Dokumente"
