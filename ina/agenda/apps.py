from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "ina.agenda"
    verbose_name = "Termine und Aufgaben"
