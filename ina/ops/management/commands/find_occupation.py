"""``script/ina find_occupation TEXT``: the first five; ``--evaluate FILE``: how often the right one is among them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from ina.exchange.occupation_samples import Sample, Unusable, read_content, read_samples
from ina.ops.answers import UNUSABLE, AnsweringCommand
from ina.reference.queries import find_occupations

FIRST = 5


class Command(AnsweringCommand):
    help = (
        "Sucht einen Beruf nach Worten, wie Menschen sie sagen. Mit --evaluate DATEI (CSV oder XLSX mit den Spalten "
        "text und kldb, vier oder fünf Ziffern): in welchem Anteil die richtige vierstellige Gruppe an erster Stelle "
        "(top1) und unter den ersten fünf (top5) steht."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("text", nargs="*", help="gesuchter Beruf")
        parser.add_argument("--evaluate", type=Path, metavar="FILE", help="Datei mit den Spalten text und kldb")

    def handle(self, *, text, evaluate, as_json, **options):
        if bool(text) == bool(evaluate):
            self.give_up("Bitte entweder einen Text oder --evaluate DATEI angeben.", UNUSABLE, as_json=as_json)
        if evaluate:
            self._evaluate(self._samples(evaluate, as_json), as_json)
            return
        hits = find_occupations(" ".join(text), FIRST)
        if as_json:
            self.answer([asdict(hit) for hit in hits], [], as_json=True)
        else:
            self.answer(
                {}, [f"{hit.kldb}  {hit.title} ({hit.hint})" for hit in hits] or ["Kein Beruf gefunden."], as_json=False
            )

    def _evaluate(self, samples: tuple[Sample, ...], as_json: bool) -> None:
        first = among = 0
        for sample in samples:
            groups = [hit.kldb[:4] for hit in find_occupations(sample.text, FIRST)]
            first += groups[:1] == [sample.kldb[:4]]
            among += sample.kldb[:4] in groups
        count = len(samples)
        told = {"n": count, "top1": round(first / count, 4), "top5": round(among / count, 4)}
        self.answer(
            told,
            [f"{count} Bezeichnungen: an erster Stelle {told['top1']:.1%}, unter den ersten fünf {told['top5']:.1%}"],
            as_json=as_json,
        )

    def _samples(self, file: Path, as_json: bool) -> tuple[Sample, ...]:
        try:
            with file.open("rb") as opened:
                samples, errors = read_samples(read_content(opened))
        except OSError as error:
            self.give_up(f"{file.name} lässt sich nicht lesen: {error.strerror}.", UNUSABLE, as_json=as_json)
        except Unusable as error:
            self.give_up(f"{file.name}: {error}", UNUSABLE, as_json=as_json)
        if errors:
            first = errors[0]
            self.give_up(
                f"{file.name}, Zeile {first.row}, {first.column}: {first.message} („{first.value}“)",
                UNUSABLE,
                as_json=as_json,
            )
        return samples
