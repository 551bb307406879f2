"""Addresses of organisations, by their stable key."""

from django.urls import path

from ina.web.institutions import upkeep
from ina.web.institutions.competent_offices import competent_offices
from ina.web.institutions.institution import institution
from ina.web.institutions.institution_list import institution_list

urlpatterns = [
    path("einrichtungen/", institution_list, name="institution_list"),
    path("einrichtungen/neu/", upkeep.institution_new, name="institution_new"),
    path("einrichtungen/zustaendig/", competent_offices, name="competent_offices"),
    path("einrichtungen/<slug:key>/", institution, name="institution"),
    path("einrichtungen/<slug:key>/bearbeiten/", upkeep.institution_edit, name="institution_edit"),
    path("einrichtungen/<slug:key>/geprueft/", upkeep.institution_verify, name="institution_verify"),
    path("einrichtungen/<slug:key>/ende/", upkeep.institution_close, name="institution_close"),
]
