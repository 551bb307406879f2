"""Who may change what partners offer. Everybody who is logged in may read it: offers are no secret."""

from ina.accounts.enums import Role
from ina.base.actor import Actor, System
from ina.base.policy import Verdict, allowed_if

# Those who ring the partners hear first what has changed; the administration of the system imports lists.
KEEPERS = frozenset(
    {
        Role.CASE_MANAGER,
        Role.TEAM_LEAD,
        Role.PRISON_SOCIAL,
        Role.NETWORK_COORDINATOR,
        Role.CHAMBER_COORDINATOR,
        Role.SYSTEM_ADMIN,
    }
)


def may_keep_directory(actor: Actor) -> Verdict:
    return allowed_if(
        actor.role in KEEPERS,
        "Angebote der Partner pflegen die Fallführung, der Sozialdienst, die Netzwerk- und die Kammerkoordination.",
    )


def may_add_offer(actor: Actor) -> Verdict:
    return may_keep_directory(actor)


def may_edit_offer(actor: Actor, offer) -> Verdict:
    return may_keep_directory(actor)


def may_edit_row(actor: Actor, row) -> Verdict:
    """Contact persons, agreements, working groups: kept by the same people as the offers."""
    return may_keep_directory(actor)


def may_see_picture(actor: Actor) -> Verdict:
    """Numbers about partners, none about people: those who look after the network."""
    return allowed_if(actor.role in KEEPERS, "Das Bild des Netzwerks sehen die, die es pflegen.")


def may_count_cooperation(actor: Actor) -> Verdict:
    return allowed_if(isinstance(actor, System), "Die Zahlen über Stellen macht nur der nächtliche Lauf.")
