"""Names, representation and links, made by their operations; both files are the actor's."""

from __future__ import annotations

from ina.base.clock import day_of
from ina.cases.enums import AliasKind
from ina.cases.models import Participant
from ina.cases.operations.guardians import add_guardian
from ina.cases.operations.links import ask_link
from ina.cases.operations.names import add_alias, change_name
from ina.cases.queries import find_alike
from ina.cases.queries.people import sheet_of_file


def know_somebody(actor, made, other, moment) -> None:
    """A concealed former name, an alias, a guardian in ``made``; and ``other`` is about the same person."""
    participant = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
    change_name(
        actor=actor,
        participant_id=participant.pk,
        surname=participant.surname,
        given_name="Viola",
        sex="w",
        on=day_of(moment),
        under_disclosure_ban=True,
        now=moment,
    )
    add_alias(actor=actor, participant_id=participant.pk, kind=AliasKind.ALIAS, name="Veilchenblau", now=moment)
    add_guardian(
        actor=actor, participant_id=participant.pk, name="Erika Heide", relation="Betreuung für Vermögen", now=moment
    )
    hits = find_alike(actor, sheet_of_file(actor, other.dossier_id), moment)
    (handle,) = [hit.handle for hit in hits if hit.number == other.number]
    ask_link(actor=actor, dossier_id=made.dossier_id, handle=handle, because="beide nennen den Vater", now=moment)
