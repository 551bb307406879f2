from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "ina.access"
    verbose_name = "Zugriff"
