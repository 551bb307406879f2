"""Ansichten: kept under a name, opened, forgotten and kept again; never what was searched for, nor another's."""

import pytest

from ina.base.errors import Invalid, NotVisible
from ina.cases.enums import State
from ina.cases.models import SavedView
from ina.cases.operations import list_views
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
URL = "/faelle/ansichten/"


def keep(client, name="Bald draußen", query="?entlassung=90&q=Eibisch"):
    return client.post(URL + query, {"formular": "save", "name": name})


def kept(people, act_as, who="alma") -> dict[str, dict]:
    with act_as(people[who]) as actor:
        return dict(SavedView.objects.visible_to(actor).values_list("name", "query"))


def test_kept_and_shown_above_the_list(people, alma, words, act_as):
    case_for(people.alma, state=State.AFTERCARE, surname="Eibisch")
    assert "Ansicht speichern" in words(alma.get("/faelle/", {"phase": "AFTERCARE", "schritt": "EVALUATION"}))
    assert "Phase: Nachsorge · Schritt: 6 Evaluation" in words(alma.get(URL + "?phase=AFTERCARE&schritt=EVALUATION"))
    answer = keep(alma, "Letzte  Schritte", "?phase=AFTERCARE&schritt=EVALUATION&q=Eibisch")
    assert answer.status_code == 303 and answer["Location"] == "/faelle/?phase=AFTERCARE&schritt=EVALUATION"
    assert kept(people, act_as) == {"Letzte Schritte": {"phase": "AFTERCARE", "schritt": "EVALUATION"}}
    page = alma.get(answer["Location"])
    assert "Ansicht „Letzte Schritte“ gespeichert" in words(page)
    assert (
        'href="/faelle/?phase=AFTERCARE&amp;schritt=EVALUATION" aria-current="page">Letzte Schritte'
        in page.content.decode()
    )
    assert "Letzte Schritte" in words(alma.get(URL))


def test_a_list_that_is_not_narrowed_is_not_kept(alma, words):
    assert "merkt sich" in words(alma.get(URL)) and "Diese Ansicht speichern" not in words(alma.get(URL))
    answer = keep(alma, query="?q=Eibisch")
    assert answer.status_code == 422 and "Bitte filtern Sie die Liste zuerst" in words(answer)


def test_a_name_comes_once_and_what_was_typed_stays(alma, words):
    keep(alma)
    answer = keep(alma, query="?phase=AFTERCARE")
    assert answer.status_code == 422 and 'value="Bald draußen"' in answer.content.decode()
    assert "Eine Ansicht mit diesem Namen haben Sie schon." in words(answer)
    assert keep(alma, name="").status_code == keep(alma, name="x" * 41).status_code == 422


def test_not_more_than_twenty(alma, words, monkeypatch):
    assert list_views.MOST == 20
    monkeypatch.setattr(list_views, "MOST", 1)
    keep(alma)
    answer = keep(alma, name="Noch eine")
    assert answer.status_code == 422 and "Sie haben schon 1 Ansichten" in words(answer)


def test_forgotten_with_a_way_back(people, alma, words, undo_of, act_as):
    keep(alma)
    answer = alma.post(URL, {"formular": "forget", "name": "Bald draußen"})
    assert answer["Location"] == URL and kept(people, act_as) == {}
    url, fields = undo_of(alma.get(URL))
    alma.post(url, fields)
    assert kept(people, act_as) == {"Bald draußen": {"entlassung": "90"}}
    assert alma.post(URL, {"formular": "forget", "name": "Gibt es nicht"}).status_code == 404


def test_a_view_is_of_one_position(people, alma, client_of, words, act_as):
    keep(alma)
    for who in ("bert", "jan", "hanna"):
        client = client_of(people[who])
        assert "Bald draußen" not in words(client.get("/faelle/")) + words(client.get(URL))
        assert client.post(URL, {"formular": "forget", "name": "Bald draußen"}).status_code == 404
    with act_as(people.alma) as actor:
        view_id = SavedView.objects.visible_to(actor).get().pk
    with act_as(people.bert) as actor, pytest.raises(NotVisible):
        list_views.forget_view(actor=actor, savedview_id=view_id, now=None)


def test_what_no_longer_exists_finds_nothing_and_breaks_nothing(people, client_of, words, act_as, now):
    case_for(people.alma, surname="Eibisch")
    with act_as(people.jan) as actor:
        query = {"zustaendig": "jemand.von.frueher", "anstalt": "jva-frueher"}
        list_views.save_view(actor=actor, name="Frühere", query=query, now=now)
        with pytest.raises(Invalid):
            list_views.save_view(actor=actor, name="Leer", query={"phase": "x"}, now=now)
    jan = client_of(people.jan)
    said = words(jan.get("/faelle/", query))
    assert "Kein Fall passt dazu" in said and "nicht mehr in Ihrer Auswahl" in said
    assert "nicht mehr in Ihrer Auswahl" in words(jan.get(URL))


@pytest.mark.parametrize("who", ["gero", "ede", "karl", "lea"])
def test_who_reads_no_list_keeps_no_view(people, client_of, who):
    client = client_of(people[who])
    assert client.get(URL).status_code == keep(client).status_code == 403


def test_page_takes_the_same_statements_for_one_and_three(alma, statements):
    counted = []
    for names in (("eins",), ("zwei", "drei")):
        for name in names:
            keep(alma, name=name)
        alma.get(URL)
        with statements() as count:
            alma.get(URL)
        counted.append(count())
    assert counted == [5, 5]
