"""A saved state of the plan: a Planstand, a snapshot for a Klausur, the base of an edit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Which state a file was written from: the id of the plan and the digest of the version; empty if it is not said.

    The number of a version says nothing to another database, nor to one that was set back to a backup.
    """

    plan_id: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Version:
    """One saved state: who, when, why, what changed (German sentences); `restores` names the one it brought back."""

    number: int
    saved_at: str
    author: str
    reason: str
    name: str
    based_on: int | None
    restores: int | None
    digest: str
    changes: tuple[str, ...]
