"""Addresses of the reference data: keys, codes and days, never primary keys."""

from django.urls import path

from ina.web.reference.code_list import code_list, term_correct
from ina.web.reference.code_lists import code_lists
from ina.web.reference.holidays import holidays
from ina.web.reference.instrument_list import instrument_list
from ina.web.reference.occupations import occupation_group, occupations
from ina.web.reference.parameter import parameter, parameter_correct
from ina.web.reference.parameter_list import parameter_list
from ina.web.reference.places import places

urlpatterns = [
    path("werte/", parameter_list, name="parameter_list"),
    path("werte/listen/", code_lists, name="code_lists"),
    path("werte/listen/<slug:key>/", code_list, name="code_list"),
    path("werte/listen/<slug:key>/<str:code>/<str:day>/", term_correct, name="term_correct"),
    path("werte/orte/", places, name="places"),
    path("werte/feiertage/", holidays, name="holidays"),
    path("berufe/", occupations, name="occupations"),
    path("berufe/<str:kldb>/", occupation_group, name="occupation_group"),
    path("foerderungen/", instrument_list, name="instrument_list"),
    path("werte/<slug:key>/", parameter, name="parameter"),
    path("werte/<slug:key>/<str:day>/", parameter_correct, name="parameter_correct"),
]
