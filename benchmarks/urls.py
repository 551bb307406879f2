"""The application's addresses and the floors."""

from django.urls import include, path

from benchmarks import floors

urlpatterns = [
    path("bench/leer/", floors.empty),
    path("bench/formular/", floors.bare_form),
    path("", include("ina.config.urls")),
]
