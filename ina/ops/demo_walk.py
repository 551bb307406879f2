"""Tells the lives of the demo through the real operations, each act at its own moment in the past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from ina.access.context import acting_as
from ina.access.enums import Channel
from ina.access.operations.consents import withdraw_consent
from ina.access.queries import list_consents
from ina.cases.enums import HypothesisKind
from ina.cases.operations import acts, talks
from ina.ops import demo_besides as besides
from ina.ops import demo_words as words
from ina.ops.demo_days import Days
from ina.ops.demo_file import FileKeeper
from ina.ops.demo_referrals import Told, claimed
from ina.ops.demo_staff import Staff
from ina.ops.demo_stories import Stage

RELEASED_AS = {
    HypothesisKind.SENTENCE_END: "SENTENCE_END",
    HypothesisKind.TWO_THIRDS: "PROBATION",
    HypothesisKind.THERAPY_35: "THERAPY",
    HypothesisKind.CHRISTMAS_PARDON: "PARDON",
}
WITHOUT_INFORMATION = frozenset({Stage.DECLINED, Stage.REJECTED})
RELEASED = frozenset({Stage.OUTSIDE, Stage.ENDED})
# Days: to the first talk, to the decision, and how long a pause is meant to last.
TALK, DECISION, PAUSE = 6, 14, 80


def tell(told: Told, today: date, staff: Staff) -> None:
    """One life, from the referral to today: all of it or nothing."""
    with transaction.atomic(), acting_as(told.actor):
        Teller(told, today, staff).tell()


class Teller:
    """One life, told by whoever leads the case."""

    def __init__(self, told: Told, today: date, staff: Staff):
        self.told, self.actor, self.person, self.life = told, told.actor, told.person, told.person.life
        self.staff, self.chance, self.days = staff, told.person.chance, Days(today, told.person.number)
        self.claimed = claimed(self.person)

    def tell(self) -> None:
        stage, group = self.life.group.stage, self.life.group
        if stage is Stage.UNALLOCATED or (stage is Stage.SCREENING and not self.life.happens("talked")):
            return
        referred = self.days.working(self.days.day(self.life.referred))
        self._talk(self.days.working(referred + timedelta(days=TALK), since=referred))
        decided = self.days.working(referred + timedelta(days=DECISION), since=referred)
        reason = self.life.turn(group.reasons)
        match stage:
            case Stage.SCREENING:
                return
            case Stage.WAITING:
                again = -6 if self.life.happens("resubmission overdue") else 45 + 9 * self.life.place
                self.do(acts.waitlist, decided, happened_on=decided, reason=reason, resubmit_on=self.days.day(again))
            case Stage.DECLINED:
                self.do(acts.decline, decided, happened_on=decided, reason=reason)
            case Stage.REJECTED:
                self.do(acts.reject, decided, happened_on=decided, reason=reason)
            case _:
                self._take_part(decided)

    def do(self, operation: Callable, day: date, **arguments) -> Any:
        return operation(actor=self.actor, case_id=self.told.case_id, now=self.days.at(day), **arguments)

    def _talk(self, day: date) -> None:
        self.do(
            talks.record_first_talk,
            day,
            held_on=day,
            place="Sprechzimmer",
            informed=True,
            told_voluntary=True,
            own_wishes=self.chance.choice(words.AIMS).own,
        )
        if self.life.group.stage in WITHOUT_INFORMATION:
            return
        language = self.person.origin.language if self.person.origin else "de"
        interpreter = "Dolmetschdienst der Anstalt" if self.person.origin and self.person.origin.interpreter else ""
        self.do(
            talks.give_information,
            day,
            given_on=day,
            sheet_version=words.SHEET,
            language=language,
            interpreter=interpreter,
        )

    # --- from the admission on

    def _take_part(self, decided: date) -> None:
        self.do(
            acts.admit,
            decided,
            admitted_on=decided,
            agreement_on=decided,
            participation_on=decided,
            data_use_on=decided,
            text_version=words.SHEET,
            eligibility=self._advice(),
        )
        keeper = FileKeeper(self, decided)
        group, release = self.life.group, self.person.release_on
        released = group.stage in RELEASED
        ended = decided + timedelta(days=group.ends) if group.stage is Stage.ENDED_INSIDE else None
        until = min(each for each in (self.days.last, release if released else None, ended) if each)
        keeper.fill_sheets()
        besides.in_custody(self, decided, until)
        if not self.life.happens("no profiling yet"):
            keeper.work(until)
        if self.life.happens("paused") and not released:
            self._pause(self.days.working(self.days.day(-24)))
        if ended:
            self._end(self.days.working(ended))
        elif released:
            assert release is not None
            self._free(keeper, release)
        keeper.settle_past()

    def _free(self, keeper: FileKeeper, release: date) -> None:
        town = self.person.town if not self.life.happens("homeless") else None
        kind = self.claimed[1] if self.claimed and not self.life.happens("date moved") else HypothesisKind.TWO_THIRDS
        self.do(
            acts.confirm_release,
            release,
            released_on=release,
            release_type=RELEASED_AS.get(kind, "OTHER"),
            residence_town=town.name if town else "",
        )
        group = self.life.group
        ended = self.days.working(release + timedelta(days=group.ends)) if group.stage is Stage.ENDED else None
        keeper.accompany(release, ended)
        if self.life.happens("paused"):
            self._pause(self.days.working(self.days.day(-38)))
        besides.after_release(self, release)
        keeper.state_outcomes(release, before=ended)
        if ended:
            self._end(ended)
            keeper.state_outcomes(release, since=ended)

    def _pause(self, day: date) -> None:
        reason = self.life.turn(self.life.group.reasons)
        more = {"imprisonment": "SUBSTITUTE"} if reason == "REIMPRISONED" else {}
        self.do(acts.pause, day, happened_on=day, reason=reason, until=day + timedelta(days=PAUSE), **more)

    def _end(self, day: date) -> None:
        more: dict[str, Any] = {}
        match self.life.group.ending:
            case "REINCARCERATED":
                more = {"imprisonment": self.life.turn(self.life.group.reasons)}
            case "TRANSFER_TO_OTHER_SERVICE":
                more = {"handed_to": "Wohnhilfe Grafenberg (Beispiel)"}
            case "EXCLUDED":
                more = {
                    "remark": "mehrfach gegen die Vereinbarung verstoßen, zwei Gespräche dazu",
                    "complaint_explained": True,
                }
            case "ERROR_OR_DUPLICATE":
                more = {"remark": "für dieselbe Person gab es schon eine Akte"}
            case "NO_CONSENT":
                self._withdraw_consents(day)
        self.do(acts.close_case, day, closed_on=day, reason=self.life.group.ending, **more)

    def _withdraw_consents(self, day: date) -> None:
        for consent in list_consents(self.actor, self.told.dossier_id):
            withdraw_consent(
                actor=self.actor,
                consent_id=consent.pk,
                withdrawn_on=day,
                channel=Channel.IN_PERSON,
                now=self.days.at(day),
            )

    def _advice(self) -> dict[str, str]:
        """What the check of the criteria said on the day of the decision, as far as it was known then."""
        person = self.person
        near = self.life.release is not None and self.life.inside - DECISION < 91
        return {
            "custody": "PASSED",
            "remaining": "FAILED" if near else "PASSED" if self.life.release is not None else "UNKNOWN",
            "age": "PASSED" if person.age is not None else "UNKNOWN",
            "region": "PASSED" if person.town and person.town.district else "UNKNOWN",
            "voluntary": "PASSED",
            "need": "PASSED",
        }
