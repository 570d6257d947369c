"""Tables of an entry's sheet, of themes, of the work programme and of goals that hang on one thread."""

from collections.abc import Iterable

from insek_core.plan import Plan
from insek_core.plan.content import Contribution, Measure
from insek_core.plan.record import Record, columns_of
from insek_core.rules.figures import UNKNOWN
from insek_core.rules.goals.balance import ProgrammeCount, ThemeCount
from insek_core.rules.goals.sheet import EntrySheet
from insek_core.rules.goals.trace import money_of
from insek_core.views.goaltables import JUDGED, judged, show_weight
from insek_core.views.links import named
from insek_core.views.table import Cell, Said, Table
from insek_core.views.tables import record_cell
from insek_core.views.words import evidence

UNTOLD = ("id", "name", "field_evidence", "visibility", "lon", "lat")


def particulars(plan: Plan, record: Record) -> Table:
    """What is entered of one record, field by field; what is empty is left out."""
    rows: list[tuple[Cell, ...]] = []
    for column in columns_of(type(record)):
        value = getattr(record, column.name)
        if column.name in UNTOLD or value == column.kind.empty:
            continue
        ids = value if column.kind.name == "refs" else (value,) if column.kind.name == "ref" else ()
        rows.append((column.heading, named(plan, *ids) if ids else record_cell(plan, record, column)))
    return Table(("Angabe", "Wert"), tuple(rows))


def contributions(plan: Plan, found: EntrySheet) -> Table:
    """What an entry, or a measure of it, does to which goal."""
    rows = ((named(plan, c.goal), named(plan, c.origin), *judged(c)) for c in found.contributions)
    return Table(("Ziel", "Durch", *JUDGED), tuple(rows))


def beside(plan: Plan, found: EntrySheet) -> Table:
    """What an entry hangs together with; for what only leads to goals, those too."""
    own = {c.goal for c in found.contributions}
    rows = [*found.beside, *(goal for goal in found.goals if goal.id not in own)]
    return Table(("Art", "Hängt zusammen mit"), tuple((row.one, named(plan, row.id)) for row in rows))


def theme_table(plan: Plan, found: Iterable[ThemeCount]) -> Table:
    """Each theme with the goals it serves and harms and those for which it is named and not judged."""
    rows = (
        (
            named(plan, one.theme.id),
            one.theme.kind,
            named(plan, *one.served, nothing="–" if one.harmed else UNKNOWN),
            named(plan, *one.harmed),
            named(plan, *one.unrated),
            named(plan, *one.measures, nothing=UNKNOWN),
        )
        for one in found
    )
    return Table(("Thema", "Art", "Dient", "Schadet", "Genannt, nicht bewertet", "Maßnahmen"), tuple(rows))


def programme_table(plan: Plan, found: Iterable[ProgrammeCount]) -> Table:
    """How many measures of each goal stand in the work programme, do not, or nobody has said; all measures last."""
    none = Said("–")  # where no measure is known, there is nothing to count
    rows = (
        (
            named(plan, one.goal.id) if one.goal else "alle Maßnahmen, jede einmal",
            *(len(ids) if every else none for ids in (one.inside, one.outside, one.unknown)),
            named(plan, *one.inside, nothing="" if every else "Maßnahme unbekannt"),
        )
        for one in found
        for every in [(*one.inside, *one.outside, *one.unknown)]
    )
    return Table(("Ziel", "stehen darin", "stehen nicht darin", "unbekannt", "Maßnahmen darin"), tuple(rows))


def contradiction_table(plan: Plan, found: Iterable[Contribution]) -> Table:
    """What works against which goal, why, and the money of the measure that does."""
    rows = (
        (
            named(plan, c.origin),
            named(plan, c.goal),
            show_weight(c.weight),
            c.reason or UNKNOWN,
            money_of(plan, [measure]) if isinstance(measure := plan.by_id.get(c.origin), Measure) else "",
            evidence(c.evidence_of("weight")),
        )
        for c in found
    )
    return Table(("Wer", "schadet dem Ziel", "Gewicht", "Begründung", "Geld", "Beleg"), tuple(rows))


def thread_table(plan: Plan, found: Iterable[Contribution]) -> Table:
    """Each goal that hangs on one contribution, with that one."""
    rows = (
        (
            named(plan, c.goal),
            plan.by_id[c.origin].one if c.origin in plan.by_id else "",
            named(plan, c.origin),
            show_weight(c.weight),
            evidence(c.evidence_of("weight")),
        )
        for c in found
    )
    return Table(("Ziel", "hängt allein an", "Name", "Gewicht", "Beleg"), tuple(rows))
