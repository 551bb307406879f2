"""The field for an occupation: typing, offers, choice; with the fragment and without script."""

import pytest
from django import forms

from ina.web.shell.occupations import ChosenOccupation, OccupationField

pytestmark = pytest.mark.django_db
ADDRESS = "/berufe/suche/"


class WishForm(forms.Form):
    wish = OccupationField(label="Zielberuf")
    past = OccupationField(label="Früher", required=False, words_enough=True)


def sent(text="", kldb="", offered=None, **more) -> WishForm:
    offered = text if offered is None else offered
    return WishForm({"wish_text": text, "wish_kldb": kldb, "wish_for": offered, **more})


def test_the_first_sending_offers_and_the_second_keeps_the_choice():
    first = sent("Schweiser", offered="")
    assert not first.is_valid() and "Bitte wählen Sie den passenden Beruf" in str(first.errors)
    html = str(first)
    assert 'value="Schweiser"' in html and 'name="wish_for" value="Schweiser"' in html
    assert 'name="wish_kldb" id="id_wish_24422"' in html
    second = sent("Schweiser", "24422")
    assert second.is_valid()
    assert second.cleaned_data["wish"] == ChosenOccupation("24422", "Schweißer/in", "Schweiser")


def test_a_choice_that_belongs_to_other_words_is_asked_again():
    assert not sent("Maurer", "24422", offered="Schweiser").is_valid()
    assert not sent("Maurer", "99999").is_valid()


def test_without_words_a_wish_is_missing_and_a_past_job_is_not():
    form = sent()
    assert not form.is_valid() and list(form.errors) == ["wish"]
    assert sent("Schweiser", "24422").is_valid()


def test_words_alone_are_kept_only_where_they_are_enough():
    words = {"past_text": "Xylofonstimmer", "past_kldb": "none", "past_for": "Xylofonstimmer"}
    form = sent("Schweiser", "24422", **words)
    assert form.is_valid() and form.cleaned_data["past"] == ChosenOccupation("", "Xylofonstimmer", "Xylofonstimmer")
    assert not sent("Schweiser", "none").is_valid()


@pytest.mark.parametrize("text", ["???", "a" * 201, "\x00"])
def test_what_is_no_occupation_is_said_and_does_no_harm(text):
    assert not sent(text).is_valid()


def test_what_was_chosen_before_stays_even_if_no_search_finds_it():
    known = ChosenOccupation("12345", "Alter Name", "ganz was anderes")
    data = {"wish_text": known.said, "wish_kldb": "12345", "wish_for": known.said}
    form = WishForm(data, initial={"wish": known})
    assert form.is_valid() and form.cleaned_data["wish"] == known and form.changed_data == []
    html = str(WishForm(initial={"wish": known}))
    assert "Alter Name" in html and 'value="12345" checked' in html


def test_each_part_has_a_label_and_the_error_leads_to_the_words():
    html = str(sent("Schweiser", offered=""))
    assert '<label class="kern-label" for="id_wish_text">Zielberuf</label>' in html
    assert 'href="#id_wish_text"' in html and "<legend" in html and "style=" not in html


def test_the_fragment_offers_what_the_whole_page_would(people, client_of, words):
    answer = client_of(people.alma).get(ADDRESS, {"feld": "wish", "wish_text": "Schweiser"})
    text = answer.content.decode()
    assert answer.status_code == 200 and 'name="wish_kldb" id="id_wish_24422"' in text and "checked" not in text
    assert text.strip() in str(sent("Schweiser", offered=""))


def test_the_fragment_takes_names_of_fields_only_and_writes_no_markup(people, client_of):
    answer = client_of(people.alma).get(ADDRESS, {"feld": '"><b>', "q": "<script>"})
    assert answer.status_code == 200 and b"<b>" not in answer.content and b"<script>" not in answer.content


def test_whoever_is_not_logged_in_is_sent_to_log_in(client):
    assert client.get(ADDRESS, {"q": "Maurer"}).status_code == 302
