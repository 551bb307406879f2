"""What the network asks for: an answer that came wants to be read, a partner before a closed link wants a new one."""

from ina.agenda.enums import Anchor
from ina.agenda.kinds import Kind, register_kind
from ina.cases.enums import Step
from ina.network.operations.answers import ANSWERED, NEW_LINK
from ina.network.operations.following import NO_ANSWER_YET

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
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)
