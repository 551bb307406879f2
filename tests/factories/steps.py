"""Rows of the six steps, made by the operations of their modules: functions ``(actor, made, moment)``.

A module that adds a table about people adds to what is made here; tests/access fails until it does.
"""

from __future__ import annotations

from datetime import date, timedelta

from ina.access.context import acting_as
from ina.access.enums import Channel as ConsentChannel
from ina.access.enums import Compartment
from ina.access.queries import actor_for
from ina.accounts.models import Membership
from ina.agenda.enums import Anchor, ReminderStep
from ina.agenda.models import Reminder
from ina.agenda.operations import course, items, stops
from ina.base.clock import day_of
from ina.cases.models import ConsentScan
from ina.cases.operations.notices import record_notice
from ina.documents import operations as documents
from ina.documents.enums import Channel
from ina.documents.models import Document
from ina.monitoring import operations as monitoring
from ina.monitoring.enums import (
    ApplicationKind,
    ApplicationStep,
    ContactOutcome,
    CrisisStep,
    CrisisTrigger,
    NoteReaders,
    StandardState,
    Urgency,
)
from ina.network import operations as network
from ina.network.enums import Delivery, Reply
from ina.planning import operations as planning
from ina.planning.enums import MeasureKind, PlanState, StepOwner
from ina.planning.models import IntegrationPlan
from ina.profiling import operations as profiling
from ina.profiling.enums import Aspect, FindingBasis, KeyGroup, Need, ProfilingKind, Severity, StrengthKind
from ina.profiling.models import Profiling
from tests.factories.cases import ADMITTED_ON, PLANNED_ON
from tests.factories.plans import bring
from tests.network.disclosing import allow, send
from tests.people import PRISON


def find_something(actor, made, moment) -> None:
    profiling.record_finding(
        actor=actor,
        case_id=made.case_id,
        held_on=ADMITTED_ON + timedelta(days=10),
        kind=ProfilingKind.INITIAL,
        aspect=Aspect.QUALIFICATION,
        need=Need.TRAINING,
        severity=Severity.PRESENT,
        basis=FindingBasis.SELF_REPORT,
        text="zwei Jahre als Malerhelfer gearbeitet, ohne Abschluss",
        now=moment,
    )


def sum_up(actor, made, moment) -> None:
    """Everything a profiling holds beside its first finding: health, strategy, prognosis, facts about the person."""
    profiled = Profiling.objects.visible_to(actor).get(case_id=made.case_id)
    profiling.rate_health(
        actor=actor,
        profiling_id=profiled.pk,
        severity=Severity.PRESENT,
        basis=FindingBasis.SELF_REPORT,
        text="kein schweres Heben",
        now=moment,
    )
    profiling.note_strength(
        actor=actor,
        profiling_id=profiled.pk,
        text="bleibt ruhig, wenn etwas schiefgeht",
        strength_kind=StrengthKind.PERSONAL,
        basis=FindingBasis.OBSERVATION,
        now=moment,
    )
    profiling.give_prognosis(
        actor=actor, assessment_id=profiled.assessment.pk, months_release=9, focus=KeyGroup.QUALIFICATION, now=moment
    )
    on = {"actor": actor, "case_id": made.case_id, "now": moment}
    profiling.add_biography_entry(
        **on, kind="JOB", title="Malerhelfer", kldb="33201", since=date(2019, 4, 1), until=date(2021, 3, 1)
    )
    profiling.add_target_occupation(**on, title="Maler", kldb="33212", rank=1, since=ADMITTED_ON)
    profiling.add_language(**on, language="de", level="NATIVE")
    profiling.add_mobility(**on, licence_status="WITHDRAWN", bicycle=True)
    profiling.add_restriction(**on, kind="NO_DRIVING", note="kein Führen von Fahrzeugen")
    profiling.add_competence(
        **on,
        wording="Schweißen MAG 135",
        level="SOLID",
        evidence="WELDING",
        issued_on=date(2026, 5, 4),
        expires_on=date(2028, 5, 4),
        issuer="Schulwerkstatt der Anstalt",
        issuer_neutral="Prüfstelle Schweißtechnik",
    )


def write_something(actor, made, moment) -> None:
    """A letter, signed and in the outbox."""
    letter = {"recipient": "Jobcenter Beispiel\n40210 Düsseldorf", "subject": "Termin", "body": "Guten Tag."}
    kept = documents.keep_paper(
        actor=actor,
        dossier_id=made.dossier_id,
        case_number=1,
        kind="documents.letter",
        options=letter,
        now=moment,
    )
    documents.record_signature(
        actor=actor,
        document_id=kept.document_id,
        number=1,
        name="Juniper Salbei",
        role="Teilnehmer/in",
        signed_on=day_of(moment),
        now=moment,
    )
    documents.prepare_dispatch(
        actor=actor,
        document_id=kept.document_id,
        number=1,
        channel=Channel.LETTER,
        recipient="Jobcenter Beispiel",
        now=moment,
    )


def plan_something(actor, made, moment) -> None:
    goal = planning.set_goal(
        actor=actor,
        case_id=made.case_id,
        wording_person="Ich will Geselle werden.",
        key_group=KeyGroup.QUALIFICATION,
        now=moment,
    )
    planning.add_step(actor=actor, goal_id=goal.pk, what="Zeugnisse besorgen", owner=StepOwner.CASE_MANAGER, now=moment)


def assign_something(actor, made, moment) -> None:
    """One measure that runs, and one that is assigned."""
    for point, title in (("6", "Schweißen MAG"), ("7", "Metallmontage")):
        measure = planning.assign_measure(
            actor=actor,
            case_id=made.case_id,
            kind=MeasureKind.TRAINING,
            point=point,
            title=title,
            assigned_on=ADMITTED_ON,
            planned_end_on=PLANNED_ON,
            now=moment,
        )
        if point == "6":
            planning.start_measure(actor=actor, prisonmeasure_id=measure.pk, started_on=ADMITTED_ON, now=moment)


def sit_together(actor, made, moment) -> None:
    """A conference with two decisions, one of which is a step of the plan."""
    conference = planning.hold_conference(
        actor=actor,
        case_id=made.case_id,
        held_on=day_of(moment),
        place="JVA Beispielstadt",
        participants="Alma Ahorn, Fallführung, Träger\nHanna Hasel, Sozialdienst, JVA",
        topics="Wohnen nach der Entlassung",
        minutes="Alle sind sich einig.",
        now=moment,
    )
    for text in ("Schuldnerberatung anmelden", "Wohnberechtigungsschein beantragen"):
        decision = planning.note_decision(
            actor=actor, conference_id=conference.pk, text=text, owner=StepOwner.CASE_MANAGER, now=moment
        )
    planning.make_step(actor=actor, conferencedecision_id=decision.pk, goal=1, now=moment)


def agree_on_a_plan(actor, made, moment) -> None:
    """In force and reviewed, and a second version in work: of each table of the plan there is a row."""
    if not IntegrationPlan.objects.visible_to(actor).filter(case_id=made.case_id).exists():
        plan_something(actor, made, moment)
    plan = IntegrationPlan.objects.visible_to(actor).get(case_id=made.case_id)
    bring(actor, plan, PlanState.IN_FORCE, moment)
    planning.review_plan(
        actor=actor, integrationplan_id=plan.pk, held_on=day_of(moment), finding="geht so weiter", now=moment
    )
    planning.open_version(actor=actor, case_id=made.case_id, changes="zweiter Schritt", now=moment)


def involve_somebody(actor, made, moment) -> None:
    network.propose_partner(
        actor=actor,
        case_id=made.case_id,
        partner_key="anbieter-beispiel",
        purpose="Schuldenberatung",
        proposed_on=ADMITTED_ON + timedelta(days=20),
        now=moment,
    )


def pass_something_on(actor, made, moment) -> None:
    """One disclosure behind a link, and one that the partner has answered."""
    sheet = allow(actor, made, moment, given_on=ADMITTED_ON)
    ConsentScan.objects.create(
        dossier_id=made.dossier_id,
        consent=sheet,
        document=Document.objects.visible_to(actor).filter(dossier_id=made.dossier_id).first(),
        recorded_at=moment,
        recorded_by_id=actor.membership_id,
    )
    send(actor, made, moment, delivery=Delivery.LINK)
    sent, _ = send(actor, made, moment)
    send(actor, made, moment, delivery=Delivery.LETTER)
    network.ask_override(
        actor=actor,
        case_id=made.case_id,
        partner_key="anbieter-beispiel",
        compartments=Compartment.HEALTH,
        danger="Drohung am Telefon, sich etwas anzutun",
        now=moment,
    )
    rita = actor_for(Membership.objects.get(user__username="rita"))
    with acting_as(rita):
        network.answer_disclosure(actor=rita, now=moment, token=sent.token, reply=Reply.ASK, said="Ab wann?")


def tick_off(actor, made, moment) -> None:
    monitoring.check_standard(
        actor=actor, case_id=made.case_id, item=7, state=StandardState.DONE, done_on=day_of(moment), now=moment
    )


def apply(actor, made, moment) -> None:
    application = monitoring.begin_application(
        actor=actor, case_id=made.case_id, kind=ApplicationKind.ID_CARD, office="Bürgeramt Musterstadt", now=moment
    )
    monitoring.move_application(
        actor=actor,
        benefitapplication_id=application.pk,
        step=ApplicationStep.FILED,
        happened_on=day_of(moment),
        now=moment,
    )


def invite(actor, made, moment) -> None:
    """Only after the release."""
    monitoring.open_own_page(actor=actor, case_id=made.case_id, now=moment)


def pack(actor, made, moment) -> None:
    monitoring.begin_folder(actor=actor, case_id=made.case_id, now=moment)
    monitoring.check_folder(actor=actor, case_id=made.case_id, now=moment)


def raise_alarm(actor, made, moment) -> None:
    crisis = monitoring.report_crisis(
        actor=actor, case_id=made.case_id, trigger=CrisisTrigger.NO_SHOW, urgency=Urgency.DAY, now=moment
    )
    monitoring.act_in_crisis(
        actor=actor,
        crisis_id=crisis.pk,
        kind=CrisisStep.TALK_PERSON,
        happened_on=day_of(moment),
        text="hat verschlafen, will am Montag hin",
        now=moment,
    )


def meet(actor, made, moment) -> None:
    monitoring.record_contact(
        actor=actor,
        case_id=made.case_id,
        happened_on=day_of(moment) - timedelta(days=3),
        kind="TALK",
        outcome=ContactOutcome.MET,
        content="Bewerbung besprochen",
        now=moment,
    )


def agree(actor, made, moment) -> None:
    monitoring.agree_appointment(
        actor=actor, case_id=made.case_id, on=day_of(moment) + timedelta(days=2), title="Bewerbung", now=moment
    )


def be_asked(actor, made, moment) -> None:
    """A task that counts from the release, and a reminder as the night writes it."""
    course.set_anchor(
        dossier_id=made.dossier_id,
        case_number=1,
        anchor=Anchor.RELEASE,
        on=PLANNED_ON,
        responsible_id=actor.membership_id,
        now=moment,
    )
    item = items.add_item(
        actor=actor,
        dossier_id=made.dossier_id,
        case_number=1,
        title="Zimmer suchen",
        anchor=Anchor.RELEASE,
        offset="3 Monate",
        responsible_id=actor.membership_id,
        now=moment,
    )
    Reminder.objects.create(
        dossier_id=made.dossier_id,
        item=item,
        step=ReminderStep.DUE,
        on=item.shown_on,
        membership_id=actor.membership_id,
    )


def tell_the_prison(actor, made, moment) -> None:
    record_notice(
        actor=actor,
        case_id=made.case_id,
        institution_key=PRISON,
        on=PLANNED_ON,
        told_on=ADMITTED_ON,
        channel=ConsentChannel.PHONE,
        now=moment,
    )


def find_out_what_became(actor, made, moment) -> None:
    monitoring.record_outcome(actor=actor, case_id=made.case_id, months=3, category="UNKNOWN", now=moment)


def report_back(actor, made, moment) -> None:
    which = {"actor": actor, "case_id": made.case_id, "written_on": day_of(moment), "now": moment}
    monitoring.write_aftercare_report(**which, months=1, work="Lager, Vollzeit seit dem ersten Tag")
    monitoring.write_closing_report(**which, summary="Stapler gefahren und dabei geblieben")


def stand_still(actor, made, moment) -> None:
    stops.stop_clock(
        actor=actor,
        dossier_id=made.dossier_id,
        case_number=1,
        reason="COURT",
        from_on=ADMITTED_ON + timedelta(days=3),
        until_on=ADMITTED_ON + timedelta(days=5),
        now=moment,
    )


def write_down(actor, made, moment) -> None:
    for readers in NoteReaders:
        monitoring.write_note(
            actor=actor,
            case_id=made.case_id,
            readers=readers,
            noted_on=ADMITTED_ON,
            text="möchte über den Vater nicht reden",
            now=moment,
        )


IN_CUSTODY = (
    write_down,
    stand_still,
    tell_the_prison,
    write_something,
    find_something,
    sum_up,
    plan_something,
    agree_on_a_plan,
    assign_something,
    sit_together,
    involve_somebody,
    pass_something_on,
    tick_off,
    pack,
    raise_alarm,
    apply,
    meet,
    agree,
    be_asked,
)
AFTER_RELEASE = (find_out_what_became, report_back, invite)
