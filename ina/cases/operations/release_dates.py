"""When somebody may be released: dated claims with a source, never one overwritten date."""

from __future__ import annotations

from datetime import date, datetime

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import HypothesisKind, HypothesisStatus
from ina.cases.events import ReleaseDateChanged
from ina.cases.models import Case, ReleaseDateHypothesis
from ina.cases.operations.worklist import refresh


@operation("cases.state_release_date", may=policies.may_state_release_date, on=Case)
def state_release_date(
    case: Case,
    *,
    actor: Actor,
    on: date,
    kind: HypothesisKind,
    status: HypothesisStatus,
    source: str,
    asserted_on: date,
    now: datetime,
) -> ReleaseDateHypothesis:
    """Somebody says when the person may be released. The planning date follows; publishes ReleaseDateChanged."""
    today = day_of(now)
    if asserted_on > today:
        raise Invalid("Der Tag der Mitteilung liegt in der Zukunft.", "asserted_on")
    if on < today:
        raise Invalid("Dieser Tag liegt in der Vergangenheit. War die Entlassung schon? Dann bestätigen Sie sie.", "on")
    if not source.strip():
        raise Invalid("Bitte nennen Sie die Quelle.", "source")
    hypothesis = ReleaseDateHypothesis.objects.create(
        dossier_id=case.dossier_id,
        case=case,
        on=on,
        kind=str(kind),
        status=str(status),
        source=source.strip(),
        asserted_on=asserted_on,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    _changed(case)
    return hypothesis


@operation("cases.drop_release_date", may=policies.may_drop_release_date, on=ReleaseDateHypothesis)
def drop_release_date(hypothesis: ReleaseDateHypothesis, *, actor: Actor, now: datetime) -> None:
    """This date is off (decision against it, superseded). It stays in the history of claims."""
    hypothesis.status = HypothesisStatus.DROPPED
    hypothesis.version += 1
    hypothesis.save(update_fields=["status", "version"])
    _changed(hypothesis.case)


def _changed(case: Case) -> None:
    row = refresh(case)
    note(planning_date=str(row.planning_key))
    publish(ReleaseDateChanged(dossier_id=case.dossier_id, case_id=case.pk))
