"""What is there: the items of a case, what a moved date would do to them, what somebody is asked for."""

from ina.agenda.queries.due import PAGE, DueRow, News, ReminderRow, count_reminders, list_due, list_reminders
from ina.agenda.queries.items import (
    ITEMS,
    PART_OF_OPERATION,
    ItemRow,
    Next,
    anchor_days,
    has_ended,
    item_numbered,
    items_from,
    list_items,
    list_people,
    next_item,
)
from ina.agenda.queries.moves import Move, new_items, order_of_calls, preview_anchor

__all__ = [
    "ITEMS",
    "PAGE",
    "PART_OF_OPERATION",
    "DueRow",
    "ItemRow",
    "Move",
    "News",
    "Next",
    "ReminderRow",
    "anchor_days",
    "count_reminders",
    "has_ended",
    "item_numbered",
    "items_from",
    "list_due",
    "list_items",
    "list_people",
    "list_reminders",
    "new_items",
    "next_item",
    "order_of_calls",
    "preview_anchor",
]
