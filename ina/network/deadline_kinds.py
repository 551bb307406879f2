"""What the network asks for: an answer that came wants to be read, a partner before a closed link wants a new one, an
emergency wants a second person and that somebody is told."""

from ina.agenda.enums import Anchor
from ina.agenda.kinds import Kind, register_kind
from ina.cases.enums import Step
from ina.network.operations.answers import ANSWERED, NEW_LINK
from ina.network.operations.following import NO_ANSWER_YET
from ina.network.operations.overrides import TO_DECIDE, TO_TELL

KINDS = (
    Kind(
        ANSWERED,
        "Antwort einer Stelle lesen",
        Anchor.FIXED,
        page="disclosures",
        step=Step.NETWORKING.value,
    ),
    Kind(
        NO_ANSWER_YET,
        "Stelle hat nicht geantwortet: nachfragen",
        Anchor.FIXED,
        page="network",
        step=Step.NETWORKING.value,
    ),
    Kind(
        NEW_LINK,
        "Eine Stelle bittet um einen neuen Link",
        Anchor.FIXED,
        page="disclosures",
        step=Step.NETWORKING.value,
    ),
    Kind(
        TO_DECIDE,
        "Notfall-Weitergabe: eine zweite Person entscheidet",
        Anchor.FIXED,
        page="overrides",
        step=Step.NETWORKING.value,
    ),
    Kind(
        TO_TELL,
        "Die Person über die Notfall-Weitergabe unterrichten",
        Anchor.FIXED,
        page="overrides",
        step=Step.NETWORKING.value,
    ),
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)
