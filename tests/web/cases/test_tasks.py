"""Aufgaben of a case: groups, adding, each answer, readers, fragments, and the own list across all cases."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ina.access.operations.deputies import appoint_deputy
from ina.agenda.enums import Anchor, ReminderStep
from ina.agenda.kinds import kinds_of
from ina.agenda.models import Item, Reminder
from ina.agenda.queries import News, count_reminders
from ina.base.clock import day_of
from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
ROOM = {"formular": "add", "title": "Zimmer suchen", "offset": "3 Monate", "count_from": "vor:RELEASE"}


@pytest.fixture
def url(case):
    return reverse("tasks", args=[case.number])


@pytest.fixture
def room(people, alma, case, url, act_as):
    """Alma's task „Zimmer suchen“, due on 1 December: its place and how to read it."""
    assert alma.post(url, ROOM | {"responsible_id": people.alma.membership_id}).status_code == 303

    def read() -> Item:
        with act_as(people.alma):
            return Item.objects.unscoped(because="a test").get(dossier_id=case.dossier_id, title__startswith="Zimmer")

    with act_as(people.alma):
        before = Item.objects.unscoped(because="a test").filter(dossier_id=case.dossier_id, pk__lt=read().pk)
        read.url = reverse("task", args=[case.number, before.count() + 1])
    return read


def send(client, task, formular: str, **entered):
    version = client.get(task.url).context["item"].version
    return client.post(task.url, {"formular": formular, "version": version, **entered})


def test_tasks_stand_in_the_order_in_which_they_ask(alma, case, url, words):
    alma.post(url, {"formular": "add", "title": "Später", "due_on": "01.12.2027"})
    alma.post(url, {"formular": "add", "title": "Morgen", "due_on": "morgen"})
    alma.post(url, {"formular": "add", "title": "Längst", "due_on": "20.11.2026"})
    page = alma.get(url)
    said = words(page)
    assert [group.label for group in page.context["groups"]] == [
        "Überfällig",
        "In den nächsten zwei Wochen",
        "Später",
    ]
    places = [said.index(word) for word in ("Längst", "Morgen", "Entlassung bestätigen", "Später fester Tag")]
    assert places == sorted(places) and "3 Tage über" in said and "fester Tag" in said


def test_a_task_says_what_its_day_counts_from(alma, room, url, words):
    said = words(alma.get(url))
    assert "3 Monate vor dem Entlassungstermin" in said and "noch 8 Tage" in said and "am Tag der Entlassung" in said
    assert room().due_on.isoformat() == "2026-12-01"


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        ({"title": "", "due_on": "morgen"}, "Was ist zu tun?"),
        ({}, "Bitte nennen Sie einen Tag oder einen Abstand."),
        ({"due_on": "morgen", "offset": "1 Woche", "count_from": "nach:RELEASE"}, "entweder einen Tag oder einen"),
        ({"offset": "1 Woche"}, "wovon der Abstand rechnet"),
        ({"count_from": "nach:RELEASE"}, "Bitte nennen Sie den Abstand."),
        ({"offset": "bald", "count_from": "nach:RELEASE"}, "bald"),
        ({"due_on": "31.02.2027"}, "31.2.2027"),
        ({"due_on": "morgen", "responsible_id": "999999"}, "Das gibt es so nicht mehr"),
    ],
)
def test_what_cannot_be_stays_in_the_form(alma, url, words, entered, sentence):
    answer = alma.post(url, {"formular": "add", "title": "Ausweis beantragen"} | entered)
    assert answer.status_code == 422
    assert sentence in words(answer) or "Den Tag" in words(answer)


def test_only_who_sees_the_file_can_be_asked(people, alma, case, url):
    offered = {str(key) for key, _ in alma.get(url).context["add"]["responsible_id"].field.choices}
    assert str(people.alma.membership_id) in offered and str(people.jan.membership_id) in offered
    assert str(people.cem.membership_id) not in offered
    assert alma.post(url, ROOM | {"responsible_id": people.cem.membership_id}).status_code == 422


def test_done_with_one_click_and_open_again(alma, room, url, words):
    assert send(alma, room, "complete", on="23.11.2026").status_code == 303
    assert room().state == "DONE"
    page = alma.get(url)
    assert "erledigt am 23.11.2026, Alma Ahorn" in words(page)
    task = alma.get(room.url)
    assert task.context["complete"] is None and task.context["reopen"] is not None
    assert send(alma, room, "reopen").status_code == 303
    assert room().state == "OPEN"


def test_not_done_in_the_future(alma, room, words):
    answer = send(alma, room, "complete", on="morgen")
    assert answer.status_code == 422 and "liegt in der Zukunft" in words(answer)


def test_put_off_with_a_reason(alma, room, url, words):
    assert send(alma, room, "snooze", until="10.12.2026").status_code == 422
    early = send(alma, room, "snooze", until="25.11.2026", reason="krank")
    assert early.status_code == 422 and "fragt ohnehin erst am 01.12.2026" in words(early)
    assert send(alma, room, "snooze", until="10.12.2026", reason="wartet auf Zusage").status_code == 303
    said = words(alma.get(url))
    assert "zurückgestellt, fällig war 01.12.2026: wartet auf Zusage" in said


def test_not_put_off_any_longer(alma, room, words):
    send(alma, room, "snooze", until="10.12.2026", reason="wartet auf Zusage")
    assert "Zurückstellung aufheben" in words(alma.get(room.url))
    assert send(alma, room, "reopen").status_code == 303
    assert (room().shown_on, room().snoozed_until) == (room().due_on, None)


def test_dropped_with_a_reason(alma, room, url, words):
    assert send(alma, room, "drop").status_code == 422
    assert send(alma, room, "drop", because="zieht zur Schwester").status_code == 303
    assert "entfallen am 23.11.2026, Alma Ahorn: zieht zur Schwester" in words(alma.get(url))


def changed(client, task, **entered):
    form = client.get(task.url).context["change"]
    shown = {name: form[name].value() or "" for name in form.fields}
    kept = {form[name].html_initial_name: shown[name] for name in form.fields if form.fields[name].show_hidden_initial}
    return client.post(task.url, {"formular": "change", **shown, **kept, **entered})


def test_other_words_leave_day_and_distance(people, alma, room):
    deputy = {"title": "Zimmer und Kaution", "deputy_id": people.jan.membership_id}
    assert changed(alma, room, **deputy).status_code == 303
    item = room()
    assert (item.title, item.offset_count, item.deputy_id) == ("Zimmer und Kaution", -3, people.jan.membership_id)


def test_another_distance_or_a_stated_day(alma, room):
    assert changed(alma, room, offset="2 Wochen", count_from="nach:RELEASE").status_code == 303
    assert room().due_on.isoformat() == "2027-03-15"
    assert changed(alma, room, due_on="24.12.2026").status_code == 303
    item = room()
    assert (item.anchor, item.offset_count, item.due_on.isoformat()) == ("FIXED", None, "2026-12-24")
    assert changed(alma, room, due_on="28.12.2026").status_code == 303
    assert changed(alma, room, due_on="").status_code == 422


def test_a_task_of_the_course_gets_no_stated_day(alma, case, url):
    lines = [line for group in alma.get(url).context["groups"] for line in group.lines]
    (line,) = [line for line in lines if line.item.title == "Entlassung bestätigen"]
    form = alma.get(reverse("task", args=[case.number, line.item.place])).context["change"]
    assert "due_on" not in form.fields and form["offset"].value() is None


def test_somebody_was_faster(people, alma, client_of, room, words):
    version = alma.get(room.url).context["item"].version
    changed(client_of(people.hanna), room, title="Zimmer in Neuss")
    late = alma.post(room.url, {"formular": "complete", "version": version, "on": "heute"})
    assert late.status_code == 409 and "Ihre Eingaben sind noch da" in words(late)


def test_readers_see_without_forms_and_are_refused(people, client_of, room, url, words):
    jan = client_of(people.jan)
    page = jan.get(url)
    assert page.context["add"] is None and "Zimmer suchen" in words(page)
    assert "<form" not in page.content.decode().split('id="items"')[1].split("</main>")[0]
    assert jan.get(room.url).context["complete"] is None
    assert jan.post(url, ROOM).status_code == 403
    assert jan.post(room.url, {"formular": "complete", "version": 1, "on": "heute"}).status_code == 403


@pytest.mark.parametrize("who", ["bert", "cem", "vera", "frida", "gero"])
def test_who_sees_nothing_gets_what_is_absent(people, client_of, room, url, who):
    client = client_of(people[who])
    assert client.get(url).status_code == 404 and client.get(room.url).status_code == 404
    assert client.post(url, ROOM).status_code == 404


@pytest.mark.parametrize("place", [0, 99, 10**12])
def test_a_place_that_is_nobodys(alma, case, place):
    assert alma.get(reverse("task", args=[case.number, place])).status_code == 404


def test_only_mine(people, alma, room, url, words):
    alma.post(url, {"formular": "add", "title": "Jans Sache", "due_on": "morgen"})
    fragment = {"HX-Request": "true", "HX-Target": "items"}
    answer = alma.get(url, {"nur": "meine"}, headers=fragment)
    said = words(answer)
    assert answer.content.decode().strip().startswith('<div id="items">')
    assert "Zimmer suchen" in said and "Jans Sache" not in said
    assert "Jans Sache" in words(alma.get(url))


def test_a_wrong_form_comes_back_as_fragment(alma, url):
    answer = alma.post(url, ROOM | {"title": ""}, headers={"HX-Request": "true", "HX-Target": "add"})
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="add"')


def test_an_ended_case_takes_nothing_new(people, alma, words):
    ended = case_for(people.alma, state=State.CLOSED)
    page = alma.get(reverse("tasks", args=[ended.number]))
    assert page.context["add"] is None and "Der Fall ist beendet" in words(page)
    assert "Abschlussbericht schreiben" in words(page)


def test_every_kind_names_a_page_that_exists(case):
    pages = {kind.page for anchor in Anchor for kind in kinds_of(anchor) if kind.page}
    assert "first_talk" in pages
    for page in pages:
        assert reverse(page, args=[case.number])


@pytest.mark.parametrize("more", [1, 3])
def test_tasks_take_the_same_statements_for_one_more_and_three(alma, url, statements, more):
    for number in range(more):
        alma.post(url, {"formular": "add", "title": f"Aufgabe {number}", "due_on": "morgen"})
    alma.get(url)
    with statements() as count:
        alma.get(url)
    assert count() == 15


# --- the own list ----------------------------------------------------------------------------------------------------


def remind(room, member, step=ReminderStep.DUE):
    item = room()
    Reminder.objects.create(
        dossier_id=item.dossier_id, item=item, step=step, on=item.shown_on, membership_id=member.membership_id
    )


@pytest.fixture
def due_today(people, alma, room, act_as):
    """The task is due today and Alma was reminded in the night."""
    changed(alma, room, due_on="heute")
    with act_as(people.alma):
        remind(room, people.alma)
    return room


def test_own_tasks_show_what_the_night_reminded_of_and_note_that_it_was_seen(alma, due_today, words, trail):
    assert "Zimmer suchen" in words(alma.get("/heute/")) and trail("agenda.see_reminders") == []
    said = words(alma.get("/aufgaben/"))
    assert "Zimmer suchen" in said and "Beinwell, Robin" in said and "Heute" in said
    assert len(trail("agenda.see_reminders")) == 1
    alma.get("/aufgaben/")
    assert len(trail("agenda.see_reminders")) == 1


def test_each_task_is_counted_once_however_often_it_reminded(people, client_of, due_today, clock, words, act_as):
    clock.set(clock.moment + timedelta(days=2))
    with act_as(people.alma) as actor:
        remind(due_today, people.alma, ReminderStep.OVERDUE)
        assert count_reminders(actor, day_of(clock.moment)) == News(overdue=1)
    said = words(client_of(people.alma).get("/heute/"))
    assert said.count("Zimmer suchen") == 1 and "2 Tage über" in said


def test_own_tasks_reach_seven_days_ahead(alma, room, url, words):
    assert changed(alma, room, due_on="30.11.2026").status_code == 303
    assert "Zimmer suchen" in words(alma.get("/aufgaben/"))
    assert changed(alma, room, due_on="01.12.2026").status_code == 303
    assert "Zimmer suchen" not in words(alma.get("/aufgaben/"))


def test_who_stands_in_sees_the_tasks_of_whom_they_stand_in_for(
    people, client_of, due_today, moment, clock, act_as, words
):
    assert "Zimmer suchen" not in words(client_of(people.bert).get("/aufgaben/"))
    clock.set(moment)
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=day_of(moment),
            ends_on=day_of(moment) + timedelta(days=3),
            now=moment,
        )
    said = words(client_of(people.bert).get("/aufgaben/"))
    assert "Zimmer suchen" in said and "zuständig: Alma Ahorn" in said


def test_a_lead_sees_what_was_handed_up(people, client_of, due_today, act_as, words):
    with act_as(people.jan):
        remind(due_today, people.jan, ReminderStep.ESCALATED)
    jan = client_of(people.jan)
    for _ in range(2):  # a look at the page of the day is no answer
        said = words(jan.get("/heute/"))
        assert "neu an Sie gegangen" in said and "Zimmer suchen · zuständig: Alma Ahorn" in said
    for _ in range(2):  # seen, and still there until it is done
        assert "Zimmer suchen" in words(jan.get("/aufgaben/"))
    assert "neu an Sie gegangen" not in words(jan.get("/heute/"))


def test_own_list_goes_on_by_pages(people, alma, url, monkeypatch):
    monkeypatch.setattr("ina.web.desk.my_tasks.PAGE", 2)
    for number in range(3):
        task = {"formular": "add", "title": f"Aufgabe {number}", "due_on": f"+{number}"}
        alma.post(url, task | {"responsible_id": people.alma.membership_id})
    titles, cursor = [], ""
    while not titles or cursor:
        page = alma.get("/aufgaben/", {"ab": cursor} if cursor else {})
        titles += [line.row.title for group in page.context["groups"] for line in group.lines]
        cursor = page.context["next_cursor"]
    assert [title for title in titles if title.startswith("Aufgabe")] == ["Aufgabe 0", "Aufgabe 1", "Aufgabe 2"]
    assert len(titles) > 4
    assert alma.get("/aufgaben/", {"ab": "2026-01-01~1"}).status_code == 404


@pytest.mark.parametrize("who", ["gero", "ede", "karl", "frida"])
def test_who_is_never_reminded_has_no_list(people, client_of, who):
    assert client_of(people[who]).get("/aufgaben/").status_code == 403


@pytest.mark.parametrize(
    ("form", "entered"),
    [
        ("complete", {"on": "heute"}),
        ("drop", {"because": "zieht zur Schwester"}),
        ("snooze", {"until": "10.12.2026", "reason": "wartet auf Zusage"}),
    ],
)
def test_what_became_of_a_task_is_undone(alma, room, undo_of, form, entered):
    before = (room().state, room().shown_on)
    send(alma, room, form, **entered)
    assert (room().state, room().shown_on) != before
    address, fields = undo_of(alma.get("/faelle/"))
    assert alma.post(address, fields).status_code == 303
    assert (room().state, room().shown_on, room().snoozed_until) == (*before, None)
    assert alma.post(address, fields).status_code in (403, 409)  # too late


def test_putting_off_once_more_goes_back_to_the_first_time(alma, room, undo_of):
    send(alma, room, "snooze", until="10.12.2026", reason="wartet auf Zusage")
    send(alma, room, "snooze", until="12.12.2026", reason="krank")
    alma.post(*undo_of(alma.get("/faelle/")))
    assert (room().shown_on.isoformat(), room().snooze_reason) == ("2026-12-10", "wartet auf Zusage")
