from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ina.accounts"
    verbose_name = "Konten"

    def ready(self):
        from ina.accounts import login_trail

        login_trail.subscribe()
