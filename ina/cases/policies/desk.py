"""Who may keep views, take lists along, and search beyond their own cases."""

from __future__ import annotations
