"""The application's addresses and the floors."""

from django.urls import include, path

from benchmarks import floors, thin

urlpatterns = [
    path("bench/leer/", floors.empty),
    path("bench/formular/person/", floors.bare_person),
    path("bench/formular/kontakt/", floors.bare_contact),
    path("bench/duenn/", thin.thin_list),
    path("bench/admin/", thin.site.urls),
    path("", include("ina.config.urls")),
]

handler400 = "ina.web.shell.errors.bad_request"
handler403 = "ina.web.shell.errors.forbidden"
handler404 = "ina.web.shell.errors.not_found"
handler500 = "ina.web.shell.errors.server_error"
