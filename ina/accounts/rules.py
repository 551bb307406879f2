"""Spelling of user names, invitation codes, devices and addresses. Pure."""

from __future__ import annotations

import ipaddress
import re

# Without 0 O 1 I: it is read from paper. Twelve of 32 signs are 60 bits; guesses are counted and the code dies soon.
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 12
CODE_GROUP = 4
USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{1,38})[a-z0-9]")


def is_username(text: str) -> bool:
    """Small letters, digits, dot, hyphen; 3 to 40 signs: easy to type and to put into an address."""
    return USERNAME.fullmatch(text) is not None


def normalised_code(text: str) -> str:
    """A code as somebody typed it, without gaps and in capitals."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def spelled_code(code: str) -> str:
    """In groups for reading: K7QM-4ZTR-9XWD."""
    return "-".join(code[n : n + CODE_GROUP] for n in range(0, len(code), CODE_GROUP))


BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """What a person recognises: "Firefox auf Windows"; the rest of the header identifies too much and is dropped."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser} auf {system}"
    return browser or system or "unbekanntes Gerät"


def network_of(address: str) -> str:
    """The network of an address (/24, /48): tells the office from a stranger, not one desk from another."""
    try:
        ip = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    prefix = 24 if ip.version == 4 else 48
    return str(ipaddress.ip_network(f"{ip}/{prefix}", strict=False))
