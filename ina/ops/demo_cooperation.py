"""How houses and partners of the demo work together: referrals of the last months, agreements, a working group."""

from __future__ import annotations

from datetime import timedelta

from ina.access.context import acting_as
from ina.access.enums import Compartment, ConsentPurpose, Direction
from ina.access.operations.consents import record_consent
from ina.base.errors import DomainError, NotVisible
from ina.cases.queries import get_file
from ina.institutions.queries import get_institution
from ina.network import operations as network
from ina.network.enums import ReferralAct, RefusalReason
from ina.ops.demo_desk import LEADS
from ina.ops.demo_encounters import Scene
from ina.ops.demo_logins import ADDICTION, DEBTS, HOUSING, WORKSHOP
from ina.ops.demo_referrals import Told
from ina.profiling.enums import Need

WAYS = (
    (DEBTS, Need.MONEY, "Schuldnerberatung"),
    (HOUSING, Need.HOUSING, "Wohnung nach der Entlassung"),
    (WORKSHOP, Need.TRAINING, "Probearbeit"),
    (ADDICTION, Need.HEALTH, "Suchtberatung"),
)
CHAMBER = "hwk-duesseldorf"
# Sent so many days ago; what the partner did, and after how many days.
SENT_AGO = (110, 96, 81, 67, 52, 38, 24)
TOLD = Compartment.IDENTITY | Compartment.VOCATIONAL
ANSWERS = (ReferralAct.ACCEPTED, ReferralAct.ACCEPTED, ReferralAct.ACCEPTED, ReferralAct.REFUSED, None)


def lay_out(scene: Scene) -> None:
    """What cannot have been (not admitted yet, given on to somebody else) is left out."""
    for place, told in enumerate(scene.everybody):
        _refer(scene, told, place)
    _open_profiles(scene)
    _agree(scene)
    _meet(scene)


def _open_profiles(scene: Scene) -> None:
    """Some people allow the chamber's coordination to see what they can."""
    opened = 0
    for told in scene.everybody:
        if opened == 3 or told.person.life.lead not in LEADS or told.case_id in scene.moved:
            continue
        actor = scene.staff(told.person.life.lead)
        with acting_as(actor):
            try:
                case = get_file(actor, told.number, today=scene.days.today).case
                at = scene.days.at(scene.ago(6))
                sheet = record_consent(
                    actor=actor, dossier_id=case.dossier_id, purpose=ConsentPurpose.SHARING, given_on=scene.ago(6),
                    text_version="1", on_paper=True, recipient_id=get_institution(CHAMBER).pk, categories=TOLD,
                    direction=Direction.GIVE, aim="Suche eines Betriebs", beyond_release=True, now=at,
                )  # fmt: skip
                network.open_to_chamber(actor=actor, consent_id=sheet.pk, now=at)
                opened += 1
            except (DomainError, NotVisible):
                continue


def _refer(scene: Scene, told: Told, place: int) -> None:
    if told.person.life.lead not in LEADS or told.case_id in scene.moved:
        return
    key, need, purpose = WAYS[place % len(WAYS)]
    sent = SENT_AGO[place % len(SENT_AGO)]
    actor = scene.staff(told.person.life.lead)
    with acting_as(actor):
        try:
            case = get_file(actor, told.number, today=scene.days.today).case
            at = scene.days.at(scene.ago(sent))
            record_consent(
                actor=actor, dossier_id=case.dossier_id, purpose=ConsentPurpose.SHARING, given_on=scene.ago(sent),
                text_version="1", on_paper=True, recipient_id=get_institution(key).pk, categories=TOLD,
                direction=Direction.BOTH, aim=purpose, beyond_release=True, now=at,
            )  # fmt: skip
            referral = network.propose_partner(
                actor=actor, case_id=case.pk, partner_key=key, purpose=purpose, need=need, proposed_on=scene.ago(sent),
                now=at,
            )  # fmt: skip
            moves = [(ReferralAct.CONSENTED, sent), (ReferralAct.SENT, sent)]
            answer = ANSWERS[place % len(ANSWERS)]
            if answer is not None:
                moves.append((answer, sent - 4 - place % 9))
            if answer is ReferralAct.ACCEPTED:
                moves.append((ReferralAct.STARTED, sent - 16 - place % 8))
            for act, ago in moves:
                if ago > 0:
                    network.move_referral(
                        actor=actor, servicereferral_id=referral.pk, act=act, happened_on=scene.ago(ago),
                        refused_because=RefusalReason.FULL if act is ReferralAct.REFUSED else None,
                        now=scene.days.at(scene.ago(ago)),
                    )  # fmt: skip
        except (DomainError, NotVisible):
            return


def _agree(scene: Scene) -> None:
    with scene.acting("nils") as keeper:
        for key, name, ago, days, renews in (
            (DEBTS, "Wanda Weide", 700, 60, 12),
            (HOUSING, "Bodo Buche", 300, 400, None),
        ):
            now = scene.days.at(scene.ago(ago))
            contact = network.add_contact_person(
                actor=keeper, now=now, institution_key=key, name=name, role="Leitung", phone="0211 5550101"
            )
            made = network.draft_agreement(
                actor=keeper, now=now, institution_key=key, subject="Beratung vor und nach der Entlassung",
                starts_on=scene.ago(ago - 10), ends_on=scene.days.today + timedelta(days=days), notice_months=1,
                renews_months=renews, contact_id=contact.pk, services="feste Sprechstunde in der Anstalt",
                data_rules="Nur mit Einwilligung der Person, über den Eingang oder als Brief.",
            )  # fmt: skip
            network.sign_agreement(actor=keeper, now=now, agreement_id=made.pk, signed_on=scene.ago(ago))


def _meet(scene: Scene) -> None:
    with scene.acting("nils") as keeper:
        now = scene.days.at(scene.ago(40))
        group = network.found_group(
            actor=keeper, now=now, name="Arbeitskreis Übergang Düsseldorf", kind="GROUP", region="Düsseldorf",
            aim="kurze Wege zwischen Anstalt, Wohnhilfe und Schuldnerberatung",
        )  # fmt: skip
        for key in (DEBTS, HOUSING, ADDICTION):
            network.change_group(actor=keeper, now=now, workinggroup_id=group.pk, join=key)
        meeting = network.hold_meeting(
            actor=keeper, now=now, workinggroup_id=group.pk, held_on=scene.ago(40), place="Rathaus",
            topics="Wartezeiten, Unterlagen am Entlassungstag", people="Wanda Weide, Leitung\nBodo Buche, Leitung",
            minutes="Ab dem nächsten Monat gibt es eine Sprechstunde im Übergangshaus.", present=[DEBTS, HOUSING],
        )  # fmt: skip
        network.agree_in_meeting(
            actor=keeper, now=now, meeting_id=meeting.pk, text="Zeiten der Sprechstunde nennen", who="Wanda Weide",
            due_on=scene.ago(-10),
        )  # fmt: skip
