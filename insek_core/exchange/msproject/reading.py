"""A Microsoft Project file on its way into a plan: what both are asked for, and what could not be kept."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import Any

from insek_core.exchange.msproject.project import Project, schedule_file
from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.rules.time.net.worktasks import ScheduledProject, ScheduledTask, WorkTask, waiting
from insek_core.rules.time.workdays import Calendar, calendar


@dataclass(frozen=True)
class FileReading:
    """A file, the plan it goes into, and what could not be kept: the names by kind of notice."""

    project: Project
    base: Plan
    left: dict[str, dict[str, None]]

    @cached_property
    def prefix(self) -> str:
        """What the ids of its rows begin with: another file has others, the same file read again the same."""
        return f"MP-{hashlib.sha256(self.project.name.encode()).hexdigest()[:4]}"

    @cached_property
    def scheduled(self) -> ScheduledProject:
        """The file on its own calendars, with all that was found wrong in it."""
        return schedule_file(self.project)

    @cached_property
    def dates(self) -> Mapping[str, ScheduledTask]:
        """Where the file's own calendars bring its tasks."""
        return {task.id: task for task in self.scheduled.tasks}

    @cached_property
    def by_uid(self) -> Mapping[str, WorkTask]:
        """The tasks of the file."""
        return {task.uid: task for task in self.project.tasks}

    @cached_property
    def waiting(self) -> frozenset[str]:
        """What the project's start does not hold."""
        return waiting(self.project.tasks, self.project.links, self.project.start)

    @cached_property
    def workdays(self) -> Calendar:
        """The plan's working days without the days off that this file once brought."""
        return calendar(with_tables(self.base, {"calendars": self.others("calendars")}))

    @cached_property
    def parents(self) -> frozenset[str]:
        """The summaries."""
        return frozenset(task.parent for task in self.project.tasks)

    def id(self, *parts: str) -> str:
        """The id of a row."""
        return "-".join((self.prefix, *parts))

    def others(self, table: str) -> tuple[Any, ...]:
        """The rows of a table that are not of this file."""
        return tuple(row for row in self.base.rows(table) if not row.id.startswith(f"{self.prefix}-"))

    def row(self, record: type[Any], key: str, whence: str, /, **own: Any) -> Any:
        """A row with what the file says; what it does not say stays as somebody has entered it."""
        known = self.base.by_id.get(key)
        if isinstance(known, record):
            return replace(known, **own)
        return record(id=key, source=f"MS Project „{self.project.name}“, {whence}", evidence="assumed", **own)

    def leave(self, kind: str, name: str) -> None:
        """Something that a plan cannot hold."""
        self.left.setdefault(kind, {})[name] = None

    def days(self, minutes: int, name: str) -> int:
        """Whole working days, rounded up."""
        if minutes % self.project.minutes_per_day:
            self.leave("parts", name)
        return ceil(minutes / self.project.minutes_per_day)
