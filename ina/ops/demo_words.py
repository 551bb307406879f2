"""What people say and staff write in the demo. No offence is named anywhere, and nobody exists."""

from __future__ import annotations

from dataclasses import dataclass

from ina.profiling.enums import Aspect, FindingBasis, KeyGroup, Need, Severity

SHEET = "2026-1"


@dataclass(frozen=True)
class Aim:
    """A goal in the person's words and in the trade's, and the steps towards it (what, by whom, days until due)."""

    own: str
    trade: str
    group: KeyGroup
    steps: tuple[tuple[str, str, int], ...]


AIMS: tuple[Aim, ...] = (
    Aim(
        "Wieder als Maler arbeiten und die Kinder am Wochenende sehen.",
        "Aufnahme einer versicherungspflichtigen Beschäftigung im Malerhandwerk",
        KeyGroup.QUALIFICATION,
        (
            ("Bewerbungsunterlagen fertigstellen", "PARTICIPANT", 60),
            ("Betriebe in der Nähe ansprechen", "CASE_MANAGER", 90),
        ),
    ),
    Aim(
        "Eine Ausbildung fertig machen, am liebsten im Metallbau.",
        "Nachholen des Berufsabschlusses, Anrechnung der Module aus der Haft",
        KeyGroup.QUALIFICATION,
        (
            ("Zeugnisse der Lehrwerkstatt besorgen", "PRISON", 40),
            ("Gespräch mit der Kammer über die Anrechnung", "CASE_MANAGER", 80),
        ),
    ),
    Aim(
        "Erst eine eigene Wohnung, dann Arbeit im Lager.",
        "Wohnung vor der Entlassung, danach Vermittlung in Lager und Logistik",
        KeyGroup.CIRCUMSTANCES,
        (
            ("Antrag auf Übernahme der Kaution", "AGENCY", 50),
            ("Bei drei Genossenschaften vorsprechen", "PARTICIPANT", 70),
        ),
    ),
    Aim(
        "Den Führerschein zurück und wieder fahren.",
        "Wiedererteilung der Fahrerlaubnis, Beschäftigung im Nahverkehr",
        KeyGroup.QUALIFICATION,
        (
            ("Auskunft der Führerscheinstelle einholen", "PARTICIPANT", 45),
            ("Kosten mit dem Jobcenter klären", "AGENCY", 100),
        ),
    ),
    Aim(
        "Nicht mehr zum Amt müssen und mein eigenes Geld haben.",
        "Bedarfsdeckende Beschäftigung in der Gastronomie",
        KeyGroup.MOTIVATION,
        (("Probetage in der Anstaltsküche", "PRISON", 30), ("Gesundheitszeugnis beantragen", "PARTICIPANT", 60)),
    ),
    Aim(
        "Besser Deutsch lernen, damit ich in der Werkstatt alles verstehe.",
        "Sprachniveau B1, danach Helfertätigkeit mit Aussicht auf Umschulung",
        KeyGroup.QUALIFICATION,
        (("Anmeldung zum Sprachkurs der Anstalt", "PRISON", 30), ("Einstufung vor der Entlassung", "CASE_MANAGER", 90)),
    ),
    Aim(
        "Die Schulden in den Griff bekommen und trotzdem arbeiten können.",
        "Schuldenregulierung, Schutz des Arbeitseinkommens",
        KeyGroup.CIRCUMSTANCES,
        (
            ("Unterlagen für die Schuldnerberatung ordnen", "PARTICIPANT", 30),
            ("Konto mit Pfändungsschutz eröffnen", "PARTICIPANT", 60),
        ),
    ),
    Aim(
        "Mit dem Kopf arbeiten, nicht nur mit dem Rücken.",
        "Umschulung in einen kaufmännischen Beruf",
        KeyGroup.QUALIFICATION,
        (("Berufsberatung in der Anstalt", "AGENCY", 40), ("Bildungsgutschein beantragen", "PARTICIPANT", 80)),
    ),
)

Told = tuple[Aspect, Need | None, Severity, FindingBasis, str]
STRENGTHS: tuple[Told, ...] = tuple(
    (Aspect.STRENGTH, None, Severity.NONE, FindingBasis.OBSERVATION, text)
    for text in (
        "zuverlässig in der Schreinerei, nie gefehlt",
        "zeigt anderen gern, wie etwas geht",
        "arbeitet sehr genau und fragt nach",
        "bleibt ruhig, wenn es eng wird",
        "hat lange auf dem Bau gearbeitet und kennt die Abläufe",
        "spricht drei Sprachen und übersetzt für andere",
        "führt die Listen im Lager der Anstalt allein",
    )
)
NEEDS: tuple[Told, ...] = (
    (
        Aspect.QUALIFICATION,
        Need.TRAINING,
        Severity.PRESENT,
        FindingBasis.FACT,
        "Gesellenbrief fehlt, zwei Jahre gelernt",
    ),
    (Aspect.CIRCUMSTANCES, Need.HOUSING, Severity.SEVERE, FindingBasis.SELF_REPORT, "keine Wohnung in Aussicht"),
    (
        Aspect.CIRCUMSTANCES,
        Need.MONEY,
        Severity.SEVERE,
        FindingBasis.SELF_REPORT,
        "Schulden bei sechs Gläubigern, etwa 8.000 €",
    ),
    (
        Aspect.MOTIVATION,
        Need.INITIATIVE,
        Severity.PRESENT,
        FindingBasis.ASSESSMENT,
        "fängt vieles an und gibt schnell auf",
    ),
    (Aspect.QUALIFICATION, Need.LANGUAGE, Severity.PRESENT, FindingBasis.TEST, "Einstufung A2, mündlich besser"),
    (
        Aspect.CIRCUMSTANCES,
        Need.MOBILITY,
        Severity.PRESENT,
        FindingBasis.FACT,
        "kein Führerschein, Schichtbeginn vor dem ersten Bus",
    ),
    (
        Aspect.QUALIFICATION,
        Need.EXPERIENCE,
        Severity.SEVERE,
        FindingBasis.FACT,
        "noch nie länger als drei Monate gearbeitet",
    ),
    (Aspect.CIRCUMSTANCES, Need.PERSONAL, Severity.PRESENT, FindingBasis.FACT, "Ausweis ist abgelaufen"),
    (
        Aspect.CIRCUMSTANCES,
        Need.FAMILY,
        Severity.PRESENT,
        FindingBasis.SELF_REPORT,
        "zwei Kinder, Umgang ist ungeklärt",
    ),
    (
        Aspect.PERFORMANCE,
        Need.CONDUCT,
        Severity.PRESENT,
        FindingBasis.OBSERVATION,
        "gerät mit Vorgesetzten leicht aneinander",
    ),
)
HOMELESS = NEEDS[1]
MILDER = {Severity.SEVERE: Severity.PRESENT, Severity.PRESENT: Severity.NONE, Severity.NONE: Severity.NONE}
# What is better before the release, by the same need.
BETTER: dict[Need | None, str] = {
    Need.TRAINING: "Teilprüfung in der Lehrwerkstatt bestanden",
    Need.HOUSING: "Platz im Übergangswohnen ist zugesagt",
    Need.MONEY: "Vergleich mit vier Gläubigern geschlossen",
    Need.INITIATIVE: "seit vier Monaten ohne Fehltag im Betrieb",
    Need.LANGUAGE: "Prüfung A2 bestanden, B1 begonnen",
    Need.MOBILITY: "Monatskarte ist beantragt, Betrieb liegt an der Bahn",
    Need.EXPERIENCE: "fünf Monate im Eigenbetrieb durchgehalten",
    Need.PERSONAL: "neuer Ausweis liegt bei der Habe",
    Need.FAMILY: "Jugendamt begleitet den Umgang",
    Need.CONDUCT: "Training abgeschlossen, Rückmeldung des Meisters gut",
}
INSIDE = (
    "Einzelgespräch im Haus: Stand der Bewerbungen",
    "Einzelgespräch im Haus: Post vom Jobcenter besprochen",
    "Einzelgespräch im Haus: Woche in der Werkstatt, Lob vom Meister",
    "Einzelgespräch im Haus: Sorge um die Wohnung",
    "Einzelgespräch im Haus: Unterlagen sortiert",
    "Einzelgespräch im Haus: wie der erste Tag draußen aussehen soll",
)
OUTSIDE = (
    ("TALK", "Gespräch im Nachsorgebüro: Antrag gestellt, Bescheid steht aus"),
    ("PHONE", "Anruf: Arbeit läuft, Schichten sind anstrengend"),
    ("ACCOMPANIMENT", "Begleitung zum Jobcenter"),
    ("TALK", "Gespräch im Nachsorgebüro: Probearbeit vereinbart"),
    ("PHONE", "Anruf: Termin beim Betrieb verschoben"),
    ("HOME_VISIT", "Besuch in der neuen Wohnung"),
    ("TALK", "Gespräch im Nachsorgebüro: Rechnungen durchgesehen"),
    ("FIRM_VISIT", "Besuch im Betrieb, Meister ist zufrieden"),
)
PURPOSES = {
    "anbieter-schuldnerberatung-beispiel": "Überblick über die Schulden vor der Entlassung",
    "anbieter-wohnhilfe-beispiel": "Platz im Übergangswohnen ab dem Entlassungstag",
    "anbieter-werkstatt-beispiel": "Probearbeit und Teilqualifizierung Metall",
    "anbieter-suchtberatung-beispiel": "Fortsetzung der Beratung nach der Haft",
}
OWN_TASKS = (
    "Zeugnis der Lehrwerkstatt anfordern",
    "Rückruf beim Jobcenter wegen der Kaution",
    "Krankenkasse: Anmeldung ab dem Entlassungstag",
    "Ausweis beantragen, Passfoto besorgen",
    "Bewährungshilfe: erster Termin",
    "Kleiderkammer für den Entlassungstag",
)
TASKS_OF_THE_PRISON = (
    "Schlussbericht vorbereiten",
    "Zeugnisse aus der Werkstatt zur Habe legen",
    "Ausführung zum Bürgeramt beantragen",
    "Überbrückungsgeld: Auszahlung klären",
    "Stellungnahme zu § 57 StGB weitergeben",
)
MEETINGS = (
    ("Bewerbungsmappe durchsehen", "Sprechzimmer 2", ""),
    ("Fallbesprechung mit dem Sozialdienst", "Besprechungsraum Haus B", "Sozialdienst der JVA"),
    ("Gespräch mit dem Jobcenter", "Videoraum", "Jobcenter"),
    ("Entlassungsmappe übergeben", "Sprechzimmer 1", ""),
    ("Vorstellungsgespräch vorbereiten", "Sprechzimmer 2", ""),
    ("Gespräch im Nachsorgebüro", "Nachsorgebüro", ""),
    ("Probearbeit: Auswertung", "Nachsorgebüro", "Betrieb"),
)
MESSAGE = "Der Antrag auf den Wohnheimplatz läuft; die Person verlässt sich auf eine Antwort vor dem Monatsende."
OCCUPATIONS = (
    "Metallbau",
    "Malerei",
    "Tischlerei",
    "Garten- und Landschaftsbau",
    "Bäckerei",
    "Lagerlogistik",
    "Elektro",
)
LAST_JOBS = (
    "Lagerhelfer, Zeitarbeit",
    "Trockenbau, ohne Vertrag",
    "Küche, Minijob",
    "Gerüstbau",
    "Reinigung",
    "Fahrer im Lieferdienst",
)
# Names, given names and nationalities of those who stand on a list of prisoners and were never proposed.
LISTED = (
    ("Apfelbaum", "Kai", "deutsch"),
    ("Bilsenkraut", "Jens", "deutsch"),
    ("Bocksdorn", "Erkan", "türkisch"),
    ("Diptam", "Mario", "deutsch"),
    ("Eisenhut", "Sergej", "deutsch"),
    ("Flachsmann", "Ruben", "deutsch"),
    ("Gelbstern", "Adam", "polnisch"),
    ("Heckenros", "Tim", "deutsch"),
    ("Johannisbeer", "Dirk", "deutsch"),
    ("Knöterich", "Amir", "syrisch"),
    ("Leberblum", "Stefan", "deutsch"),
    ("Mauerpfeffer", "Ingo", "deutsch"),
    ("Nieswurz", "Ahmet", "türkisch"),
    ("Ochsenzung", "Lars", "deutsch"),
    ("Pestwurz", "Vasile", "rumänisch"),
    ("Rohrkolben", "Finn", "deutsch"),
)
# Rows of the same list that nobody can use: a day that does not exist, no Buchnummer, another prison.
UNREADABLE = (
    "Schierling;Peter;m;31.02.1988;deutsch;JVA Düsseldorf;05901/26/1;Freiheitsstrafe;TE;14.05.2030;StA Düsseldorf",
    "Wegerich;Uwe;m;12.07.1979;deutsch;JVA Düsseldorf;;Freiheitsstrafe;TE;02.02.2030;StA Düsseldorf",
    "Ziest;Jens;m;09.01.1991;deutsch;JVA Wuppertal-Vohwinkel;00417/25/2;Freiheitsstrafe;TE;01.03.2030;StA Wuppertal",
)
FORMER = ("Rosengarten", "Klee", "Buchenau", "Lindenthal")
# Who reads a note, what it is about, what it says.
NOTES = (
    ("CIRCLE", "Telefon", "ruft mittwochs nach der Arbeit an, vorher ist die Station nicht zu erreichen"),
    ("INTERNAL", "Vertrauen", "spricht offener, wenn niemand aus der Anstalt dabei ist"),
    ("CONFIDENTIAL", "Familie", "möchte, dass der Kontakt zur Schwester vorerst unter uns bleibt"),
)
