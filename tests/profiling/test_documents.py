"""Papers of profiling: each is set from two full profilings, says what it should, and never says health."""

import re
from datetime import date

import pytest

from ina.base.errors import Invalid, NotVisible
from ina.documents.kinds import PaperRequest, all_kinds, get_kind
from ina.documents.operations import keep_paper
from ina.documents.typeset import set_paper
from ina.profiling.enums import FindingBasis, Need, Severity
from ina.profiling.models import Profiling
from ina.profiling.operations import add_competence, rate_need
from tests.documents.papers import assert_accessible, read, text_of
from tests.factories.cases import case_for
from tests.factories.profilings import full_profiling, two_profilings

pytestmark = pytest.mark.django_db
KEYS = [kind.key for kind in all_kinds() if kind.key.startswith("profiling.")]
TRACES = re.compile(
    r"\b(jva|haft|anstalt|justiz|gefangen|vollzug|inhaftier|entlass|ina|akte|20\d\d-\d{5})", re.IGNORECASE
)


def paper(actor, made, key, today, **options):
    kind = get_kind(key)
    told = kind.build(PaperRequest(actor, made.dossier_id, 1, today, options))
    return told, set_paper(kind.template, told.data)


def test_five_kinds_are_known():
    names = ("change", "comparison", "portfolio", "portfolio_neutral", "sheet")
    assert sorted(KEYS) == [f"profiling.{name}" for name in names]
    assert get_kind("profiling.comparison").plain == "profiling.change"


@pytest.fixture
def today(now):
    return now.date()


@pytest.mark.parametrize("key", KEYS)
def test_a_full_file(people, act_as, today, key):
    made = case_for(people.alma)
    two_profilings(people.alma, made)
    with act_as(people.alma) as actor:
        told, pdf = paper(actor, made, key, today)
    said = text_of(pdf)
    assert told.title in said and told.data["name"] in said
    assert "gesundheitliche Leistungsfähigkeit" not in said
    assert_accessible(pdf)


def test_the_sheet_shows_both_views_and_the_steps_only_without_health(people, act_as, now, today):
    made = case_for(people.alma)
    two_profilings(people.alma, made)
    with act_as(people.alma) as actor:
        _, pdf = paper(actor, made, "profiling.sheet", today)
        _, early = paper(actor, made, "profiling.sheet", today, profiling="1")
        with pytest.raises(NotVisible):
            paper(actor, made, "profiling.sheet", today, profiling="9")
    said = " ".join(text_of(pdf).split())
    assert "Entwicklungsprofil" in said and "saubere Kehlnaht" in said and "18 Monate" not in said
    assert "beruhen auch auf Angaben, die nicht in diesem Blatt stehen" in said
    assert "Unterstützungsprofil" in text_of(early)


def test_the_comparison_says_what_the_page_says(people, act_as, today):
    made = case_for(people.alma)
    full_profiling(people.alma, made)
    with act_as(people.alma) as actor:
        for key in ("profiling.comparison", "profiling.change"):
            with pytest.raises(Invalid, match="zwei Profilings"):
                paper(actor, made, key, today)
    made = case_for(people.alma)
    two_profilings(people.alma, made)
    with act_as(people.alma) as actor:
        told, pdf = paper(actor, made, "profiling.comparison", today)
        _, plain = paper(actor, made, "profiling.change", today)
    said = " ".join(text_of(pdf).split())
    assert "Von sieben Punkten sind vier besser, zwei gleich und einer schwerer" in said
    assert told.data["before"]["category"] == "Unterstützungsprofil" and "18 Monate → 10 Monate" in said
    for_them = text_of(plain)
    assert "Das ist besser geworden" in for_them and "profil" not in for_them.lower().replace("profiling", "")


def test_the_neutral_portfolio_has_no_trace(people, act_as, now, today):
    made = case_for(people.alma)
    two_profilings(people.alma, made)
    with act_as(people.alma) as actor:
        add_competence(
            actor=actor, case_id=made.case_id, wording="abgelaufen", level="BASIC", evidence="TEST",
            expires_on=date(2026, 1, 1), now=now,
        )  # fmt: skip
        told, pdf = paper(actor, made, "profiling.portfolio_neutral", today)
        inside, _ = paper(actor, made, "profiling.portfolio", today)
    said = text_of(pdf)
    assert "Prüfstelle Schweißtechnik" in said and "18.09.2028" in said and "abgelaufen" not in said
    everything = " ".join([said, told.file_name, str(read(pdf).metadata)])
    assert TRACES.findall(everything) == []
    assert get_kind("profiling.portfolio_neutral").neutral
    assert {row["issuer"] for row in inside.data["competences"]} == {"Schulwerkstatt der Anstalt", "–"}


@pytest.mark.parametrize(
    ("said", "named"),
    [({"issuer_neutral": "JVA Düsseldorf"}, "JVA"), ({"acquired": "Werkdienst der JVA"}, "Werkdienst|JVA")],
)
def test_wording_that_betrays_is_named_and_not_kept(people, act_as, now, said, named):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        add_competence(
            actor=actor,
            case_id=made.case_id,
            wording="Schweißen",
            level="SOLID",
            evidence="CERTIFICATE",
            now=now,
            **said,
        )
        with pytest.raises(Invalid, match=f"Bitte umschreiben: Seite 1: „({named})"):
            keep_paper(
                actor=actor, dossier_id=made.dossier_id, case_number=1, kind="profiling.portfolio_neutral", now=now
            )


def test_without_competences_there_is_no_sheet_for_firms(people, act_as, today):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid):
            paper(actor, made, "profiling.portfolio_neutral", today)
        with pytest.raises(NotVisible):
            paper(actor, made, "profiling.sheet", today)
        assert paper(actor, made, "profiling.portfolio", today)[1].startswith(b"%PDF")


def test_what_people_type_is_text_and_never_source(people, act_as, now, today):
    made = case_for(people.alma)
    full_profiling(people.alma, made)
    with act_as(people.alma) as actor:
        held = Profiling.objects.unscoped(because="a test").get(case_id=made.case_id)
        rate_need(
            actor=actor, profiling_id=held.pk, need=Need.FAMILY, severity=Severity.PRESENT, basis=FindingBasis.FACT,
            text="#panic() $x$ *stern* <mark>", now=now,
        )  # fmt: skip
        _, pdf = paper(actor, made, "profiling.sheet", today)
    assert "#panic() $x$ *stern* <mark>" in " ".join(text_of(pdf).split())
