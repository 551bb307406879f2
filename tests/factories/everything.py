"""One file with a row in every table about people, and a second one that belongs to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ina.access.context import acting_as
from ina.access.operations.dossiers import block_person
from ina.access.operations.emergencies import open_emergency_access
from ina.base.clock import day_of
from ina.cases.enums import EventKind, State
from ina.cases.models import Participant
from ina.cases.operations.events import record_event
from ina.cases.operations.handovers import offer_handover, withdraw_handover
from ina.cases.operations.list_exports import fill_export, order_export
from ina.cases.operations.list_views import save_view
from ina.cases.operations.people import correct_participant
from ina.cases.operations.prison_lists import ListedPerson, stage_prison_list
from ina.cases.operations.referrals import Person
from tests.factories.cases import Made, case_for
from tests.factories.identity import know_somebody
from tests.factories.intake import ask_everything
from tests.factories.steps import AFTER_RELEASE, IN_CUSTODY


@dataclass(frozen=True)
class Everything(Made):
    """Alma's file in custody, one of hers after release, the holder of her uploads, and Cem's file elsewhere."""

    holder_id: int
    released: Made
    cems: Made

    @property
    def dossiers(self) -> list[int]:
        return [self.dossier_id, self.released.dossier_id]


def everything_for(people, moment) -> Everything:
    """``moment``: the fixture of that name. Bert's emergency access to Alma's file ended a day before it."""
    made, cems = case_for(people.alma), case_for(people.cem)
    released = case_for(people.alma, state=State.AFTERCARE)
    actor = people.alma.actor
    with acting_as(actor):
        participant = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
        correct_participant(actor=actor, participant_id=participant.pk, birth_place="Neuss", now=moment)
        stage_prison_list(
            actor=actor,
            prison_id=people.alma.place_id,
            file_name="liste.csv",
            people=[ListedPerson(row=2, person=Person(surname="Kornblume", given_name="Kim", booking_number="K1"))],
            counts={"read": 1, "usable": 1, "faulty": 0, "elsewhere": {}, "dropped": [], "ignored": []},
            now=moment,
        )
        save_view(actor=actor, name="Nachsorge in Moers", query={"phase": "AFTERCARE"}, now=moment)
        export = order_export(actor=actor, query={}, now=moment)
        fill_export(actor=actor, listexport_id=export.pk, content=b"a workbook", rows=2, now=moment)
        for step in IN_CUSTODY:
            step(actor, made, moment)
        ask_everything(actor, made, moment)
        record_event(
            actor=actor, case_id=made.case_id, kind=EventKind.WORK_RELEASE, happened_on=day_of(moment), now=moment
        )
        # Offered to Bert and taken back: what he was shown of it is shut again.
        handover = offer_handover(
            actor=actor,
            case_id=made.case_id,
            receiver_id=people.bert.membership_id,
            reason="Urlaub",
            offered_on=day_of(moment),
            now=moment,
        )
        withdraw_handover(actor=actor, handover_id=handover.pk, now=moment)
        for step in AFTER_RELEASE:
            step(actor, released, moment)
        know_somebody(actor, made, released, moment)
    lead = people.jan.actor
    with acting_as(lead):
        block_person(actor=lead, dossier_id=made.dossier_id, user_id=people.uwe.user_id, reason="Schwager", now=moment)
    bert = people.bert.actor
    with acting_as(bert):
        open_emergency_access(
            actor=bert,
            number=made.number,
            reason="Anruf: die Person droht, sich etwas anzutun.",
            hours=24,
            now=moment - timedelta(hours=48),
        )
    return Everything(made.case_id, made.dossier_id, made.number, people.alma.own_holder, released, cems)
