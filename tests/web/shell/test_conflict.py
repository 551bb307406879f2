from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from ina.web.shell.conflict import compare, remember_shown, settle
from ina.web.shell.forms import GermanDateField


class StepForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    due_on = GermanDateField(label="Termin")
    state = forms.ChoiceField(label="Stand", choices=[("r", "läuft"), ("o", "offen")])
    told = forms.BooleanField(label="gesagt", required=False)
    topics = forms.MultipleChoiceField(label="Themen", choices=[("w", "Wohnen"), ("a", "Arbeit")], required=False)
    note = forms.CharField(label="Notiz", required=False)


SHOWN = {"version": 1, "due_on": date(2026, 12, 1), "state": "r", "told": True, "topics": ["w"], "note": "alt"}


def posted(**changes):
    """What a browser sends: the values that were shown (hidden), and what became of them."""
    form = StepForm(initial=SHOWN)
    remember_shown(form)
    data = QueryDict(mutable=True)
    before = {"due_on": ["01.12.2026"], "state": ["r"], "told": ["on"], "topics": ["w"], "note": ["alt"]}
    for name, values in before.items():
        data.setlist(f"initial-{name}", values)
        data.setlist(name, changes.get(name, values))
    data["version"] = "1"
    return data


def compared(present, **changes):
    form = StepForm(posted(**changes), initial=present)
    remember_shown(form)
    assert form.is_valid(), form.errors
    return compare(form, StepForm, present, "Bert war schneller.")


def test_what_both_changed_is_asked_and_the_stored_value_is_preselected():
    form = compared(SHOWN | {"version": 2, "due_on": date(2026, 12, 4)}, due_on=["15.12.2026"])
    (difference,) = form.differences
    assert (difference.label, difference.stored, difference.entered) == ("Termin", "04.12.2026", "15.12.2026")
    assert difference.open
    html = str(form)
    assert 'name="use-due_on" id="use-due_on-1" value="stored" checked' in html
    assert "Bert war schneller." in html


def test_what_only_the_reader_changed_is_kept():
    form = compared(SHOWN | {"version": 2, "state": "o"}, note=["neu"])
    (difference,) = form.differences
    assert (difference.name, difference.entered, difference.open) == ("note", "neu", False)
    assert form.data["note"] == "neu"


def test_what_only_the_other_one_changed_stays_as_stored():
    form = compared(SHOWN | {"version": 2, "state": "o", "told": False, "topics": ["w", "a"]}, note=["neu"])
    assert form.data["state"] == "o"
    assert form.data.getlist("told") == []
    assert form.data.getlist("topics") == ["w", "a"]


def test_the_next_post_carries_the_new_version_and_what_was_compared():
    form = compared(SHOWN | {"version": 7, "note": "fremd"}, note=["mein"])
    assert form.data["version"] == "7"
    assert form.data["initial-note"] == "fremd"
    html = str(form)
    assert '<input type="hidden" name="version" value="7"' in html
    assert '<input type="hidden" name="note" value="mein"' in html


def test_the_same_change_twice_is_no_difference():
    form = compared(SHOWN | {"version": 2, "note": "gleich"}, note=["gleich"])
    assert form.differences == []
    assert "steht dort schon so" in str(form)


@pytest.mark.parametrize(
    ("name", "present", "values"),
    [
        ("note", {"note": "fremd"}, ["fremd"]),
        ("due_on", {"due_on": date(2026, 12, 4)}, ["04.12.2026"]),
        ("told", {"told": False}, []),
        ("topics", {"topics": ["a", "w"]}, ["a", "w"]),
    ],
)
def test_choosing_the_stored_value_posts_it(name, present, values):
    data = posted(note=["mein"])
    data[f"use-{name}"] = "stored"
    assert settle(data, StepForm, SHOWN | present).getlist(name) == values


def test_choosing_the_own_value_or_an_unknown_field_changes_nothing():
    data = posted(note=["mein"])
    data["use-note"], data["use-nothing"] = "entered", "stored"
    assert settle(data, StepForm, SHOWN | {"note": "fremd"})["note"] == "mein"
