"""What browser tests put into their database before they begin (``site.arrange``)."""

from ina.cases.enums import State
from tests.factories.cases import case_for


def cases(people, leader: str = "alma", count: int = 1, state: str = "ADMITTED", surname: str = "") -> list[str]:
    """So many cases of one person of the cast; answers the numbers of the files."""
    names = [surname or None] * count
    return [case_for(people[leader], state=State(state), surname=name).number for name in names]


def states(people) -> list[str]:
    """One case that Alma leads with something on every page, and one that waits for its decision."""
    from ina.base import clock
    from tests.factories.everything import everything_for

    led = everything_for(people, clock.now())
    return [led.number, case_for(people.alma, state=State.SCREENING, talk=False).number]


def link(people) -> list[str]:
    """A disclosure behind a link; answers the last part of its address and the code."""
    from ina.access.context import acting_as
    from ina.base import clock
    from ina.network.enums import Delivery
    from tests.network.disclosing import allow, send

    made, actor, now = case_for(people.alma), people.alma.actor, clock.now()
    with acting_as(actor):
        allow(actor, made, now)
        _, way = send(actor, made, now, delivery=Delivery.LINK)
    return [way.address, way.code]


def own_page(people) -> list[str]:
    """Somebody released has a page of their own; answers the last part of its address and the code."""
    from ina.access.context import acting_as
    from ina.base import clock
    from ina.monitoring.operations import open_own_page

    made = case_for(people.alma, state=State.AFTERCARE)
    with acting_as(people.alma.actor):
        way = open_own_page(actor=people.alma.actor, case_id=made.case_id, now=clock.now())
    return [way.address, way.code]
