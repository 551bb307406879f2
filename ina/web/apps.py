from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ina.web"
    verbose_name = "Seiten"
