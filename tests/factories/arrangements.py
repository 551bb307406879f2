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
