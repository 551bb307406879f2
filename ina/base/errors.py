"""What can go wrong in an operation or a query, with a German sentence for the person who caused it."""


class DomainError(Exception):
    """Base; ``message`` is German and may be shown."""

    def __init__(self, message: str = ""):
        super().__init__(message)
        self.message = message


class NotVisible(DomainError):
    """Hidden or absent: both look the same (404)."""


class Refused(DomainError):
    """Visible but not allowed (403); the message is the reason."""


class Conflict(DomainError):
    """Somebody was faster (409). What was typed stays in the form. ``subject``: the row that they changed, if known;
    it was visible to whoever gets the answer."""

    def __init__(self, message: str = "", subject: object | None = None):
        super().__init__(message)
        self.subject = subject


class Invalid(DomainError):
    """What was entered cannot be (422). ``field`` names the form field, None the whole form."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.field = field
