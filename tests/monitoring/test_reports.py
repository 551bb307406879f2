"""Reports of aftercare at their points, the closing report, and their papers."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from ina.agenda.enums import ItemState
from ina.agenda.models import Item
from ina.base.errors import Invalid, NotVisible, Refused
from ina.cases.corrections import entry_kind
from ina.cases.enums import State
from ina.cases.models import Case
from ina.cases.queries import get_file, released_on
from ina.documents.kinds import PaperRequest, get_kind
from ina.documents.leaks import find_leaks, house_names
from ina.documents.typeset import set_paper
from ina.institutions.models import Institution
from ina.monitoring import operations
from ina.monitoring.enums import ContactOutcome, PointState
from ina.monitoring.queries import read_aftercare
from ina.reference.rules import add_months
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(people):
    return case_for(people.alma, state=State.AFTERCARE)


@pytest.fixture
def out(people, act_as, made) -> date:
    """The day of release."""
    with act_as(people.alma) as actor:
        return released_on(Case.objects.visible_to(actor).get(pk=made.case_id))


def later(now, day):
    return now.replace(year=day.year, month=day.month, day=day.day)


def write(actor, made, now, months=1, **more):
    given = {"work": "Lager, seit dem ersten Tag", "written_on": now.date()} | more
    return operations.write_aftercare_report(actor=actor, case_id=made.case_id, months=months, now=now, **given)


def seen(actor, made, on):
    return read_aftercare(actor, get_file(actor, made.number, today=on), on)


def test_the_rhythm_and_the_points(people, act_as, now, made, out):
    with act_as(people.alma) as actor:
        found = seen(actor, made, out + timedelta(days=1))
        assert [point.months for point in found.points] == [1, 3, 6]
        assert {point.state for point in found.points} == {PointState.LATER}
        assert (found.met, found.first_contact_on) == (0, None)
        assert found.next_contact_by == found.first_contact_due > out
        for days, outcome in ((2, ContactOutcome.MET), (5, ContactOutcome.NOT_REACHED)):
            operations.record_contact(
                actor=actor, case_id=made.case_id, happened_on=out + timedelta(days=days), kind="TALK", outcome=outcome,
                now=later(now, out + timedelta(days=9)),
            )  # fmt: skip
        found = seen(actor, made, out + timedelta(days=9))
        assert (found.met, found.attempts, found.last_met_on) == (1, 1, out + timedelta(days=2))
        assert found.next_contact_by == out + timedelta(days=16)


def test_a_report_settles_its_point_and_a_voided_one_asks_again(people, act_as, now, made, out):
    day = add_months(out, 1)
    with act_as(people.alma) as actor:
        points = Item.objects.visible_to(actor).filter(dossier_id=made.dossier_id, kind=operations.REPORT)
        assert points.filter(state=ItemState.OPEN).count() == 3
        report = write(actor, made, later(now, day))
        assert points.filter(state=ItemState.OPEN).count() == 2
        assert seen(actor, made, day).points[0].state is PointState.RECORDED
        with pytest.raises(Invalid, match="schon einen Bericht"):
            write(actor, made, later(now, day))
    with act_as(people.alma) as actor:
        entry_kind("nachsorgebericht").void(
            actor=actor, aftercarereport_id=report.pk, because="falsche Akte", now=later(now, day)
        )
        assert points.filter(state=ItemState.OPEN).count() == 3
        found = seen(actor, made, day)
        assert found.points[0].report is None and "falsche Akte" in found.voided[0][2]
        assert write(actor, made, later(now, day)).pk != report.pk


@pytest.mark.parametrize("wrong", [{"months": 2}, {"work": " "}, {"months": 6}, {"written_on": date(2099, 1, 1)}])
def test_reports_that_are_none(wrong, people, act_as, now, made, out):
    with act_as(people.alma) as actor, pytest.raises(Invalid):
        write(actor, made, later(now, add_months(out, 1)), **wrong)


def test_nothing_to_report_before_the_gate(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor, pytest.raises(Refused, match="bestätigten Entlassung"):
        write(actor, made, now)


def text_of(key, actor, made, on, **options):
    kind = get_kind(key)
    paper = kind.build(PaperRequest(actor, made.dossier_id, 1, on, options))
    pdf = set_paper(kind.template, paper.data)
    return pdf, "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_papers_say_what_is_in_the_file(people, act_as, now, made, out):
    day = add_months(out, 1)
    with act_as(people.alma) as actor:
        for key in ("monitoring.aftercare_report", "monitoring.closing_report", "monitoring.closing_note"):
            with pytest.raises(NotVisible):
                text_of(key, actor, made, day)
        write(actor, made, later(now, day), housing="Zimmer 12", reprofiling=True)
        operations.write_closing_report(
            actor=actor, case_id=made.case_id, written_on=day, summary="Stapler gefahren",
            handed_to="Beratung am Markt", feedback="war gut", now=later(now, day),
        )  # fmt: skip
        _, text = text_of("monitoring.aftercare_report", actor, made, day, monate="1")
        assert "Zimmer 12" in text and "Ein neues Profiling ist nötig" in text and "Lager" in text
        with pytest.raises(NotVisible):
            text_of("monitoring.aftercare_report", actor, made, day, monate="3")
        _, text = text_of("monitoring.closing_report", actor, made, day)
        assert "Stapler gefahren" in text and "war gut" in text and "läuft noch" in text and "Stunden" in text
        _, text = text_of("monitoring.interview", actor, made, day)
        assert "Einzelgespräch" in text and "nicht erreicht" in text and "Keine Diagnosen" in text


def test_the_short_form_leaves_the_house_without_a_trace(people, act_as, now, made, out):
    with act_as(people.alma) as actor:
        operations.write_closing_report(
            actor=actor, case_id=made.case_id, written_on=out, summary="nach der Haft Stapler gefahren",
            handed_to="Beratung am Markt", now=later(now, out),
        )  # fmt: skip
        Institution.objects.filter(pk=people.alma.actor.institution_id).update(neutral_name="")
        with pytest.raises(Refused, match="neutralen Namen"):
            text_of("monitoring.closing_note", actor, made, out)
        Institution.objects.filter(pk=people.alma.actor.institution_id).update(neutral_name="Integration in Arbeit")
        pdf, text = text_of("monitoring.closing_note", actor, made, out)
        assert "Beratung am Markt" in text and "Stapler" not in text and "Integration in Arbeit" in text
        assert not find_leaks(pdf, "Abschlussmitteilung.pdf", names=house_names())
