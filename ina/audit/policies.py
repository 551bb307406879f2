"""Who may search the whole trail. A file's own readers see the lines of that file; that is the wall's business."""

from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if

# The same role for which the wall opens the trail (access.context.CHECKING_ROLES; a test compares them).
CHECKERS = frozenset({"DATA_PROTECTION"})


def may_search_trail(actor: Actor) -> Verdict:
    """§ 35 Abs. 3 JVollzDSG NRW: log data serve checks of lawfulness, never the supervision of staff."""
    return allowed_if(actor.role in CHECKERS, "Das Protokoll durchsucht nur die oder der Datenschutzbeauftragte.")
