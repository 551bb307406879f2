"""Addresses of organisations, by their stable key."""

from django.urls import path

from ina.web.institutions import upkeep
from ina.web.institutions.competent_offices import competent_offices
from ina.web.institutions.districts import districts
from ina.web.institutions.doubles import doubles, institution_merge
from ina.web.institutions.institution import institution
from ina.web.institutions.institution_directory import institution_csv, institution_directory
from ina.web.institutions.institution_districts import institution_districts
from ina.web.institutions.institution_list import institution_list
from ina.web.institutions.institution_regions import institution_regions
from ina.web.institutions.institution_sheet import institution_sheet
from ina.web.institutions.institutions_to_check import institutions_to_check
from ina.web.institutions.regions import regions

urlpatterns = [
    path("einrichtungen/", institution_list, name="institution_list"),
    path("einrichtungen/verzeichnis/", institution_directory, name="institution_directory"),
    path("einrichtungen/verzeichnis.csv", institution_csv, name="institution_csv"),
    path("einrichtungen/blatt/", institution_sheet, name="institution_sheet"),
    path("einrichtungen/pruefen/", institutions_to_check, name="institutions_to_check"),
    path("einrichtungen/doppelte/", doubles, name="doubles"),
    path("einrichtungen/regionen/", regions, name="regions"),
    path("einrichtungen/kreise/", districts, name="districts"),
    path("einrichtungen/neu/", upkeep.institution_new, name="institution_new"),
    path("einrichtungen/zustaendig/", competent_offices, name="competent_offices"),
    path("einrichtungen/<slug:key>/", institution, name="institution"),
    path("einrichtungen/<slug:key>/bearbeiten/", upkeep.institution_edit, name="institution_edit"),
    path("einrichtungen/<slug:key>/geprueft/", upkeep.institution_verify, name="institution_verify"),
    path("einrichtungen/<slug:key>/geprueft/zurueck/", upkeep.institution_unverify, name="institution_unverify"),
    path("einrichtungen/<slug:key>/ende/", upkeep.institution_close, name="institution_close"),
    path("einrichtungen/<slug:key>/regionen/", institution_regions, name="institution_regions"),
    path("einrichtungen/<slug:key>/kreise/", institution_districts, name="institution_districts"),
    path("einrichtungen/<slug:key>/zusammenlegen/", institution_merge, name="institution_merge"),
]
