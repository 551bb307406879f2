"""Loading the official lists of occupations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ina.base.actor import Actor
from ina.base.operation import note, operation
from ina.reference import policies
from ina.reference.models import Occupation, OccupationGroup, OccupationSource
from ina.reference.occupation_rows import ExplanationRow, GroupRow, OccupationFile, OccupationRow, ReadFile

BATCH = 2000


@dataclass(frozen=True)
class OccupationImport:
    """What one file did, in numbers of rows. ``removed``: names that the new edition no longer has."""

    file: str
    kind: OccupationFile
    rows: int
    added: int
    changed: int
    unchanged: int
    removed: int


@operation("reference.import_occupations", may=policies.may_import_occupations)
def import_occupations(*, actor: Actor, now: datetime, files: Sequence[ReadFile]) -> tuple[OccupationImport, ...]:
    """Load official files, all or none; the same file again changes nothing.

    Places of the KldB stay even where a file does not name them, for others hold their codes; names of occupations
    that a new edition no longer has go.
    """
    done = []
    # Systematics first, so that explanations find their places whatever the order of the files.
    for file in sorted(files, key=lambda one: list(OccupationFile).index(one.kind)):
        source, _ = OccupationSource.objects.get_or_create(
            key=file.kind, defaults={"title": file.kind.label, "source": file.name, "loaded_at": now}
        )
        source = OccupationSource.objects.select_for_update().get(pk=source.pk)
        result = _load(file, source)
        if result.added or result.changed or result.removed:
            source.title, source.source, source.rows, source.loaded_at = file.kind.label, file.name, result.rows, now
            source.save()
        done.append(result)
    note(files=[f"{one.kind} +{one.added} ~{one.changed} -{one.removed}" for one in done])
    return tuple(done)


def _load(file: ReadFile, source: OccupationSource) -> OccupationImport:
    if file.kind is OccupationFile.OCCUPATIONS:
        counts = _load_names(source, file.rows)
    elif file.kind is OccupationFile.GROUPS:
        counts = _load_groups({row.kldb: {"title": row.title} for row in file.rows if isinstance(row, GroupRow)})
    else:
        said = {
            row.kldb: {"remarks": row.remarks, "includes": row.includes}
            for row in file.rows
            if isinstance(row, ExplanationRow)
        }
        counts = _load_groups(said)
    return OccupationImport(file.name, file.kind, len(file.rows), *counts)


def _load_groups(wanted: dict[str, dict[str, str]]) -> tuple[int, int, int, int]:
    present = {row.kldb: row for row in OccupationGroup.objects.select_for_update()}
    new = [OccupationGroup(kldb=kldb, **said) for kldb, said in wanted.items() if kldb not in present]
    changed = [
        _with(present[kldb], said)
        for kldb, said in wanted.items()
        if kldb in present and any(getattr(present[kldb], column) != value for column, value in said.items())
    ]
    OccupationGroup.objects.bulk_create(new, batch_size=BATCH)
    OccupationGroup.objects.bulk_update(changed, ["title", "remarks", "includes"], batch_size=BATCH)
    return len(new), len(changed), len(wanted) - len(new) - len(changed), 0


def _load_names(source: OccupationSource, rows: Iterable) -> tuple[int, int, int, int]:
    wanted = {row.key: row for row in rows if isinstance(row, OccupationRow)}
    columns = ("kldb", "title", "words", "degree")
    present = {row.key: row for row in source.occupations.all()}
    new = [
        Occupation(source=source, key=row.key, **{column: getattr(row, column) for column in columns})
        for key, row in wanted.items()
        if key not in present
    ]
    changed = [
        _with(present[key], {column: getattr(row, column) for column in columns})
        for key, row in wanted.items()
        if key in present and any(getattr(present[key], column) != getattr(row, column) for column in columns)
    ]
    gone = [row.pk for key, row in present.items() if key not in wanted]
    Occupation.objects.bulk_create(new, batch_size=BATCH)
    Occupation.objects.bulk_update(changed, columns, batch_size=BATCH)
    Occupation.objects.filter(pk__in=gone).delete()
    return len(new), len(changed), len(wanted) - len(new) - len(changed), len(gone)


def _with(row, said: dict):
    for column, value in said.items():
        setattr(row, column, value)
    return row
