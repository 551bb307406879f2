"""Appointments follow the course of a case: its end, leave that was taken back, another case manager."""

from ina.cases.following import follow_course, follow_hands
from ina.monitoring.operations import hand_appointments_on, settle_appointments


def register() -> None:
    follow_course(settle_appointments)
    follow_hands(hand_appointments_on)
