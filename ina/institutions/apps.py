from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "ina.institutions"
    verbose_name = "Einrichtungen"
