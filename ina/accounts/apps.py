from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ina.accounts"
    verbose_name = "Konten"

    def ready(self):
        from ina.accounts import login_trail
        from ina.accounts.queries import people_at
        from ina.institutions.operations import on_merge

        login_trail.subscribe()
        on_merge(hindrance=people_at)
