"""One entry: what it says and said before, the two forms, the comparison when somebody was faster."""

import pytest
from django.urls import reverse

from ina.cases.corrections import entry_kinds
from ina.cases.enums import State
from tests.factories.cases import case_for
from tests.factories.steps import AFTER_RELEASE, IN_CUSTODY, tell_the_prison
from tests.web.cases.test_contacts import CONTACT

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(alma, case):
    alma.post(reverse("contacts", args=[case.number]), CONTACT)
    return reverse("entry", args=[case.number, "kontakt", 1])


def filled(answer, name="correct", **changes):
    form = answer.context[name]
    shown = {bound.html_name: bound.value() for bound in form}
    shown |= {bound.html_initial_name: bound.value() for bound in form if bound.field.show_hidden_initial}
    shown["formular"] = name
    plain = {key: f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else value for key, value in shown.items()}
    return {key: value for key, value in plain.items() if value not in (None, False)} | changes


def test_a_correction_is_kept_with_its_reason(alma, url, words):
    page = alma.get(url)
    assert "Dieser Eintrag steht so da, wie er eingetragen wurde" in words(page)
    answer = alma.post(url, filled(page, place="Büro", because="Ort vergessen"), follow=True)
    said = words(answer)
    assert "Berichtigt." in said and "Büro" in said
    assert "geändert von Alma Ahorn, weil: Ort vergessen" in said and "später geändert" in said


def test_a_voided_entry_is_struck_through_everywhere(alma, case, url, words):
    answer = alma.post(url, filled(alma.get(url), "void", because="falsche Akte"), follow=True)
    said = words(answer)
    assert "storniert am 23.11.2026 von Alma Ahorn, weil: falsche Akte" in said
    assert answer.context["correct"] is None and answer.context["void"] is None
    for page in ("contacts", "file"):
        listed = alma.get(reverse(page, args=[case.number]))
        assert "falsche Akte" in words(listed) and "<s>" in listed.content.decode()
    assert alma.post(url, {"formular": "void", "version": 2, "because": "noch einmal"}).status_code == 403


def test_without_a_reason_nothing_happens(alma, url):
    page = alma.get(url)
    for name in ("correct", "void"):
        answer = alma.post(url, filled(page, name, because=""))
        assert answer.status_code == 422 and list(answer.context[name].errors) == ["because"]


def test_what_cannot_be_stays_in_the_form(alma, url, words):
    answer = alma.post(url, filled(alma.get(url), happened_on="30.12.2026", next_on="", because="Tag falsch"))
    assert answer.status_code == 422 and "liegt in der Zukunft" in words(answer)


def test_somebody_was_faster(alma, url, words):
    page = alma.get(url)
    alma.post(url, filled(page, place="Büro", because="Ort vergessen"))
    late = alma.post(url, filled(page, place="Werkstatt", because="Ort vergessen"))
    said = words(late)
    assert late.status_code == 409 and "Büro" in said and "Werkstatt" in said
    assert alma.post(url, filled(page, "void", because="falsch")).status_code == 409


def test_fragment(alma, url):
    answer = alma.post(url, {"formular": "void"}, headers={"HX-Request": "true", "HX-Target": "void"})
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="void"')


def test_readers_see_the_entry_and_strangers_nothing(people, client_of, url, words):
    jan = client_of(people.jan).get(url)
    assert jan.status_code == 200 and jan.context["correct"] is None and jan.context["void"] is None
    assert "Sorge um den Führerschein" in words(jan) and "Fallführung" in words(jan)
    assert client_of(people.jan).post(url, {"formular": "void", "because": "x", "version": 1}).status_code == 403
    assert client_of(people.cem).get(url).status_code == 404


@pytest.mark.parametrize("missing", ["kontakt/2", "kontakt/0", "kontakt/99999999999999999999", "nichts/1"])
def test_what_does_not_exist_is_a_plain_404(alma, url, missing):
    assert alma.get(url.replace("kontakt/1", missing)).status_code == 404


@pytest.mark.parametrize("kind", entry_kinds(), ids=lambda kind: kind.key)
def test_every_kind_has_its_page(people, alma, now, act_as, kind):
    """Of whatever kinds there are in two files; the forms show what is stored, so that sending them changes nothing."""
    inside, released = case_for(people.alma), case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        for step in IN_CUSTODY:
            if step is not tell_the_prison:
                step(actor, inside, now)
        for step in AFTER_RELEASE:
            step(actor, released, now)
    listed = alma.get(reverse("entry_list", args=[inside.number])).content.decode()
    seen = 0
    for made in (inside, released):
        url = reverse("entry", args=[made.number, kind.key, 1])
        page = alma.get(url)
        assert made is released or (page.status_code == 200) is (url in listed)
        if page.status_code == 404:
            continue
        seen += 1
        assert (page.context["correct"] is not None) is (kind.correct is not None)
        if kind.correct:
            answer = alma.post(url, filled(page, because="es ändert sich nichts"))
            assert answer.status_code == 422 and "nichts geändert" in answer.content.decode()
    assert seen or kind.key in NOT_MADE


# Made in tests/cases/test_corrections.py only.
NOT_MADE = {"besonderes", "name", "vertretung", "mitteilung"}
