"""What the network of the demo offers, and what was passed on to partners: some answered, some waiting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ina.access.context import acting_as
from ina.access.enums import Compartment
from ina.base.errors import DomainError, NotVisible
from ina.cases.queries import get_file
from ina.network import operations as network
from ina.network.enums import Delivery, ReferralState, Reply
from ina.network.queries import list_referrals
from ina.ops import demo_cooperation
from ina.ops.demo_desk import LEADS
from ina.ops.demo_encounters import Scene
from ina.ops.demo_logins import ADDICTION, DEBTS, HOUSING, WORKSHOP
from ina.ops.demo_referrals import Told

ALL = ("CUSTODY", "PREPARATION", "AFTERCARE")
GROWN_UP = {"fact": "age", "op": "at_least", "value": 18, "because": "Angebot für Erwachsene"}
IN_DEBT = {"fact": "debts", "op": "one_of", "value": ["YES"], "because": "Beratung bei Überschuldung"}
SPEAKS = {"fact": "german_level", "op": "at_least", "value": "A2", "because": "Unterricht auf Deutsch"}
IN_TOWN = {"fact": "residence_district", "op": "one_of", "value": ["05111"], "because": "nur für Düsseldorf"}
SOON_OUT = {"fact": "months_to_release", "op": "at_most", "value": 6, "because": "Platz wird sechs Monate gehalten"}
# Partner, title, needs, phases, area, criteria, waiting days, checked so many days ago (None: never).
OFFERS: tuple[tuple[Any, ...], ...] = (
    (DEBTS, "Schuldnerberatung in der Anstalt", ("R4",), ("CUSTODY", "PREPARATION"), (), (GROWN_UP, IN_DEBT), 21, 30),
    (DEBTS, "Schuldnerberatung am Ort", ("R4",), ("AFTERCARE",), (), (GROWN_UP, IN_DEBT), 35, 30),
    (DEBTS, "Budgetkurs, vier Abende", ("R4",), ALL, (), (SPEAKS,), 14, 240),
    (HOUSING, "Übergangswohnen, zwölf Plätze", ("R1",), ("PREPARATION", "AFTERCARE"), ("05111",),
     (GROWN_UP, IN_TOWN, SOON_OUT), 60, 45),
    (HOUSING, "Hilfe bei der Suche einer Wohnung", ("R1",), ALL, (), (), 7, 45),
    (HOUSING, "Begleitung beim Einzug", ("R1", "R2"), ("AFTERCARE",), (), (), None, None),
    (WORKSHOP, "Probearbeit Metall und Holz", ("Q3",), ("PREPARATION", "AFTERCARE"), (), (GROWN_UP, SPEAKS), 10, 20),
    (WORKSHOP, "Teilqualifizierung Metall", ("Q3",), ("CUSTODY", "PREPARATION"), (), (SPEAKS,), 90, 20),
    (ADDICTION, "Beratung in der Anstalt", ("L2",), ("CUSTODY", "PREPARATION"), (), (GROWN_UP,), 14, 200),
    (ADDICTION, "Ambulante Nachsorge", ("L2",), ("AFTERCARE",), (), (GROWN_UP,), 28, 60),
)  # fmt: skip
TOLD = Compartment.IDENTITY | Compartment.VOCATIONAL
# Nobody needs more to see how it works.
MOST = 16


def lay_out(scene: Scene) -> None:
    _offers(scene)
    _passed_on(scene)
    demo_cooperation.lay_out(scene)


def _offers(scene: Scene) -> None:
    with scene.acting("nils") as keeper:
        for key, title, needs, phases, area, criteria, waiting, checked in OFFERS:
            entered = scene.ago(checked or 90)
            offer = network.add_offer(
                actor=keeper, now=scene.days.at(entered - timedelta(days=1)), institution_key=key, title=title,
                needs=list(needs), phases=list(phases), area=list(area), criteria=list(criteria), waiting_days=waiting,
            )  # fmt: skip
            if checked is not None:
                network.verify_offer(actor=keeper, offer_id=offer.pk, now=scene.days.at(entered))


def _passed_on(scene: Scene) -> None:
    """To partners that were asked: into the inbox of the one that has an account, to the others behind a link."""
    sent = 0
    for told in scene.everybody:
        if sent < MOST and told.person.life.lead in LEADS and told.case_id not in scene.moved:
            sent += _of(scene, told, sent)


def _of(scene: Scene, told: Told, place: int) -> bool:
    actor, on = scene.staff(told.person.life.lead), scene.ago(9 - place % 8)
    with acting_as(actor):
        try:
            case = get_file(actor, told.number, today=scene.days.today).case
        except NotVisible:  # it has gone to somebody else
            return False
        rows = list_referrals(actor, case)
        row = next((one for one in rows if one.state in {ReferralState.SENT, ReferralState.ACCEPTED}), None)
        if row is None or row.since > on:
            return False
        inbox = row.partner_key == DEBTS
        try:
            made = network.prepare_disclosure(
                actor=actor, case_id=case.pk, partner_key=row.partner_key, now=scene.days.at(on),
                delivery=Delivery.INBOX if inbox else Delivery.LINK, compartments=TOLD, subject="Bitte um einen Termin",
                reason="Wann kann das erste Gespräch sein? Die Person möchte sich vorbereiten.",
                referral_number=row.number,
            )  # fmt: skip
        except DomainError:  # consent withdrawn, case ended: nothing goes out here either
            return False
        network.release_disclosure(actor=actor, disclosure_id=made.pk, now=scene.days.at(on))
    if inbox and place % 2 == 0:
        rita = scene.staff("rita")
        with acting_as(rita):
            network.answer_disclosure(
                actor=rita, now=scene.days.at(scene.ago(3)), token=made.token, reply=Reply.ASK,
                said="Gern. Liegt eine Liste der Gläubiger vor?", said_by="",
            )  # fmt: skip
    return True
