from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "ina.reference"
    verbose_name = "Stammdaten mit Geltungsdatum"
