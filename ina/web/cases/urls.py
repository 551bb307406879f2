"""Addresses of the case: German nouns, public numbers, never a primary key of a person's table."""

from django.urls import path

from ina.web.cases.admission import admission
from ina.web.cases.aftercare import aftercare
from ina.web.cases.applications import applications
from ina.web.cases.appointment import appointment
from ina.web.cases.appointment_new import appointment_new
from ina.web.cases.case_again import case_again
from ina.web.cases.case_new import case_new
from ina.web.cases.closing import closing
from ina.web.cases.conferences import conferences
from ina.web.cases.consents import consents
from ina.web.cases.contacts import contacts
from ina.web.cases.crises import crises
from ina.web.cases.disclosure import disclosure, disclosure_letter
from ina.web.cases.disclosures import disclosures
from ina.web.cases.entry import entry
from ina.web.cases.entry_list import entry_list
from ina.web.cases.events import case_events
from ina.web.cases.file import file
from ina.web.cases.first_talk import first_talk
from ina.web.cases.fitting_offers import fitting_offers
from ina.web.cases.forecast import forecast
from ina.web.cases.guardians import guardians
from ina.web.cases.handover import handover, handover_sheet
from ina.web.cases.handovers import handovers
from ina.web.cases.intake import intake, intake_paper
from ina.web.cases.link_requests import link_requests
from ina.web.cases.measures import measures
from ina.web.cases.network import network
from ina.web.cases.notes import notes
from ina.web.cases.outcomes import outcomes
from ina.web.cases.overrides import overrides
from ina.web.cases.own import own_page_behind
from ina.web.cases.own_page import own_page
from ina.web.cases.papers import paper_sheet, papers
from ina.web.cases.person import person
from ina.web.cases.person_names import person_names
from ina.web.cases.plan import plan
from ina.web.cases.plan_compare import plan_compare
from ina.web.cases.prison_list import prison_list, take_over, take_over_template
from ina.web.cases.prison_list_rows import prison_list_errors, prison_list_rows
from ina.web.cases.profiling import profiling
from ina.web.cases.profiling_compare import profiling_compare
from ina.web.cases.release_calls import release_calls
from ina.web.cases.release_dates import release_dates
from ina.web.cases.release_folder import release_folder
from ina.web.cases.release_preview import release_preview
from ina.web.cases.same_person import same_person
from ina.web.cases.standards import standards
from ina.web.cases.task import task
from ina.web.cases.tasks import tasks
from ina.web.cases.timeline import timeline
from ina.web.cases.visible_circle import visible_circle
from ina.web.desk.allocation import allocation
from ina.web.desk.calendar import calendar, calendar_feed
from ina.web.desk.case_list import case_list
from ina.web.desk.case_list_csv import case_list_csv
from ina.web.desk.contact_batch import contact_batch
from ina.web.desk.find import find
from ina.web.desk.gate import emergency_list, gate
from ina.web.desk.list_exports import list_export_file, list_exports
from ina.web.desk.my_tasks import my_tasks
from ina.web.desk.saved_views import saved_views
from ina.web.desk.today import today_page
from ina.web.desk.week import week

urlpatterns = [
    path("heute/", today_page, name="today_page"),
    path("faelle/", case_list, name="case_list"),
    path("faelle/liste.csv", case_list_csv, name="case_list_csv"),
    path("faelle/auszuege/", list_exports, name="list_exports"),
    path("faelle/auszuege/<int:export_id>/faelle.xlsx", list_export_file, name="list_export_file"),
    path("faelle/ansichten/", saved_views, name="saved_views"),
    path("faelle/zuteilung/", allocation, name="allocation"),
    path("faelle/tor/", gate, name="gate"),
    path("faelle/notfallliste/", emergency_list, name="emergency_list"),
    path("faelle/neu/", case_new, name="case_new"),
    path("suche/", find, name="find"),
    path("aufgaben/", my_tasks, name="my_tasks"),
    path("termine/", week, name="week"),
    path("kontakte/tag/", contact_batch, name="contact_batch"),
    path("termine/kalender/", calendar, name="calendar"),
    path("kalender/<str:address>.ics", calendar_feed, name="calendar_feed"),
    path("uebergaben/", handovers, name="handovers"),
    path("gefangenenliste/", prison_list, name="prison_list"),
    path("gefangenenliste/<int:import_id>/", prison_list_rows, name="prison_list_rows"),
    path("gefangenenliste/<int:import_id>/fehler.csv", prison_list_errors, name="prison_list_errors"),
    path("laufende-faelle/", take_over, name="take_over"),
    path("laufende-faelle/vorlage.csv", take_over_template, name="take_over_template"),
    path("auswertung/prognosen/", forecast, name="forecast"),
    path("akten/<str:number>/", file, name="file"),
    path("akten/<str:number>/aufgaben/", tasks, name="tasks"),
    path("akten/<str:number>/aufgaben/<int:place>/", task, name="task"),
    path("akten/<str:number>/verlauf/", timeline, name="timeline"),
    path("akten/<str:number>/kreis/", visible_circle, name="visible_circle"),
    path("akten/<str:number>/neuer-fall/", case_again, name="case_again"),
    path("akten/<str:number>/aufnahmebogen/", intake, name="intake"),
    path("akten/<str:number>/aufnahmebogen/drucken/", intake_paper, name="intake_paper"),
    path("akten/<str:number>/blaetter/", papers, name="papers"),
    path("akten/<str:number>/blaetter/<slug:sheet>/", paper_sheet, name="paper_sheet"),
    path("akten/<str:number>/aufnahme/", admission, name="admission"),
    path("akten/<str:number>/gespraech/", first_talk, name="first_talk"),
    path("akten/<str:number>/profiling/", profiling, name="profiling"),
    path("akten/<str:number>/profiling/vergleich/", profiling_compare, name="profiling_compare"),
    path("akten/<str:number>/plan/", plan, name="plan"),
    path("akten/<str:number>/plan/konferenzen/", conferences, name="conferences"),
    path("akten/<str:number>/plan/vergleich/", plan_compare, name="plan_compare"),
    path("akten/<str:number>/plan/vollzug/", measures, name="measures"),
    path("akten/<str:number>/mindeststandards/", standards, name="standards"),
    path("akten/<str:number>/antraege/", applications, name="applications"),
    path("akten/<str:number>/mappe/", release_folder, name="release_folder"),
    path("akten/<str:number>/nachsorge/", aftercare, name="aftercare"),
    path("akten/<str:number>/eigene-seite/", own_page, name="own_page"),
    # For the person, without an account: says nothing about what it is.
    path("m/<str:address>/", own_page_behind, name="own_page_behind"),
    path("akten/<str:number>/krise/", crises, name="crises"),
    path("akten/<str:number>/netzwerk/", network, name="network"),
    path("akten/<str:number>/netzwerk/angebote/", fitting_offers, name="fitting_offers"),
    path("akten/<str:number>/notfall-weitergabe/", overrides, name="overrides"),
    path("akten/<str:number>/uebermittlungen/", disclosures, name="disclosures"),
    path("akten/<str:number>/uebermittlungen/<int:place>/", disclosure, name="disclosure"),
    path("akten/<str:number>/uebermittlungen/<int:place>/brief.pdf", disclosure_letter, name="disclosure_letter"),
    path("akten/<str:number>/notizen/", notes, name="notes"),
    path("akten/<str:number>/kontakte/", contacts, name="contacts"),
    path("akten/<str:number>/verabredungen/neu/", appointment_new, name="appointment_new"),
    path("akten/<str:number>/verabredungen/<int:place>/", appointment, name="appointment"),
    path("akten/<str:number>/termine/", release_dates, name="release_dates"),
    path("akten/<str:number>/termine/vorschau/", release_preview, name="release_preview"),
    path("akten/<str:number>/termine/anrufe/", release_calls, name="release_calls"),
    path("akten/<str:number>/eintraege/", entry_list, name="entry_list"),
    path("akten/<str:number>/eintraege/<str:kind>/<int:ordinal>/", entry, name="entry"),
    path("akten/<str:number>/verbleib/", outcomes, name="outcomes"),
    path("akten/<str:number>/ereignisse/", case_events, name="case_events"),
    path("akten/<str:number>/abschluss/", closing, name="closing"),
    path("akten/<str:number>/uebergabe/", handover, name="handover"),
    path("akten/<str:number>/uebergabe/protokoll/", handover_sheet, name="handover_sheet"),
    path("akten/<str:number>/einwilligungen/", consents, name="consents"),
    path("akten/<str:number>/person/", person, name="person"),
    path("akten/<str:number>/person/namen/", person_names, name="person_names"),
    path("akten/<str:number>/person/vertretung/", guardians, name="guardians"),
    path("akten/<str:number>/person/weitere-akten/", same_person, name="same_person"),
    path("anfragen/", link_requests, name="link_requests"),
]
