from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ina.accounts"
    verbose_name = "Konten"
