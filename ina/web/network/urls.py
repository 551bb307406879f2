"""Addresses of the network: offers by their number, partners by the key of the organisation."""

from django.urls import path

from ina.web.network import agreements, contact_person, groups, offer_upkeep
from ina.web.network.inbox import inbox
from ina.web.network.inbox_item import inbox_item
from ina.web.network.link import link
from ina.web.network.offer import offer
from ina.web.network.offer_criteria import offer_criteria
from ina.web.network.offer_files import offer_csv, offer_import
from ina.web.network.offer_list import offer_list
from ina.web.network.opened_profile import opened_profile, opened_profiles
from ina.web.network.picture import network_picture

urlpatterns = [
    path("eingang/", inbox, name="inbox"),
    path("eingang/<slug:token>/", inbox_item, name="inbox_item"),
    # For people without an account: says nothing about what it is.
    path("r/<str:address>/", link, name="link"),
    path("freigegeben/", opened_profiles, name="opened_profiles"),
    path("freigegeben/<int:grant_id>/", opened_profile, name="opened_profile"),
    path("netzwerk/", offer_list, name="offer_list"),
    path("netzwerk/stellen/<slug:key>/neu/", offer_upkeep.offer_new, name="offer_new"),
    path("netzwerk/angebote/<int:offer_number>/", offer, name="offer"),
    path("netzwerk/angebote/<int:offer_number>/bearbeiten/", offer_upkeep.offer_edit, name="offer_edit"),
    path("netzwerk/angebote/<int:offer_number>/voraussetzungen/", offer_criteria, name="offer_criteria"),
    path("netzwerk/angebote/<int:offer_number>/geprueft/", offer_upkeep.offer_verify, name="offer_verify"),
    path("netzwerk/angebote/<int:offer_number>/ende/", offer_upkeep.offer_end, name="offer_end"),
    path("netzwerk/stellen/<slug:key>/ansprechperson/", contact_person.contact_person_new, name="contact_person_new"),
    path("netzwerk/ansprechpersonen/<int:pk>/", contact_person.contact_person, name="contact_person"),
    path("netzwerk/vereinbarungen/", agreements.agreement_list, name="agreement_list"),
    path("netzwerk/stellen/<slug:key>/vereinbarung/", agreements.agreement_new, name="agreement_new"),
    path("netzwerk/vereinbarungen/<int:agreement_number>/", agreements.agreement, name="agreement"),
    path(
        "netzwerk/vereinbarungen/<int:agreement_number>/bearbeiten/", agreements.agreement_edit, name="agreement_edit"
    ),
    path("netzwerk/angebote.csv", offer_csv, name="offer_csv"),
    path("netzwerk/einlesen/", offer_import, name="offer_import"),
    path("netzwerk/bild/", network_picture, name="network_picture"),
    path("netzwerk/kreise/", groups.group_list, name="group_list"),
    path("netzwerk/kreise/<int:group_number>/", groups.group, name="group"),
    path("netzwerk/kreise/<int:group_number>/<int:meeting_number>/", groups.meeting, name="meeting"),
]
