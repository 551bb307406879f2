"""Who may write, sign and send papers: whoever leads the case or stands in, and the social service of the prison."""

from collections.abc import Collection

from ina.access.enums import Basis
from ina.access.policies import goes_on, may_write
from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal

BASES: dict[str, tuple[Basis, ...]] = {
    Role.CASE_MANAGER: (Basis.ASSIGNMENT, Basis.DEPUTYSHIP),
    Role.PRISON_SOCIAL: (Basis.PRISON,),
}


def may_keep_paper(actor: Actor, dossier) -> Verdict:
    """Asked on the dossier or on anything that has one."""
    bases = BASES.get(actor.role)
    if bases is None:
        return allowed_if(False, "Dokumente legt ab, wer den Fall führt oder vertritt, und der Sozialdienst der JVA.")
    return first_refusal(may_write(actor, dossier, *bases), goes_on(dossier))


def moves_papers(actor: Actor, bases: Collection[str]) -> bool:
    """For lists that know the bases of each row already: what ``may_keep_paper`` will ask of them."""
    return not {str(basis) for basis in BASES.get(actor.role, ())}.isdisjoint(bases)


def may_change_document(actor: Actor, document) -> Verdict:
    return first_refusal(
        may_keep_paper(actor, document), allowed_if(document.voided_at is None, "Dieses Dokument ist storniert.")
    )


def may_move_dispatch(actor: Actor, dispatch) -> Verdict:
    return first_refusal(
        may_keep_paper(actor, dispatch),
        allowed_if(dispatch.dropped_at is None and dispatch.returned_on is None, "Dieser Versand ist abgeschlossen."),
    )
