"""Addresses that belong to no area."""

from django.urls import path

from ina.web.shell import entrance, occupations, views
from ina.web.shell.interface_list import interface_list

urlpatterns = [
    path("", views.today, name="today"),
    path("stelle/", views.switch_position, name="switch_position"),
    path("sperren/", entrance.lock, name="lock"),
    path("gesperrt/", entrance.unlock, name="unlock"),
    path("entwurf/", views.draft_keep, name="draft_keep"),
    path("entwurf/verwerfen/", views.draft_discard, name="draft_discard"),
    path("berufe/nummer/", occupations.occupation_codes, name="occupation_codes"),
    path("berufe/suche/", occupations.occupation_search, name="occupation_search"),
    path("schnittstellen/", interface_list, name="interface_list"),
    path("neuerungen/", views.changelog, name="changelog"),
    path("seiten/<slug:slug>/bearbeiten/", views.edit_text_page, name="page_edit"),
    *[path(f"{slug}/", views.text_page, {"slug": slug}, name=name) for slug, name in views.TEXT_PAGES.items()],
]
