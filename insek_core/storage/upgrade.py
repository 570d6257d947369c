"""What an older database lacks: each step is entered as a version of its own, the versions before it stay as they were.

A step names the format from which on databases have what it brings.
"""

from collections.abc import Callable

from insek_core.change.sealing import sealed
from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.content import Setting
from insek_core.plan.version import Version
from insek_core.rules.money.filed import as_filed
from insek_core.storage.embedded import FIRST, example_plan

EXAMPLE_AUTHOR = "Beispiel"
PAPER_FROM = 4  # the format from which on a database keeps its paper: a later one may hold another than the example's
HEAD = (
    "city",
    "state",
    "short_name",
    "concept",
    "concept_genitive",
    "work",
    "goal_areas_of",
    "goal_texts_in",
    "papers_watched_by",
)


def of_example(first: Version) -> bool:
    """Whether a database was made from an example: who saved its first version."""
    return first.author == EXAMPLE_AUTHOR


def _filed(plan: Plan, first: Version) -> Plan:
    return as_filed(plan)


def _named(plan: Plan, first: Version) -> Plan:
    """The plan with the settings that earlier programmes had in their code: the names, and the Land whose holidays they
    reckoned with.
    """
    known = {row.id for row in plan.settings}
    if of_example(first):
        rows = [row for row in example_plan(FIRST).settings if row.id in HEAD]
    else:
        told = "Bisher rechnete das Programm mit den Feiertagen dieses Landes"
        rows = [Setting(id="state", name="Land", value="SN", unit="Kürzel des Landes", source=told, evidence="assumed")]
    kept = tuple(row for row in plan.settings if row.id != "subject")
    return with_tables(plan, {"settings": (*(row for row in rows if row.id not in known), *kept)})


def _sealed(plan: Plan, first: Version) -> Plan:
    """The plan whose judgements are of the wording that stands there today: nobody kept another."""
    return sealed(plan, plan)


Step = tuple[int, str, Callable[[Plan, Version], Plan]]
STEPS: tuple[Step, ...] = (
    (
        2,
        "Umstellung: Was angemeldet ist, steht jetzt in den Einträgen (Arbeit von–bis, zuwendungsfähige Ausgaben)",
        _filed,
    ),
    (4, "Umstellung: Namen und Land stehen jetzt in den Einstellungen", _named),
    (5, "Umstellung: Zielbeiträge sagen, welcher Wortlaut bewertet wurde", _sealed),
)
