"""Termine of a case: agreeing, the page of one, what became of it; said on the tab „Kontakte“."""

from datetime import date, time

import pytest
from django.urls import reverse

from ina.accounts.models import Membership
from ina.cases.enums import State
from ina.monitoring.models import Appointment, Contact
from ina.monitoring.operations import agree_appointment
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
TITLE = "Bewerbung durchsprechen"
AGREED = {"formular": "agree", "title": TITLE, "on": "+3", "at": "9.30", "minutes": "45", "place": "JVA, Raum 2"}
WHY = "a test looks at what it made"


@pytest.fixture
def new(case):
    return reverse("appointment_new", args=[case.number])


@pytest.fixture
def contacts(case):
    return reverse("contacts", args=[case.number])


@pytest.fixture
def row_of(people, act_as):
    """The only appointment of a case, as stored."""

    def read(made) -> Appointment:
        with act_as(people.alma):
            return Appointment.objects.unscoped(because=WHY).get(dossier_id=made.dossier_id)

    return read


@pytest.fixture
def agreed(people, case, act_as, now):
    """``agreed(on)`` — an appointment of Alma's; answers its page."""

    def make(on=date(2026, 11, 26), **more) -> str:
        with act_as(people.alma) as actor:
            row = agree_appointment(actor=actor, case_id=case.case_id, on=on, title=TITLE, now=now, **more)
        return reverse("appointment", args=[case.number, row.number])

    return make


def send(client, url, formular, **entered):
    """What the form showed, with what was typed instead."""
    form = client.get(url).context[formular]
    shown = {name: form[name].value() or "" for name in form.fields}
    kept = {form[name].html_initial_name: shown[name] for name in form.fields if form.fields[name].show_hidden_initial}
    if not shown.get("outside"):
        shown.pop("outside", None)
    return client.post(url, {"formular": formular, **shown, **kept, **entered})


def test_agreed_and_said_on_the_tab(alma, case, new, contacts, words, row_of):
    assert "Nichts verabredet" in words(alma.get(contacts))
    said = words(alma.post(new, AGREED, follow=True))
    assert "Termin vereinbart: Do., 26.11., 09:30 Uhr." in said and "Bitte prüfen" not in said
    assert "Verabredet 1" in said and f"{TITLE} Alma Ahorn, 45 Minuten, JVA, Raum 2 Do., 26.11. 9:30 Uhr" in said
    assert (row_of(case).at, row_of(case).minutes) == (time(9, 30), 45)


def test_what_was_just_agreed_is_taken_back_with_one_click(alma, case, new, undo_of, row_of):
    address, fields = undo_of(alma.post(new, AGREED, follow=True))
    assert alma.post(address, fields).status_code == 303
    assert (row_of(case).state, row_of(case).because) == ("CANCELLED", "gleich rückgängig gemacht")


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        ({"on": ""}, "am"),
        ({"on": "31.02.2027"}, "gibt es nicht"),
        ({"on": "01.03.2026"}, "Nachtragen lassen sich Termine ab dem 26.10.2026"),
        ({"on": "01.03.2030"}, "Ist das Jahr richtig?"),
        ({"at": "25:00"}, "Die Uhrzeit „25:00“ gibt es nicht."),
        ({"at": "bald"}, "„bald“ ist keine Uhrzeit. Bitte so schreiben: 9:30"),
        ({"minutes": "0"}, "Dauer"),
        ({"title": ""}, "Worum es geht"),
    ],
)
def test_what_cannot_be_stays_in_the_form(alma, new, words, entered, sentence):
    answer = alma.post(new, AGREED | entered)
    assert answer.status_code == 422 and sentence in words(answer)
    assert "JVA, Raum 2" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"), [("0930", time(9, 30)), ("9:30", time(9, 30)), ("14 Uhr", time(14)), ("", None)]
)
def test_hours_as_people_type_them(alma, case, new, typed, kept, row_of):
    assert alma.post(new, AGREED | {"at": typed}).status_code == 303
    assert row_of(case).at == kept


def test_sundays_and_clashes_are_said_and_hinder_nothing(alma, case, new, agreed, words):
    agreed(date(2026, 11, 29), at=time(10), minutes=30)
    said = words(alma.post(new, AGREED | {"on": "29.11.2026", "at": "10:15"}, follow=True))
    assert "Bitte prüfen: Der 29.11.2026 ist ein Sonntag." in said
    assert f"Um 10:00 Uhr ist mit dieser Person schon „{TITLE}“ verabredet." in said
    assert "schon" in words(alma.get(reverse("appointment", args=[case.number, 2])))


def test_a_wrong_form_comes_back_as_fragment(alma, new):
    headers = {"HX-Request": "true", "HX-Target": "agree"}
    answer = alma.post(new, AGREED | {"title": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="agree"')
    assert alma.post(new, AGREED, headers=headers).headers["HX-Redirect"]


def test_moved_and_what_was_before_stays_visible(alma, agreed, words):
    url = agreed(place="JVA")
    assert send(alma, url, "move", on="27.11.2026", at="1400", place="Büro").status_code == 303
    said = words(alma.get(url))
    assert "Fr., 27.11., 14:00 Uhr" in said and "Frühere Fassungen 1" in said
    assert "26.11.2026 später geändert" in said and "JVA später geändert" in said


def test_somebody_was_faster(people, alma, agreed, words, case):
    url = agreed()
    version = alma.get(url).context["appointment"].version
    send(alma, url, "move", place="Büro")
    late = alma.post(url, {"formular": "cancel", "version": version, "because": "krank"})
    assert late.status_code == 409 and "Ihre Eingaben sind noch da." in words(late)
    assert "krank" in late.content.decode()


def test_cancelled_and_planned_again(alma, case, agreed, contacts, words, row_of, undo_of):
    url = agreed()
    assert send(alma, url, "cancel").status_code == 422
    answer = alma.post(url, {"formular": "cancel", "version": 1, "because": "Jobcenter hat geschlossen"}, follow=True)
    said = words(answer)
    assert "Der Termin am 26.11.2026 ist abgesagt." in said and "Frühere und abgesagte Termine (1)" in said
    assert "abgesagt: Jobcenter hat geschlossen" in said
    assert alma.get(url).context["move"] is None
    address, fields = undo_of(answer)
    assert alma.post(address, fields).status_code == 303 and row_of(case).state == "PLANNED"


def test_kept_becomes_a_contact(people, alma, case, agreed, words, row_of, act_as):
    url = agreed(date(2026, 11, 23), at=time(9), minutes=30)
    page = alma.get(url)
    assert page.context["keep"]["minutes"].value() == 30
    answer = alma.post(
        url,
        {
            "formular": "keep", "version": 1, "outcome": "MET", "kind": "TALK", "initiative": "STAFF",
            "minutes": "40", "content": "Mappe durchgesehen", "next_step": "Foto", "next_on": "+7",
        },
        follow=True,
    )  # fmt: skip
    said = words(answer)
    assert "Der Termin hat stattgefunden. Der Kontakt vom 23.11.2026 ist gespeichert." in said
    assert "Mappe durchgesehen" in said and "Nächster Schritt: Foto am 30.11.2026" in said
    with act_as(people.alma):
        contact = Contact.objects.unscoped(because=WHY).get(case_id=case.case_id)
    assert row_of(case).contact_id == contact.pk
    assert "23.11.2026" in words(alma.get("/faelle/"))
    assert "Stornieren Sie zuerst den Kontakt" in words(alma.get(url))


def test_somebody_did_not_come(alma, case, agreed, words, row_of):
    url = agreed(date(2026, 11, 20))
    assert "noch ohne Ergebnis" in words(alma.get(url))
    sent = {"formular": "keep", "version": 1, "kind": "TALK", "initiative": "STAFF"}
    assert alma.post(url, sent).status_code == 422
    said = words(alma.post(url, sent | {"outcome": "ABSENT"}, follow=True))
    assert "Der Termin ist versäumt." in said and "Einzelgespräch, nicht erschienen" in said
    assert row_of(case).state == "MISSED"


def test_nothing_to_say_before_its_day(alma, agreed):
    url = agreed()
    assert alma.get(url).context["keep"] is None
    sent = {"formular": "keep", "version": 1, "outcome": "MET", "kind": "TALK", "initiative": "STAFF"}
    assert alma.post(url, sent).status_code == 403


def test_a_voided_contact_opens_it_again(alma, case, agreed, words, row_of, undo_of):
    url = agreed(date(2026, 11, 23))
    sent = {"formular": "keep", "version": 1, "outcome": "MET", "kind": "TALK", "initiative": "STAFF"}
    address, fields = undo_of(alma.post(url, sent, follow=True))
    alma.post(address, fields)
    assert "Der Kontakt dazu ist storniert." in words(alma.get(url))
    assert send(alma, url, "reopen").status_code == 303 and row_of(case).state == "PLANNED"


def test_who_can_keep_it_is_asked_only_where_there_is_a_choice(people, alma, case, new, agreed, act_as, now):
    from ina.access.operations.deputies import appoint_deputy

    assert "keeper_id" not in alma.get(new).context["agree"].fields
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor, membership_id=people.alma.membership_id, deputy_id=people.bert.membership_id,
            starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 30), now=now,
        )  # fmt: skip
    names = dict(alma.get(new).context["agree"]["keeper_id"].field.choices)
    assert names == {people.alma.membership_id: "Alma Ahorn", people.bert.membership_id: "Bert Buche"}
    assert alma.post(new, AGREED | {"keeper_id": people.bert.membership_id}).status_code == 303
    late = alma.post(new, AGREED | {"keeper_id": people.bert.membership_id, "on": "01.12.2026"})
    assert late.status_code == 422 and "vertritt am 01.12.2026 nicht" in late.content.decode()
    assert alma.post(new, AGREED | {"keeper_id": people.cem.membership_id}).status_code == 422
    assert Membership.objects.filter(pk=people.cem.membership_id).exists()


def test_going_out_is_asked_in_custody_only(people, alma, new, agreed):
    assert "outside" in alma.get(new).context["agree"].fields
    released = case_for(people.alma, state=State.AFTERCARE)
    form = alma.get(reverse("appointment_new", args=[released.number])).context["agree"]
    assert "outside" not in form.fields


def test_readers_see_and_are_refused_others_see_nothing(people, client_of, agreed, new, contacts, words):
    url, jan = agreed(), client_of(people.jan)
    page = jan.get(url)
    assert TITLE in words(page) and all(page.context[name] is None for name in ("keep", "move", "cancel", "reopen"))
    assert jan.get(new).context["agree"] is None and "Termin vereinbaren" not in words(jan.get(contacts))
    assert jan.post(new, AGREED).status_code == 403
    assert jan.post(url, {"formular": "cancel", "version": 1, "because": "x"}).status_code == 403
    for who in ("bert", "cem", "vera", "gero"):
        client = client_of(people[who])
        assert client.get(url).status_code == client.get(new).status_code == client.post(new, AGREED).status_code == 404


def test_an_ended_case_takes_nothing_new(people, alma, words):
    made = case_for(people.alma, state=State.CLOSED)
    url = reverse("appointment_new", args=[made.number])
    assert alma.get(url).context["agree"] is None and "Der Fall ist beendet" in words(alma.get(url))
    assert alma.post(url, AGREED).status_code == 403


@pytest.mark.parametrize("place", [0, 99, 10**12])
def test_a_place_that_is_nobodys(alma, case, place):
    assert alma.get(reverse("appointment", args=[case.number, place])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_take_the_same_statements_for_one_row_and_three(alma, agreed, contacts, statements, rows):
    for _ in range(rows):
        url = agreed(at=time(9))
    alma.get(contacts)
    with statements() as count:
        alma.get(contacts)
    tab = count()
    with statements() as count:
        alma.get(url)
    assert (tab, count()) == STATEMENTS


STATEMENTS = (12, 17)
