"""Addresses of the case: German nouns, public numbers, never a primary key of a person's table."""

from django.urls import path

from ina.web.cases.admission import admission
from ina.web.cases.case_list import case_list
from ina.web.cases.case_new import case_new
from ina.web.cases.closing import closing
from ina.web.cases.consents import consents
from ina.web.cases.contacts import contacts
from ina.web.cases.file import file
from ina.web.cases.first_talk import first_talk
from ina.web.cases.network import network
from ina.web.cases.outcomes import outcomes
from ina.web.cases.person import person
from ina.web.cases.plan import plan
from ina.web.cases.prison_list import prison_list
from ina.web.cases.prison_list_rows import prison_list_rows
from ina.web.cases.profiling import profiling
from ina.web.cases.release_dates import release_dates

urlpatterns = [
    path("faelle/", case_list, name="case_list"),
    path("faelle/neu/", case_new, name="case_new"),
    path("gefangenenliste/", prison_list, name="prison_list"),
    path("gefangenenliste/<int:import_id>/", prison_list_rows, name="prison_list_rows"),
    path("akten/<str:number>/", file, name="file"),
    path("akten/<str:number>/aufnahme/", admission, name="admission"),
    path("akten/<str:number>/gespraech/", first_talk, name="first_talk"),
    path("akten/<str:number>/profiling/", profiling, name="profiling"),
    path("akten/<str:number>/plan/", plan, name="plan"),
    path("akten/<str:number>/netzwerk/", network, name="network"),
    path("akten/<str:number>/kontakte/", contacts, name="contacts"),
    path("akten/<str:number>/termine/", release_dates, name="release_dates"),
    path("akten/<str:number>/verbleib/", outcomes, name="outcomes"),
    path("akten/<str:number>/abschluss/", closing, name="closing"),
    path("akten/<str:number>/einwilligungen/", consents, name="consents"),
    path("akten/<str:number>/person/", person, name="person"),
]
