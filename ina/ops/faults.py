"""What can go wrong outside of our code, as one German sentence each; never a traceback, never a password."""

import errno
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict


class Fault(Exception):
    """The work cannot go on; the text is meant for the person at the screen."""


def os_fault(error: OSError, path: Path | str) -> Fault:
    """The sentence for a file or folder that the system refuses."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Fault(_full(path))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Fault(
            f"Der Ordner {path} ist für dieses Konto nicht beschreibbar; bitte mit INA_HOME einen anderen angeben."
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return Fault(f"{path} ist kein Ordner; bitte mit INA_HOME einen anderen angeben.")
    return Fault(f"{path} ist nicht benutzbar: {error.strerror or error}.")


def _full(path: Path | str) -> str:
    return (
        f"Der Datenträger von {path} ist voll. Bitte Platz schaffen und noch einmal starten; was gespeichert war, "
        "ist unversehrt."
    )


# Part of a line in the server's log → sentence. The first that fits counts.
_LOG = (
    ("No space left on device", _full("{data}")),
    (
        "has wrong ownership",
        "Der Datenordner {data} gehört einem anderen Konto; bitte mit dem Konto starten, das ihn angelegt hat, oder "
        "mit INA_HOME einen anderen angeben.",
    ),
    (
        "has invalid permissions",
        "Der Datenordner {data} ist für andere Konten offen; bitte mit 'chmod 700' schließen und noch einmal starten.",
    ),
    (
        "Permission denied",
        "PostgreSQL darf auf {data} oder einen Ordner darüber nicht zugreifen; bitte die Rechte dieser Ordner prüfen "
        "oder mit INA_HOME einen anderen angeben.",
    ),
    (
        "Read-only file system",
        "{data} liegt auf einem Datenträger ohne Schreibrecht; bitte mit INA_HOME einen anderen Ordner angeben.",
    ),
    (
        "could not look up effective user ID",
        "Das Konto, das startet, hat auf diesem Rechner keinen Namen (kein Eintrag in /etc/passwd); PostgreSQL braucht "
        "einen.",
    ),
    (
        "shared memory",
        "PostgreSQL bekommt nicht genug gemeinsamen Arbeitsspeicher; bitte andere Programme beenden.",
    ),
    ("Cannot allocate memory", "Der Arbeitsspeicher reicht für PostgreSQL nicht; bitte andere Programme beenden."),
    (
        "initialized by PostgreSQL version",
        "Der Datenordner {data} gehört zu einer anderen Hauptversion von PostgreSQL.",
    ),
    (
        "could not locate a valid checkpoint record",
        "Der Datenordner {data} ist beschädigt; bitte nichts löschen und eine Sicherung einspielen.",
    ),
)


def log_fault(text: str, data: Path, log: Path) -> Fault:
    """The sentence for a server (or initdb) that did not come up, from what it wrote."""
    for part, sentence in _LOG:
        if part in text:
            return Fault(sentence.format(data=data) + f" (Protokoll: {log})")
    telling = [line for line in text.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line]
    last = (telling or text.strip().splitlines() or ["ohne Meldung beendet"])[-1]
    return Fault(f"PostgreSQL ist nicht gestartet: {last.strip()} (Protokoll: {log})")


# Part of libpq's or the server's answer → sentence.
_CONNECTION = (
    (
        ("failed to resolve", "could not translate host", "Name or service not known"),
        "Der Rechner {host} ist nicht zu finden.",
    ),
    (("onnection refused",), "Auf {host}, Port {port}, antwortet keine Datenbank."),
    (("timeout", "timed out"), "Auf {host}, Port {port}, kommt keine Antwort (Zeitüberschreitung)."),
    (
        ("No route to host", "Network is unreachable"),
        "Der Rechner {host} ist von hier nicht zu erreichen.",
    ),
    (
        ("password authentication failed", "no password supplied", "Passwort-Authentifizierung"),
        "Die Anmeldung als {user} wurde abgewiesen: Das Passwort fehlt oder stimmt nicht.",
    ),
    (("eer authentication failed", "Peer-Authentifizierung"), "Dieses Konto darf sich nicht als {user} anmelden."),
    (("no pg_hba.conf entry", "pg_hba.conf"), "Der Server {host} lässt {user} von diesem Rechner aus nicht zu."),
    (("No such file or directory",), "In {host} wartet keine Datenbank auf Verbindungen."),
    (("too many clients", "remaining connection slots"), "Der Server {host} hat keine Verbindung mehr frei."),
    (("starting up", "shutting down", "recovery mode"), "Der Server {host} startet gerade oder wird beendet."),
    (("SSL", "certificate"), "Die verschlüsselte Verbindung zu {host} kam nicht zustande (sslmode, Zertifikat)."),
)


def connection_fault(error: psycopg.Error, conninfo: str, variable: str = "DATABASE_URL") -> Fault:
    """The sentence for a log-in to the database that failed; `variable` names the setting to look at."""
    try:
        parts = conninfo_to_dict(conninfo)
    except psycopg.ProgrammingError:
        return Fault(
            f"{variable} ist keine gültige Adresse; erwartet wird postgresql://KONTO:PASSWORT@RECHNER:PORT/DATENBANK."
        )
    names = {
        "host": parts.get("host") or "diesem Rechner",
        "port": parts.get("port") or 5432,
        "user": parts.get("user") or "(ohne Namen)",
        "database": parts.get("dbname") or parts.get("user"),
    }
    text = str(error)
    if password := parts.get("password"):
        text = text.replace(str(password), "…")
    if "does not exist" in text or "existiert nicht" in text:
        missing = "Das Datenbankkonto {user}" if "role" in text or "Rolle" in text else "Die Datenbank {database}"
        return Fault(f"{variable}: {missing.format(**names)} gibt es auf dem Server nicht. {ROLES_HINT}")
    for parts_of_text, sentence in _CONNECTION:
        if any(part in text for part in parts_of_text):
            return Fault(f"{variable}: {sentence.format(**names)}")
    return Fault(f"{variable}: Die Datenbank weist die Verbindung ab: {text.strip().splitlines()[-1]}")


ROLES_HINT = "Das SQL für Konten und Datenbank gibt 'script/ina database_roles' aus."
