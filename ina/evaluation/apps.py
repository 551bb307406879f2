from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "ina.evaluation"
    verbose_name = "Auswertung"
