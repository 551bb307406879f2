"""Two files about the same person: asked, agreed, refused, taken back. No row moves and nobody sees more by a link.

The other side lies behind a wall, so both rows are written by functions of the database (migration 0005).
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from ina.access.models import Dossier
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import LinkState
from ina.cases.models import SamePerson


@operation("cases.ask_link", may=policies.may_ask_link, on=Dossier)
def ask_link(dossier: Dossier, *, actor: Actor, handle: str, because: str, now: datetime) -> SamePerson:
    """Ask whoever leads another file whether it is about the same person. Answers the asker's side of the question.

    handle: of a hit of ``find_alike``, forgotten after the parameter ``form_draft``. The other side reads who asks and
    why, not the number of the file. Whoever may answer for the other file too links both at once.
    """
    why = because.strip()
    if not why:
        raise Invalid("Bitte sagen Sie der anderen Seite, warum Sie fragen.", "because")
    if len(why) > 300:
        raise Invalid("Höchstens 300 Zeichen.", "because")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT made, asked FROM cases_ask_link(%s, %s, %s, %s, %s)",
            [dossier.pk, handle, getattr(actor, "own_holder", None), why, now],
        )
        pair, asked = cursor.fetchone()
    if pair is None:
        raise Invalid(
            "Diese Anfrage ist schon gestellt, oder der Hinweis ist abgelaufen. Bitte suchen Sie noch einmal.", "handle"
        )
    both = SamePerson.objects.visible_to(actor).filter(pair=pair)
    theirs = both.filter(is_asker=False).first()
    if theirs is not None and policies.may_answer_link(actor, theirs):
        _settle(theirs, LinkState.LINKED, "beide Akten in einer Hand", actor, now)
    note(dossiers=[dossier.pk, asked])
    return both.get(is_asker=True)


@operation("cases.answer_link", may=policies.may_answer_link, on=SamePerson)
def answer_link(link: SamePerson, *, actor: Actor, accepted: bool, answer: str, now: datetime) -> None:
    """Say whether both files are about the same person. Accepted: either side learns the number of the other file."""
    if not accepted and not answer.strip():
        raise Invalid("Bitte sagen Sie der anderen Seite, warum es nicht dieselbe Person ist.", "answer")
    other = _settle(link, LinkState.LINKED if accepted else LinkState.REFUSED, answer, actor, now)
    note(dossiers=[link.dossier_id, other], accepted=accepted)


@operation("cases.unlink", may=policies.may_unlink, on=SamePerson)
def unlink(link: SamePerson, *, actor: Actor, because: str, now: datetime) -> None:
    """The link was wrong, or the question is taken back; on both sides. The numbers stay as evidence."""
    if not because.strip():
        raise Invalid("Bitte sagen Sie, warum.", "because")
    other = _settle(link, LinkState.UNLINKED, because, actor, now)
    note(dossiers=[link.dossier_id, other])


def _settle(link: SamePerson, becomes: LinkState, words: str, actor: Actor, now: datetime) -> int:
    """Both rows; the id of the other dossier, for the trail."""
    if len(words.strip()) > 300:
        raise Invalid("Höchstens 300 Zeichen.", "answer")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cases_settle_link(%s, %s, %s, %s, %s)",
            [link.pk, str(becomes), words.strip(), actor.membership_id, now],
        )
        return cursor.fetchone()[0]
