"""How the wording of an occupation becomes words that can be compared: pure, no tables.

„Helfer (m/w/d) Lager/Logistik in Vollzeit ab sofort“ and „Lagerhelfer/in“ have to meet, whatever is typed wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# What stands in brackets about sexes, and their endings behind stars, colons and strokes.
_SEXES = re.compile(
    r"\b(?:all genders?|[mwdfixgnav](?:\s*[/|,_*]\s*(?:[mwdfixgnav]|divers|\*))+|männlich|weiblich|divers)\b"
)
_ENDINGS = re.compile(
    r"(?<=[a-zäöüß])\s?[/:*_](?:-?innen|-?in|-?frau|-?n|-?r|-?e|-?s)\b|\((?:in|innen|er/in|e/in|r|e)\)"
)
_BRACKET_END = re.compile(r"(?<=[a-zäöüß])\(([a-zäöüß]{1,3})/(?:in|-in)\)")
_PAIR = re.compile(r"\b(\w{4,})/-?(\w{4,}(?:in|frau))\b")
_WORD = re.compile(r"[a-z0-9+#]+")
_SIGNS = {"c#": "csharp", "c++": "cplusplus", "§34a": "34a", "§ 34a": "34a", ".net": "dotnet"}


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Short forms that people write for words of the titles.
SHORT = {
    "kfm": "kaufmann", "kffr": "kaufmann", "kfl": "kaufmann", "kaufm": "kaufmaennisch", "fachkr": "fachkraft",
    "mech": "mechaniker", "masch": "maschinen", "techn": "technisch", "elektr": "elektro", "ing": "ingenieur",
    "kfz": "kraftfahrzeug", "lkw": "lastkraftwagen", "pkw": "personenkraftwagen", "galabau": "gartenlandschaftsbau",
    "shk": "sanitaer heizung klima", "bkf": "berufskraftfahrer", "dev": "developer",
    "mfa": "medizinische fachangestellte",
    "zfa": "zahnmedizinische fachangestellte", "asst": "assistent", "ass": "assistent", "verk": "verkaeufer",
    "mitarb": "mitarbeiter", "sachb": "sachbearbeiter", "ma": "mitarbeiter", "azubi": "", "e": "", "pc": "computer",
}  # fmt: skip

# What English words of advertisements mean in the titles; several where each may be meant.
ENGLISH = {
    "accountant": "buchhalter rechnungswesen",
    "accounting": "buchhaltung rechnungswesen",
    "administrator": "systemadministrator",
    "agent": "kundenberater",
    "agricultural": "landwirtschaft",
    "analyst": "analytiker analyst",
    "analytics": "analyse datenanalyst",
    "application": "anwendung",
    "architect": "architekt",
    "assembly": "montage",
    "assistance": "assistenz",
    "associate": "mitarbeiter",
    "audit": "revision",
    "auditor": "pruefer revisor",
    "automation": "automatisierungstechnik",
    "automotive": "fahrzeugtechnik",
    "backend": "softwareentwickler",
    "bartender": "barkeeper",
    "beauty": "kosmetik parfuemerie",
    "bricklayer": "maurer",
    "business": "business wirtschaftsinformatik",
    "butcher": "fleischer",
    "buyer": "einkaeufer",
    "caregiver": "pflegehelfer",
    "carpenter": "tischler zimmerer",
    "chef": "koch",
    "chemist": "chemiker",
    "civil": "bauingenieur",
    "cleaner": "reiniger raumpfleger gebaeudereiniger",
    "cleaning": "reinigung",
    "clerk": "sachbearbeiter",
    "coach": "trainer",
    "commissioning": "inbetriebnahme",
    "communications": "kommunikation",
    "compliance": "compliance",
    "construction": "bau konstruktion",
    "consultant": "berater consultant unternehmensberater",
    "consulting": "unternehmensberater beratung",
    "controller": "controller",
    "cook": "koch",
    "customer": "kundenberater kundenbetreuer",
    "customs": "zoll",
    "cyber": "it-sicherheit security",
    "data": "daten datenbank data",
    "database": "datenbank",
    "delivery": "zusteller auslieferung",
    "design": "design gestaltung",
    "developer": "softwareentwickler entwickler",
    "development": "entwicklung",
    "devops": "devops softwareentwickler",
    "director": "direktor geschaeftsfuehrer",
    "dispatcher": "disponent",
    "driver": "fahrer kraftfahrer",
    "education": "bildung paedagoge",
    "electrical": "elektrotechnik",
    "electrician": "elektroniker elektriker",
    "electronics": "elektronik",
    "embedded": "embedded softwareentwickler",
    "energy": "energie",
    "engineer": "ingenieur",
    "engineering": "ingenieur",
    "environment": "umwelt",
    "environmental": "umwelt",
    "event": "veranstaltung",
    "facility": "gebaeudemanagement facility",
    "factory": "fabrik produktion",
    "farmer": "landwirt",
    "field": "aussendienst",
    "finance": "finanz",
    "financial": "finanz",
    "firefighter": "feuerwehr",
    "fitter": "monteur schlosser",
    "forklift": "gabelstapler",
    "frontend": "webentwickler softwareentwickler",
    "fullstack": "softwareentwickler",
    "gardener": "gaertner",
    "hairdresser": "friseur",
    "hardware": "hardware elektronik",
    "health": "gesundheit",
    "hospitality": "hotel gastronomie",
    "housekeeping": "hauswirtschaft zimmer",
    "hr": "personal personalreferent",
    "human": "personal",
    "industrial": "industrie",
    "insurance": "versicherung",
    "investment": "wertpapier anlage",
    "kitchen": "kueche",
    "lab": "labor",
    "laboratory": "labor",
    "labourer": "helfer",
    "law": "recht",
    "lawyer": "rechtsanwalt jurist",
    "leader": "leiter",
    "learning": "weiterbildung",
    "legal": "jurist recht",
    "logistics": "logistik",
    "machine": "maschinen",
    "maintenance": "instandhaltung wartung",
    "management": "management leiter",
    "manufacturing": "fertigung produktion",
    "market": "marketing",
    "mechanic": "mechaniker",
    "mechanical": "maschinenbau",
    "media": "medien",
    "medical": "medizin",
    "network": "netzwerk",
    "networking": "netzwerk",
    "nurse": "pflegefachkraft krankenpfleger",
    "nursing": "pflege",
    "operator": "maschinenbediener anlagenfahrer",
    "operations": "betriebsleiter",
    "owner": "owner produktmanager",
    "packer": "packer verpacker",
    "painter": "maler lackierer",
    "payroll": "lohn gehaltsabrechnung",
    "phd": "wissenschaftlicher doktorand hochschule",
    "physicist": "physiker",
    "picker": "kommissionierer",
    "planner": "planer",
    "plumber": "installateur klempner",
    "postdoc": "wissenschaftlicher hochschule",
    "power": "energie",
    "pricing": "preis kalkulation",
    "process": "prozess",
    "procurement": "einkauf einkaeufer",
    "product": "produkt",
    "production": "produktion",
    "program": "programm",
    "programmer": "programmierer",
    "project": "projekt",
    "public": "oeffentlich",
    "purchasing": "einkauf",
    "purchaser": "einkaeufer",
    "quality": "qualitaet qualitaetssicherung",
    "receptionist": "rezeptionist empfang",
    "recruiter": "personalvermittler personalreferent",
    "recruitment": "personalvermittler personal",
    "reporting": "berichtswesen",
    "representative": "vertreter",
    "research": "forschung wissenschaftlicher",
    "researcher": "wissenschaftlicher forschung",
    "retail": "einzelhandel",
    "risk": "risiko",
    "robotics": "robotik",
    "roofer": "dachdecker",
    "safety": "arbeitssicherheit",
    "sales": "vertrieb verkauf",
    "salesman": "verkaeufer",
    "scientific": "wissenschaftlicher",
    "scientist": "wissenschaftler scientist",
    "seller": "verkaeufer",
    "service": "service kundendienst",
    "shop": "verkaeufer",
    "social": "sozial",
    "solution": "systemberater it",
    "solutions": "systemberater it",
    "specialist": "spezialist",
    "statistician": "statistiker",
    "strategy": "strategie unternehmensplanung",
    "student": "hilfskraft",
    "supervisor": "aufsicht meister",
    "supply": "logistik",
    "support": "support betreuer",
    "system": "system systemadministrator",
    "systems": "system",
    "tailor": "schneider",
    "tax": "steuer",
    "teacher": "lehrer",
    "technician": "techniker",
    "technology": "technologie technik",
    "test": "test pruef",
    "tester": "tester pruefer",
    "trainee": "nachwuchskraft trainee",
    "training": "bildung trainer",
    "transport": "transport verkehr",
    "treasury": "finanz",
    "validation": "validierung qualitaetssicherung",
    "waiter": "kellner",
    "waitress": "kellner",
    "warehouse": "lager",
    "web": "web webentwickler",
    "welder": "schweisser",
    "wood": "holz",
    "writer": "redakteur autor",
    "ai": "kuenstliche intelligenz informatiker",
    "ki": "kuenstliche intelligenz informatiker",
    "ml": "kuenstliche intelligenz informatiker",
    "it": "informatiker informatik",
    "edv": "informatiker informatik",
    "professur": "professor hochschullehrer",
    "sap": "sap anwendungsberater",
}

# Words that say nothing about the occupation: how it is offered, how somebody talks about it.
NOISE = _these(
    """
    a ab abend all als am an angeboten anstellung arbeite arbeiten arbeitete arbeitsplatz are art at auch auf aus
    ausbildung aushilfe aushilfsweise azubi b based befristet bei beim bereich bereitschaft bereitschaftsdienst
    berlin beruf berufserfahrung bewerber bis bitte bzw c d da dann das dem den der des deutschland die divers
    diverse dortmund duesseldorf ein eine einem einen einer eines er erfahren erfahrene erfahrener erfahrung
    ersten es essen etwas euro f fest festanstellung firma for frueher fruehschicht fuehrerschein fuer full fulltime
    g gehabt gelernt gelernte gelernter gemacht gender genders gern gerne gesucht gesuchte gjob gmbh hab habe haben
    hamburg hatte hier hobby homeoffice hybrid i ich im immer in ins is ist j jahr jahre jahren jetzt job jobbte
    junior k kann kein keine kg klasse koeln koennen kraft l lang lange leiharbeit location m mal man mehr mein
    meine meiner minijob mit moechte muenchen muss n nach nacht nachtschicht nebenjob nr nrw o oder of office ohne
    on ort our p part parttime person personal pro q quereinsteiger r raum region remote s schein schicht
    schichtarbeit schichtbereitschaft schichtdienst schon sehr sein seit selbst selbststaendig senior sie sind so
    sofort sowie standort std stelle stunde stunden suche suchen t taetig taetigkeit team teilzeit the time to u
    unbefristet und uns unser unsere unter v verdienst verschiedene verstaerkung viel vollzeit vom von vor vst w
    waere war waren weil wenn werde werden wie wir wird with wo wollte wurde x y you your z zeit zeitarbeit zu
    zuletzt zum zur zwei
    """
)
# Words of level: they choose among near titles, but alone name no occupation.
LEVELS = _these(
    """
    angabe angestellte angestellter arbeiter arts assistent bachelor bbig berater betriebswirt chief diplom
    engineering expert experte facharbeiter fachfrau fachkraft fachmann fachpraktiker fachrichtung fachschule
    fachwirt gehilfe geprueft gepruefter geselle grundstaendig head helfer hilfsarbeiter hilfskraft hochschule hwo
    ingenieur lead leiter leitung manager master meister mitarbeiter prof restaurator sachbearbeiter schwerpunkt
    schwerpunkts science specialist spezialist staatlich team techniker vorarbeiter weiterfuehrend worker
    """
)
# What people write together with a feminine ending, and how the titles have it.
_FEMININE = (("kauffrau", "kaufmann"), ("fachfrau", "fachmann"), ("erinnen", "er"),
             ("erin", "er"), ("istin", "ist"), ("orin", "or"), ("entin", "ent"), ("antin", "ant"), ("eurin", "eur"),
             ("oegin", "oege"), ("iatin", "iat"), ("atin", "at"), ("ikantin", "ikant"), ("aerztin", "arzt"),
             ("koechin", "koch"), ("wirtin", "wirt"), ("maennin", "mann"))  # fmt: skip


def normalise(text: str) -> str:
    """Lower case, umlauts written out, no sexes, no signs; words one space apart."""
    text = unicodedata.normalize("NFC", text).casefold().replace("&nbsp;", " ").replace("\xad", "")
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    text = _PAIR.sub(_first_of_pair, text)
    text = _BRACKET_END.sub(r"\1", text)
    text = _ENDINGS.sub("", _SEXES.sub(" ", text))
    text = text.translate(UMLAUTS)
    text = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(_WORD.findall(text))


def _first_of_pair(match: re.Match) -> str:
    """„Kauffrau/Kaufmann“ and „Entwickler/Entwicklerin“ are one word said twice."""
    first, second = match[1], match[2]
    return first if second[:3] == first[:3] else f"{first} {second}"


def words_of(text: str) -> list[str]:
    """The words that say what somebody does, masculine, short forms written out; in their order, each once."""
    found: dict[str, None] = {}
    for word in normalise(text).split():
        for one in SHORT.get(word, word).split():
            if one not in NOISE and (len(one) > 1):
                found.setdefault(masculine(one))
    return list(found)


def masculine(word: str) -> str:
    """„Köchin“ as „Koch“: the titles mostly say it so."""
    for ending, other in _FEMININE:
        if len(word) > len(other) and word.endswith(ending):
            return word.removesuffix(ending) + other
    return word


# Letters that sound alike in German, so that „Frisöse“ and „Friseuse“, „Schweiser“ and „Schweißer“ meet.
_SOUNDS = (
    ("tsch", "c"), ("sch", "s"), ("chs", "x"), ("cks", "x"), ("ck", "k"), ("qu", "kw"), ("ph", "f"), ("th", "t"),
    ("dt", "t"), ("tz", "z"), ("ts", "z"), ("ch", "h"), ("eu", "oi"), ("aeu", "oi"), ("oeu", "oi"), ("ei", "ai"),
    ("ey", "ai"), ("ay", "ai"), ("ie", "i"), ("ae", "e"), ("oe", "o"), ("ue", "u"), ("y", "i"), ("v", "f"), ("w", "f"),
    ("b", "p"), ("d", "t"), ("g", "k"), ("c", "k"), ("z", "s"),
    ("ah", "a"), ("eh", "e"), ("ih", "i"), ("oh", "o"), ("uh", "u"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """One spelling for what sounds alike."""
    for letters, one in _SOUNDS:
        word = word.replace(letters, one)
    return _TWICE.sub(r"\1", word)


def grams(words: Iterable[str]) -> set[str]:
    """Threes of letters of each word, with its beginning and end."""
    return {padded[at : at + 3] for word in words if (padded := f" {word} ") for at in range(len(padded) - 2)}
