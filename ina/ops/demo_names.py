"""How the people of the demo are called and where they come from: plants' names, so that nobody takes them for real."""

from __future__ import annotations

from dataclasses import dataclass

SURNAMES = (
    "Ahornberg Akelei Alant Ampfer Anemon Arnika Asternholt Baldrian Bärlauch Basilik Beifuß Berberitz Birkental "
    "Borretsch Brombeer Buchsbaum Clematis Dahlien Distelhof Dornfelde Ebereschen Efeu Eibenstock Enzian Erlenkamp "
    "Eschenroder Eukalypt Färberginst Farnbach Feldthymian Fenchel Fichtenau Fingerhut Flieder Frauenmantel Gänseblum "
    "Geißblatt Geranie Ginster Glockenblum Goldregen Götterbaum Gundermann Hagebutt Hahnenfuß Haselhoff Heidekraut "
    "Himbeer Hirtentäschel Holunder Hopfen Hyazinth Immergrün Ingwer Irisfeld Jasminger Kamillus Kapern Kerbel "
    "Kiefernau Klatschmohn Kleeblatt Königskerz Koriand Kornelius Kornblum Krokus Kümmel Lavendel Leimkraut Liguster "
    "Lilienthal Lindgens Löwenzahn Lungenkraut Lupin Mädesüß Malve Mandelkern Margerit Maulbeer Meerrettich Melisse "
    "Minzer Mispelbach Mohnfeld Myrte Nachtkerz Narziss Natternkopf Nelke Odermennig Oleander Orchideus Pappelried "
    "Petersil Pfefferkraut Pfingstros Pimpinell Primel Quendel Quittenbaum Rainfarn Rauke Ringelblum Rittersporn "
    "Robiniak Rosmarin Safran Salbei Sanddorn Sauerklee Schachtelhalm Schafgarbe Schlehdorn Schlüsselblum "
    "Schneeglöck Seidelbast Silberdistel Sonnentau Spitzwegerich Stechpalm Stiefmütter Storchschnab Süßholz Tannhof "
    "Taubnessel Thymian Tollkirsch Traubenholt Ulmenried Veilchenau Vergißmein Wacholder Waldmeister Weidenrös "
    "Weißdorn Wermut Wiesenschaum Winterling Wollgras Ysop Zaunrüb Zeder Zichorie Zimtstern Zistros Zypress"
).split()


@dataclass(frozen=True)
class Origin:
    """A nationality as prisons list it, the language of talks, whether somebody has to interpret, given names."""

    nationality: str
    language: str
    birth_places: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...] = ()
    interpreter: bool = False
    # Whether citizens of the Union, who may work without being allowed to.
    union: bool = False


GERMAN = Origin(
    "deutsch",
    "de",
    ("Düsseldorf", "Wuppertal", "Duisburg", "Krefeld", "Essen", "Solingen", "Moers", "Köln", "Gelsenkirchen", "Neuss"),
    tuple(
        "Jannis Kevin Sven Rico Piet Timo Anton Leo Tom Nico Ole Lukas Dennis Ivo Mats Erik Falk Jörg Joris Linus Ralf "
        "Bernd Holger Marvin Pascal Dominik Björn Torsten Manuel Marcel Steffen Günter Olaf Fabian Maik Ronny Silvio "
        "Jonas Mirko Patrick Sascha Tobias Heiko Jürgen Malte Til Arne Benedikt Carsten".split()
    ),
    tuple("Milena Sara Jule Nadja Kim Sabrina Jessica Heike Yvonne Melanie Svenja Änne Carina Petra".split()),
)
FOREIGN: tuple[Origin, ...] = (
    Origin(
        "türkisch",
        "tr",
        ("Ankara", "Izmir", "Düsseldorf"),
        ("Deniz", "Emre", "Hakan", "Orhan", "Yusuf", "Kaan", "Serdar", "Volkan"),
        ("Ayla", "Elif"),
    ),
    Origin(
        "polnisch",
        "pl",
        ("Poznań", "Łódź", "Kraków"),
        ("Marek", "Pawel", "Tomasz", "Krzysztof", "Łukasz", "Grzegorz"),
        ("Beata",),
        union=True,
    ),
    Origin(
        "rumänisch",
        "ro",
        ("Brașov", "Iași", "Cluj"),
        ("Ionuț", "Florin", "Bogdan", "Radu"),
        ("Mihaela",),
        interpreter=True,
        union=True,
    ),
    Origin("syrisch", "ar", ("Aleppo", "Homs"), ("Samir", "Karim", "Nabil", "Tarek", "Bilal"), (), interpreter=True),
    Origin("serbisch", "sr", ("Niš", "Novi Sad"), ("Dragan", "Miloš", "Zoran")),
    Origin("marokkanisch", "ar", ("Nador", "Tanger"), ("Said", "Younes", "Rachid", "Mehdi")),
    Origin("bulgarisch", "bg", ("Plowdiw", "Warna"), ("Georgi", "Iwan", "Stojan"), (), interpreter=True, union=True),
    Origin("italienisch", "it", ("Catania", "Bari"), ("Gaetano", "Salvatore", "Luca"), (), union=True),
    Origin("albanisch", "sq", ("Tirana",), ("Arben", "Besnik")),
    Origin("ukrainisch", "uk", ("Charkiw", "Odesa"), ("Oleksij", "Taras", "Bohdan"), ("Oksana",), interpreter=True),
    Origin("niederländisch", "nl", ("Venlo", "Nijmegen"), ("Sjoerd", "Bram"), (), union=True),
    Origin("afghanisch", "fa", ("Herat",), ("Navid", "Omid")),
    Origin("griechisch", "el", ("Larissa",), ("Kostas", "Nikos"), (), union=True),
    Origin("nigerianisch", "en", ("Benin City",), ("Osaro", "Emeka")),
    Origin("staatenlos", "de", ("Beirut",), ("Malik", "Noah")),
)


@dataclass(frozen=True)
class Town:
    """Where somebody will live, with the district of the register (AGS) and the Jobcenter there.

    Towns that are a district of their own are known by their name, without a list of places; a postcode is not.
    """

    name: str
    district: str
    jobcenter: str = ""


# By the prison: most people go back to where they lived near it.
TOWNS: dict[str, tuple[Town, ...]] = {
    "jva-duesseldorf": (
        Town("Düsseldorf", "05111", "jc-duesseldorf"),
        Town("Düsseldorf", "05111", "jc-duesseldorf"),
        Town("Duisburg", "05112", "jc-duisburg"),
        Town("Mettmann", "05158", "jc-mettmann"),
        Town("Düsseldorf", "05111", "jc-duesseldorf"),
    ),
    "jva-moers-kapellen": (
        Town("Duisburg", "05112", "jc-duisburg"),
        Town("Krefeld", "05114", "jc-krefeld"),
        Town("Moers", "05170", "jc-wesel"),
        Town("Oberhausen", "05119", "jc-oberhausen"),
    ),
    "jva-wuppertal-vohwinkel": (
        Town("Wuppertal", "05124", "jc-wuppertal"),
        Town("Solingen", "05122", "jc-solingen"),
        Town("Remscheid", "05120", "jc-remscheid"),
        Town("Wuppertal", "05124", "jc-wuppertal"),
    ),
    "jva-gelsenkirchen": (
        Town("Gelsenkirchen", "05513", "jc-gelsenkirchen"),
        Town("Essen", "05113", "jc-essen"),
        Town("Bochum", "05911", "jc-bochum"),
    ),
    "jva-willich-2": (
        Town("Mönchengladbach", "05116", "jc-moenchengladbach"),
        Town("Krefeld", "05114", "jc-krefeld"),
        Town("Düsseldorf", "05111", "jc-duesseldorf"),
    ),
}
ELSEWHERE = Town("Hamburg", "")
# Two files about one person: how the second one spells what the first one says.
SPELLINGS = {"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"}


def other_spelling(name: str) -> str:
    for letter, others in SPELLINGS.items():
        name = name.replace(letter, others)
    return name
