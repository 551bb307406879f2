"""The plan follows the release: its reviews are asked for anew, its steps stand in the preview of a moved date."""

from ina.cases.following import follow_release
from ina.cases.moving import register_moves
from ina.planning.operations import plan_reviews
from ina.planning.queries import steps_moved


def register() -> None:
    follow_release(plan_reviews)
    register_moves(steps_moved)
