"""What each case is asked for: a profiling after admission, and another one before the release."""

from ina.agenda.enums import Anchor
from ina.agenda.kinds import Kind, register_kind
from ina.cases.enums import Step
from ina.profiling.operations import AGAIN, INITIAL

KINDS = (
    Kind(
        INITIAL,
        "Erstes Profiling",
        Anchor.ADMISSION,
        "first_profiling_deadline",
        page="profiling",
        step=Step.PROFILING,
        stoppable=True,
    ),
    Kind(
        AGAIN,
        "Profiling vor der Entlassung",
        Anchor.RELEASE,
        "reprofiling_lead",
        before=True,
        page="profiling",
        short_list=True,
        step=Step.PROFILING,
    ),
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)
