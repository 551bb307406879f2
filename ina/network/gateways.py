"""Mail to partners: only that something waits for them, never what or about whom.

Off unless the administration names a mail server, a sender without any trace of custody and the public address of the
installation (``INA_MAIL_HOST``, ``INA_NEUTRAL_MAIL_FROM``, ``INA_PUBLIC_ADDRESS``).
"""

from __future__ import annotations

from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

SUBJECT = "Eine Nachricht für Sie"
TEXT = """Guten Tag,

für Ihre Stelle liegt eine Nachricht bereit:

{address}

Den Code dazu nennt Ihnen die Person, die Ihnen schreibt, am Telefon.
Der Link gilt bis {until}.
"""


def mail_is_on() -> bool:
    return bool(settings.EMAIL_HOST and settings.NEUTRAL_MAIL_FROM and settings.PUBLIC_ADDRESS)


def send_link(to: str, path: str, until: str) -> None:
    """Raises OSError (SMTP's errors are such) when the server does not take it."""
    sender = settings.NEUTRAL_MAIL_FROM
    EmailMessage(
        SUBJECT,
        TEXT.format(address=settings.PUBLIC_ADDRESS.rstrip("/") + path, until=until),
        sender,
        [to],
        # Django would name this machine here.
        headers={"Message-ID": make_msgid(domain=parseaddr(sender)[1].partition("@")[2] or None)},
    ).send()
