"""Profiling on one page, edited in place: begin, open a row, save it, what the category says, who may."""

from datetime import date

import pytest
from django.urls import reverse

from ina.cases.enums import State
from ina.profiling.enums import FindingBasis, Need, ProfilingKind, Severity
from ina.profiling.models import Finding
from ina.profiling.operations import begin_profiling, rate_health, rate_need
from tests.factories.cases import case_for
from tests.factories.profilings import assessment_of, full_profiling, two_profilings

pytestmark = pytest.mark.django_db
BECAUSE = "a test looks at what it made"
BEGIN = {"formular": "begin", "held_on": "heute", "kind": "INITIAL"}
NEED = {"zeile": "bedarf-R1", "severity": "SEVERE", "basis": "FACT", "text": "kein Zimmer", "own_severity": "PRESENT"}
STRENGTH = {"zeile": "staerke-neu", "text": "bleibt ruhig", "strength_kind": "PERSONAL", "basis": "OBSERVATION"}


def url(made) -> str:
    return reverse("profiling", args=[made.number])


def htmx(target: str) -> dict:
    return {"HX-Request": "true", "HX-Target": target}


@pytest.fixture
def begun(case, alma):
    assert alma.post(url(case), BEGIN).status_code == 303
    return case


def test_empty_page_says_how_to_begin(alma, case, words):
    assert "Beginnen Sie mit den Stärken" in words(alma.get(url(case)))


def test_a_day_in_the_future_is_refused_at_its_field(alma, case):
    answer = alma.post(url(case), BEGIN | {"held_on": "24.11.2026"})
    assert answer.status_code == 422 and list(answer.context["begin"].errors) == ["held_on"]


def test_strengths_stand_before_needs_and_everything_is_offered(alma, begun, words):
    assert alma.post(url(begun), STRENGTH).status_code == 303
    assert alma.post(url(begun), NEED).status_code == 303
    said = words(alma.get(url(begun)))
    assert said.index("Stärken 1") < said.index("bleibt ruhig") < said.index("Handlungsbedarf 1, davon 1 erheblich")
    assert "erheblicher Bedarf" in said and "weicht ab" in said and "noch nicht angesehen" in said
    for block in ("Berufsziel", "Werdegang", "Sprachen", "Mobilität", "Einschränkungen", "Kompetenzen", "Gespräch"):
        assert block in said


def test_a_row_opens_in_place_with_and_without_script(alma, begun, words):
    whole = alma.get(url(begun), {"bearbeiten": "bedarf-R1"})
    assert 'id="bedarf-R1_severity' in whole.content.decode() and "<html" in whole.content.decode()
    fragment = alma.get(url(begun), {"bearbeiten": "bedarf-R1"}, headers=htmx("bedarf-R1")).content.decode()
    assert fragment.strip().startswith('<tr class="ina-table__edit" id="bedarf-R1">') and "<html" not in fragment
    closed = alma.get(url(begun), headers=htmx("bedarf-R1")).content.decode()
    assert closed.strip().startswith('<tr id="bedarf-R1">')


def test_saving_answers_the_row_as_the_page_shows_it(alma, begun):
    answer = alma.post(url(begun), NEED, headers=htmx("bedarf-R1"))
    fragment = answer.content.decode().strip()
    assert answer.status_code == 200 and answer["HX-Trigger"] == "einstufung"
    assert fragment.startswith('<tr id="bedarf-R1">') and "erheblicher Bedarf" in fragment
    assert fragment.split("<form")[0] in alma.get(url(begun)).content.decode()
    beside = alma.get(url(begun), headers=htmx("einstufung-tafel")).content.decode()
    assert "Unterstützungsprofil" in beside and "<html" not in beside


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"severity": ""}, "severity"),
        ({"text": ""}, "text"),
        ({"text": "wegen Diebstahl"}, "text"),
        ({"basis": "X"}, "basis"),
    ],
)
def test_what_is_wrong_stays_in_the_row(alma, begun, sent, field):
    for headers in ({}, htmx("bedarf-R1")):
        answer = alma.post(url(begun), NEED | {"source": "Gespräch"} | sent, headers=headers)
        body = answer.content.decode()
        assert answer.status_code == 422 and 'value="Gespräch"' in body
        assert f'id="bedarf-R1_{field}' in body and "kern-error" in body


def test_two_at_once_are_told(alma, begun):
    alma.post(url(begun), NEED)
    alma.post(url(begun), NEED | {"version": "1", "severity": "NONE", "text": "Zimmer ist da"})
    answer = alma.post(url(begun), NEED | {"version": "1", "initial-severity": "SEVERE", "text": "anders"})
    assert answer.status_code == 409 and "Ihre Eingaben sind noch da" in answer.content.decode()
    with_htmx = alma.post(url(begun), NEED | {"version": "1"}, headers=htmx("bedarf-R1"))
    assert with_htmx.status_code == 409 and with_htmx.content.decode().strip().startswith("<tr")


FACTS = [
    ("werdegang", {"kind": "JOB", "title": "Lagerhelfer", "since": "04.2019", "until": "03.2021",
                   "completed": "UNKNOWN",
                   "recognised": "UNKNOWN"}, "04.2019 bis 03.2021"),
    ("berufsziel", {"title": "Schweißer", "kldb": "24422", "rank": "1", "since": "heute"}, "KldB 24422"),
    ("sprache", {"language": "de", "level": "B1"}, "Deutsch B1"),
    ("mobilitaet", {"licence_status": "MPU_NEEDED", "ticket": "Deutschlandticket"}, "neu nur mit MPU"),
    ("einschraenkung", {"kind": "NO_MINORS"}, "keine Arbeit mit Kindern und Jugendlichen"),
    ("kompetenz", {"wording": "Stapler fahren", "level": "SOLID", "evidence": "CERTIFICATE", "expires_on": "1.1.2028"},
     "gültig bis 01.01.2028"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "sent", "shown"), FACTS)
def test_facts_are_added_changed_and_shown(alma, begun, words, key, sent, shown):
    opened = alma.get(url(begun), {"bearbeiten": f"{key}-neu"})
    assert f'name="zeile" value="{key}-neu"' in opened.content.decode()
    assert alma.post(url(begun), {"zeile": f"{key}-neu", "basis": "FACT", **sent}).status_code == 303
    assert shown in words(alma.get(url(begun)))
    changed = {"zeile": f"{key}-1", "basis": "TEST", "source": "Zeugnis gesehen", "version": "1", **sent}
    answer = alma.post(url(begun), changed, headers=htmx(f"{key}-1"))
    assert answer.status_code == 200 and "Zeugnis gesehen" in answer.content.decode()


def test_restrictions_refuse_offences(alma, begun, words):
    sent = {"zeile": "einschraenkung-neu", "kind": "NO_TRAINER", "basis": "FACT", "note": "§ 176 StGB"}
    answer = alma.post(url(begun), sent)
    assert answer.status_code == 422 and "gehört nicht hierher" in words(answer)


def test_prognosis_override_and_talk(alma, begun, words):
    alma.post(url(begun), NEED)
    assert alma.post(url(begun), {"zeile": "einstufung", "chosen": "F"}).status_code == 422
    chosen = {"zeile": "einstufung", "chosen": "F", "override_reason": "Zusage liegt vor"}
    assert alma.post(url(begun), chosen).status_code == 303
    prognosis = {"zeile": "prognose", "months_release": "9", "focus": "CIRCUMSTANCES", "scheme": "PROFILLAGEN_2009"}
    assert alma.post(url(begun), prognosis).status_code == 303
    assert alma.post(url(begun), {"zeile": "gespraech", "own_words": "Ich will arbeiten."}).status_code == 303
    said = words(alma.get(url(begun)))
    assert "Förderprofil von der Fallführung gewählt, abgeleitet wäre: Unterstützungsprofil" in said
    assert "Zusage liegt vor" in said and "9 Monate ab Entlassung" in said and "„Ich will arbeiten.“" in said
    assert (
        "Keine amtliche Einstufung, kein Filter für Stellen" in said
        and "INA-Einstufung (nach BA-Profillagen 2009)" in said
    )


def test_what_was_taken_over_is_marked_until_it_is_confirmed(people, alma, case, words):
    full_profiling(people.alma, case)
    answer = alma.post(url(case), BEGIN | {"kind": "BEFORE_RELEASE", "take_over": "on"})
    assert answer.status_code == 303
    said = words(alma.get(url(case)))
    assert said.count("übernommen vom 12.05.2026, bitte prüfen") == 14 and "14 übernommene" not in said
    assert "12 übernommene Einträge sind noch nicht geprüft" in said
    confirmed = alma.post(url(case), {"formular": "confirm", "zeile": "bedarf-R1"}, headers=htmx("bedarf-R1"))
    assert confirmed.status_code == 200 and "übernommen" not in confirmed.content.decode()
    assert alma.post(url(case), {"formular": "confirm", "zeile": "bedarf-L2"}).status_code == 303
    assert "10 übernommene Einträge" in words(alma.get(url(case)))
    assert alma.post(url(case), {"formular": "confirm", "zeile": "bedarf-R5"}).status_code == 404


def test_earlier_profilings_are_read_and_not_changed(people, alma, case, words):
    two_profilings(people.alma, case)
    early = alma.get(url(case), {"profiling": "1"})
    assert "Erstes Profiling am 12.05.2026" in words(early) and "Sie sehen ein früheres Profiling" in words(early)
    assert "bearbeiten=" not in early.content.decode()
    assert alma.post(f"{url(case)}?profiling=1", NEED).status_code == 403
    assert alma.get(url(case), {"profiling": "3"}).status_code == 404
    assert "Entwicklungsprofil" in words(alma.get(url(case)))


@pytest.mark.parametrize("key", ["x", "bedarf-X9", "staerke-99", "werdegang-7", "bedarf-", "prognose-1"])
def test_rows_that_do_not_exist_are_absent(alma, begun, key):
    assert alma.get(url(begun), {"bearbeiten": key}).status_code == 404
    assert alma.post(url(begun), {"zeile": key}).status_code == 404


def test_readers_without_health_are_told_what_they_do_not_see(people, client_of, act_as, now, case, words):
    with act_as(people.alma) as actor:
        held = begin_profiling(
            actor=actor, case_id=case.case_id, held_on=date(2026, 4, 1), kind=ProfilingKind.INITIAL, now=now
        )
        rate_health(
            actor=actor,
            profiling_id=held.pk,
            severity=Severity.SEVERE,
            basis=FindingBasis.TEST,
            text="kein Heben",
            now=now,
        )
    for member in (people.hanna, people.jan):
        said = words(client_of(member).get(url(case)))
        assert "Stabilisierungsprofil" in said and "Angaben zur Gesundheit eingegangen, die Sie nicht sehen" in said
        assert "kein Heben" not in said and "für Sie nicht sichtbar" in said
    said = words(client_of(people.alma).get(url(case)))
    assert "kein Heben" in said and "Wiegt die Leistungsfähigkeit am schwersten? ja" in said


def test_no_profiling_before_admission(people, alma, words):
    referred = case_for(people.alma, state=State.SCREENING)
    assert "Vor der Aufnahme" in words(alma.get(url(referred)))
    assert alma.post(url(referred), BEGIN).status_code == 403


def test_readers_are_refused_and_others_see_nothing(people, client_of, begun):
    assert client_of(people.hanna).get(url(begun)).status_code == 200
    for sent in (NEED, STRENGTH, BEGIN):
        assert client_of(people.hanna).post(url(begun), sent).status_code == 403
        assert client_of(people.cem).post(url(begun), sent).status_code == 404
    assert client_of(people.cem).get(url(begun)).status_code == 404
    assert not Finding.objects.unscoped(because=BECAUSE).filter(dossier_id=begun.dossier_id).exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_statements_does_not_grow(people, alma, begun, act_as, now, django_assert_max_num_queries, many):
    from ina.profiling.models import Profiling

    with act_as(people.alma) as actor:
        held = Profiling.objects.unscoped(because=BECAUSE).get(case_id=begun.case_id)
        for need in (Need.HOUSING, Need.MONEY, Need.TRAINING)[:many]:
            rate_need(
                actor=actor, profiling_id=held.pk, need=need, severity=Severity.PRESENT, basis=FindingBasis.FACT,
                text="x", now=now,
            )  # fmt: skip
    assert assessment_of(held).derived in {"", "U", "E"}
    alma.get(url(begun))
    with django_assert_max_num_queries(10):
        alma.get(url(begun))


def test_the_number_of_an_occupation_is_found_by_its_name(alma, begun, words):
    opened = alma.get(url(begun), {"bearbeiten": "berufsziel-neu"}).content.decode()
    assert "Nummer suchen" in opened
    offers = alma.get(reverse("occupation_codes"), {"feld": "kldb", "title": "Schweiser"})
    assert 'type="radio" name="kldb"' in offers.content.decode() and "24422" in offers.content.decode()
    # The radio follows the empty text in what is sent, and counts.
    sent = {"zeile": "berufsziel-neu", "basis": "FACT", "title": "Schweiser", "kldb": ["", "24422"], "rank": "1"}
    assert alma.post(url(begun), sent | {"since": "heute"}).status_code == 303
    assert "KldB 24422" in words(alma.get(url(begun)))


@pytest.mark.parametrize("asked", [{}, {"title": ""}, {"title": "xqzw"}, {"feld": "<script>", "title": "Maler"}])
def test_offers_for_anything_are_plain(alma, asked):
    answer = alma.get(reverse("occupation_codes"), asked)
    assert answer.status_code == 200 and "<script>" not in answer.content.decode()
