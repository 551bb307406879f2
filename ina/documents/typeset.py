"""Papers are set by typst: the same data give the same bytes, as PDF/A-2a and PDF/UA-1, with nothing from outside.

Templates lie below ``ina/`` (``<module>/papers/*.typ``); what they say arrives as JSON and is never read as source. A
child of each process does the setting (``setting``, decision 0012), so that only its first paper waits for fonts and
templates, and the memory they take is not the server's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from ina.base.errors import DomainError, Invalid
from ina.documents.setting import SETTER, Died, TookTooLong

ROOT = Path(__file__).resolve().parents[1]
UNPRINTABLE = re.compile(r"the text [`'\"]*(.+?)[`'\"]* could not be displayed")
# Control characters have no face; typed text may carry them from elsewhere.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")


class NotSet(DomainError):
    """A template is wrong, or a font is missing: a fault of ours, not of what was typed."""


def set_paper(template: str, data: Mapping[str, Any]) -> bytes:
    """The paper as PDF. ``template`` is a path below ``ina/``, ``data`` what it asks for.

    Raises Invalid naming the character that none of our fonts has, NotSet for a template that does not compile, for a
    set-up without fonts, and for a process for papers that does not answer.
    """
    if fonts_missing():
        raise NotSet("Die Schriften für Papiere fehlen. Die Systemverwaltung startet dafür das Programm neu.")
    request = {
        "root": str(ROOT),
        "fonts": str(settings.PAPER_FONTS),
        "input": str(ROOT / template),
        "data": json.dumps(_clean(data)),
    }
    try:
        answer = SETTER.ask(json.dumps(request).encode())
    except TookTooLong as error:
        raise NotSet(
            "Das Papier brauchte zu lange und wurde abgebrochen. Bitte versuchen Sie es noch einmal."
        ) from error
    except Died as error:
        raise NotSet("Das Papier konnte gerade nicht gesetzt werden. Bitte versuchen Sie es noch einmal.") from error
    if answer[:1] == b"P":
        return answer[1:]
    raise _explained(template, answer[1:].decode())


def fonts_missing() -> bool:
    """Whether the set-up that unpacks the fonts has not run."""
    return not any(Path(settings.PAPER_FONTS).glob("FiraSans-Regular.ttf"))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return INVISIBLE.sub("", value)
    if isinstance(value, Mapping):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(one) for one in value]
    return value


def _explained(template: str, message: str) -> DomainError:
    found = sorted(set(UNPRINTABLE.findall(message)))
    if found:
        named = ", ".join(f"„{text}“" for text in found)
        one = len(found) == 1 and len(found[0]) == 1
        return Invalid(
            f"{'Das Zeichen' if one else 'Diese Zeichen'} {named} gibt es in keiner Schrift, mit der "
            "Papiere gesetzt werden. Bitte in lateinischer Umschrift schreiben."
        )
    return NotSet(f"Die Vorlage {template} lässt sich nicht setzen: {message.splitlines()[0] if message else ''}")
