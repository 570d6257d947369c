"""What has changed since a round of judging ended: goals, what serves them, and what was judged of both."""

from dataclasses import dataclass

from insek_core.change.difference import Difference, differences
from insek_core.plan import TABLES, Plan
from insek_core.plan.german import count, show_list
from insek_core.rules.goals.wording import WORDED

JUDGED_CELL = ("goal", "origin", "weight")
READ = {**WORDED, "contributions": JUDGED_CELL}  # the fields of each table that a round has to know of


@dataclass(frozen=True, kw_only=True)
class Since:
    """Rows added or removed and texts or weights changed, apart by goals, what serves them, and contributions."""

    goals: tuple[Difference, ...]
    origins: tuple[Difference, ...]
    contributions: tuple[Difference, ...]

    @property
    def every(self) -> tuple[Difference, ...]:
        """All of them, goals first."""
        return (*self.goals, *self.origins, *self.contributions)

    @property
    def cells(self) -> frozenset[str]:
        """The contributions that are new or have another weight or end; what is gone is nothing to judge."""
        return frozenset(edit.record for edit in self.contributions if edit.kind != "removed")


def changed_since(before: Plan, now: Plan) -> Since:
    """What of goals, their origins and contributions differs between two plans; owner, date and money are not asked."""
    found = [
        edit
        for edit in differences(before, now)
        if edit.table in READ and (edit.kind != "changed" or edit.field in READ[edit.table])
    ]
    return Since(
        goals=tuple(edit for edit in found if edit.table == "goals"),
        origins=tuple(edit for edit in found if edit.table not in ("goals", "contributions")),
        contributions=tuple(edit for edit in found if edit.table == "contributions"),
    )


DONE = (("added", "neu"), ("changed", "geändert"), ("removed", "entfernt"))


def since_words(found: Since, name: str) -> str:
    """What has changed since the round of this name in one sentence, each table with its numbers."""
    parts = []
    for table in READ:
        for kind, word in DONE:
            if number := len({edit.record for edit in found.every if (edit.table, edit.kind) == (table, kind)}):
                parts.append(f"{count(number, TABLES[table].one, TABLES[table].sheet)} {word}")
    return f"Seit „{name}“: {show_list(parts) if parts else 'nichts geändert'}."
