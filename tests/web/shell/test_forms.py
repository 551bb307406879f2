from datetime import date, timedelta

import pytest
from django import forms

from ina.base import clock
from ina.web.shell.forms import TODAY, FoldedForm, GermanDateField, field


@pytest.fixture(autouse=True)
def on_the_23rd(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))


class ContactForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    held_on = GermanDateField(label="Datum des Gesprächs", latest=TODAY)
    kind = forms.ChoiceField(label="Art", choices=[("t", "Telefon"), ("v", "Besuch")], widget=forms.RadioSelect)
    place = forms.ChoiceField(label="Ort", choices=[("a", "Anstalt")])
    told = forms.BooleanField(label="Person weiß davon", required=False)
    topics = forms.MultipleChoiceField(
        label="Themen", choices=[("w", "Wohnen")], widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label="Notiz", help_text="sehen: <alle>", widget=forms.Textarea, required=False)


def test_each_field_has_label_hint_and_kern_classes():
    html = str(ContactForm(initial={"version": 3}))
    assert '<input type="hidden" name="version" value="3" id="id_version">' in html
    assert '<label class="kern-label" for="id_held_on">Datum des Gesprächs</label>' in html
    assert 'inputmode="numeric"' in html
    assert 'id="id_held_on_helptext">TT.MM.JJJJ, „heute“ oder „−2“</div>' in html
    assert 'class="kern-form-input__input"' in html
    assert '<div class="kern-form-input__select-wrapper"><select' in html
    assert 'class="kern-form-input__select"' in html
    assert 'class="kern-form-check__radio"' in html
    assert html.count('class="kern-form-check__checkbox"') == 2
    assert "sehen: &lt;alle&gt;" in html
    assert "autofocus" not in html
    assert "style=" not in html


def test_what_need_not_be_filled_in_says_so():
    html = str(ContactForm())
    assert html.count("freiwillig") == 2  # topics and note; a tick is neither
    assert "Datum des Gesprächs <span" not in html


def test_a_group_of_radios_is_one_fieldset_with_a_legend():
    html = str(ContactForm()["kind"].as_field_group())
    assert html.startswith('<fieldset class="ina-pick" id="id_kind" tabindex="-1"><legend>Art</legend>')
    assert '<label class="kern-label" for="id_kind_1">Besuch</label>' in html


def test_an_error_stands_beside_its_field_and_in_the_summary():
    form = ContactForm({"version": "1", "held_on": "30.11.2026", "place": "a", "note": "bleibt"})
    html = str(form)
    assert "Zwei Angaben stimmen noch nicht." in html
    assert '<a href="#id_held_on">Datum des Gesprächs: Der 30.11.2026 liegt in der Zukunft.</a>' in html
    assert '<a href="#id_kind">Art:' in html
    assert 'aria-invalid="true" aria-describedby="id_held_on_helptext id_held_on_error"' in html
    assert 'id="id_held_on_error"' in html
    assert 'class="kern-form-input__input kern-form-input__input--error"' in html
    assert '<fieldset class="ina-pick kern-form-input--error" id="id_kind"' in html
    assert 'value="30.11.2026"' in html and ">\nbleibt</textarea>" in html


def test_one_error_of_the_whole_form_heads_the_summary():
    form = ContactForm({"version": "1", "held_on": "heute", "kind": "t", "place": "a"})
    form.add_error(None, "Für diesen Tag gibt es schon ein Gespräch.")
    assert '<span class="kern-title">Für diesen Tag gibt es schon ein Gespräch.</span>' in str(form)


def test_a_correct_form_shows_no_summary():
    assert "kern-alert" not in str(ContactForm({"version": "1", "held_on": "heute", "kind": "t", "place": "a"}))


@pytest.mark.parametrize(
    ("options", "text", "sentence"),
    [
        ({"latest": TODAY}, "morgen", "Der 24.11.2026 liegt in der Zukunft."),
        ({"earliest": TODAY}, "gestern", "Der 22.11.2026 liegt in der Vergangenheit."),
        ({"latest": timedelta(days=10)}, "+11", "Der 04.12.2026 liegt nach dem 03.12.2026."),
        ({"earliest": date(2026, 1, 1)}, "31.12.2025", "Der 31.12.2025 liegt vor dem 01.01.2026."),
        ({}, "1.1.1890", "Der 01.01.1890 liegt vor dem"),
        ({}, "1.1.3000", "Der 01.01.3000 liegt nach dem"),
        ({}, "bald", "„bald“ ist kein Datum."),
        ({}, "", "Dieses Feld ist zwingend erforderlich."),
    ],
)
def test_a_day_outside_its_bounds_is_refused_in_a_sentence(options, text, sentence):
    with pytest.raises(forms.ValidationError) as caught:
        GermanDateField(**options).clean(text)
    assert caught.value.messages[0].startswith(sentence)


def test_a_day_shows_as_it_is_written_here_and_may_be_left_out():
    held_on = GermanDateField(required=False)
    assert held_on.prepare_value(date(2027, 2, 1)) == "01.02.2027"
    assert held_on.prepare_value("bald") == "bald"
    assert held_on.clean("  ") is None


def test_a_field_comes_from_its_column():
    title = field("reference.Page.title", help_text="kurz")
    assert (title.label, title.max_length, title.required, title.help_text) == ("Titel", 120, True, "kurz")


def test_a_field_of_no_column_is_an_error():
    with pytest.raises(LookupError):
        field("reference.Nothing.title")


class Detailed(FoldedForm):
    folded = ("remark",)
    name = forms.CharField(label="Name")
    remark = forms.CharField(label="Bemerkung", required=False, max_length=5)


def test_what_is_not_needed_is_folded_away():
    html = str(Detailed())
    assert '<details class="ina-more"><summary>Weitere Angaben, freiwillig</summary>' in html
    assert html.index("Name") < html.index("<details") < html.index("Bemerkung")


@pytest.mark.parametrize("remark", ["eilt", "viel zu lang"])
def test_what_says_something_or_is_wrong_is_not_out_of_sight(remark):
    assert '<details class="ina-more" open>' in str(Detailed({"name": "", "remark": remark}))
    assert '<details class="ina-more" open>' in str(Detailed(initial={"remark": "eilt"}))


def test_what_is_asked_for_does_not_call_itself_voluntary():
    form = Detailed()
    form.fields["remark"].asked_for = True
    assert "freiwillig</span>" in str(Detailed()) and "freiwillig</span>" not in str(form)
