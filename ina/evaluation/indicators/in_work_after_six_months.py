"""The figure for which INA exists: work on the first labour market six months after release."""

from ina.evaluation.enums import StatusGroup
from ina.evaluation.rates import Definition

DEFINITION = Definition(
    key="in_work_after_six_months",
    version="1",
    title="In Arbeit sechs Monate nach der Entlassung",
    sentence="waren sechs Monate nach der Entlassung in Arbeit",
    meaning="Der Anteil der entlassenen Teilnehmenden, die am Stichtag sechs Monate nach ihrer Entlassung auf dem "
    "ersten Arbeitsmarkt arbeiten (Nachhaltigkeit der Integration).",
    numerator="Teilnahmen mit dem Verbleib „sozialversicherungspflichtig beschäftigt“ (Voll- oder Teilzeit) oder "
    "„selbständig“ am Stichtag. Ausbildung, geringfügige und geförderte Beschäftigung zählen nicht dazu und stehen "
    "eigens in der Tabelle.",
    denominator="Alle Teilnahmen mit bestätigter Entlassung, deren Beobachtung abgeschlossen ist.",
    window="Gezählt wird nach dem Monat der Entlassung. Die Beobachtung ist abgeschlossen, wenn der Monat vorüber ist, "
    "in dem der Stichtag liegt.",
    unknowns="Nicht eingetragene und als „nicht bekannt“ eingetragene Stände zählen als unbekannt. Der Anteil steht "
    "mit und ohne Unbekannte im Nenner.",
    left_out="Wer vor dem Stichtag verstorben, ausgereist oder abgeschoben worden ist, steht nicht im Nenner und wird "
    "eigens genannt. Irrtümlich oder doppelt angelegte Fälle werden nicht gezählt.",
    caution="Der Anteil sagt, was war, nicht warum: Er belegt keine Wirkung und vergleicht keine Anstalten.",
    source="Auswertungsform des Kriminologischen Dienstes NRW (Hauptkategorien des Verbleibs); Intervall nach Wilson "
    "(1927), Newcombe (1998)",
    months=6,
    counted=frozenset({StatusGroup.WORK}),
)
