"""Who acts. Every write and every read of a person's file names one of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Actor:
    """Base of all actors. ``holders`` are the ids in ``access.Holder`` on whose grants the actor sees anything."""

    @property
    def holders(self) -> tuple[int, ...]:
        return ()

    @property
    def role(self) -> str:
        return ""

    @property
    def user_id(self) -> int | None:
        return None

    @property
    def membership_id(self) -> Any:
        """Id of the position acted in; None for systems and before log-in. Policies see to it that writers have one."""
        return None

    @property
    def label(self) -> str:
        """``kind:id`` as the trail and the history keep it; never a name."""
        raise NotImplementedError


@dataclass(frozen=True)
class Person(Actor):
    """Somebody who logged in, in one of their positions (the active membership)."""

    id: int
    membership: int
    role_code: str
    institution_id: int
    holder_ids: tuple[int, ...] = ()
    # The holder of this position itself; what the person is accountable for hangs on it.
    own_holder: int | None = None
    team_id: int | None = None
    # False only when it is known that this position stands in for nobody today.
    deputises: bool = True

    @property
    def holders(self) -> tuple[int, ...]:
        return self.holder_ids

    @property
    def role(self) -> str:
        return self.role_code

    @property
    def user_id(self) -> int:
        return self.id

    @property
    def membership_id(self) -> int:
        return self.membership

    @property
    def label(self) -> str:
        return f"person:{self.id}:{self.membership}"


@dataclass(frozen=True)
class Unplaced(Actor):
    """Somebody who logged in but has no position today: may see their own account, nothing else."""

    id: int

    @property
    def user_id(self) -> int:
        return self.id

    @property
    def label(self) -> str:
        return f"person:{self.id}:"


@dataclass(frozen=True)
class System(Actor):
    """A job that nobody in particular started, named after what it does."""

    name: str

    @property
    def label(self) -> str:
        return f"system:{self.name}"


@dataclass(frozen=True)
class Link(Actor):
    """Somebody without an account who holds a link and its second secret. ``id``: of the link.

    Their one holder is minus this id: nothing is granted to it, it only receives what was sent there.
    """

    id: int

    @property
    def holders(self) -> tuple[int, ...]:
        return (-self.id,)

    @property
    def label(self) -> str:
        return f"link:{self.id}"


@dataclass(frozen=True)
class PageOwner(Actor):
    """The person a file is about, behind the address and code of their own page. ``id``: of the page.

    Nothing is granted to them: what they read and say goes through whoever leads the case.
    """

    id: int

    @property
    def label(self) -> str:
        return f"own:{self.id}"


@dataclass(frozen=True)
class Nobody(Actor):
    """A request before log-in."""

    @property
    def label(self) -> str:
        return "nobody"


NOBODY = Nobody()
