"""What several tables of cases need to declare their columns."""

from django.db.models import Func, Value


def choices(enum):
    return [(item.value, getattr(item, "label", item.value)) for item in enum]


def id_range(column: str) -> Func:
    """A number as a range of one, so that it can stand in an exclusion constraint without an extension."""
    return Func(column, column, Value("[]"), function="int8range")
