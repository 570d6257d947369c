"""What each kind of change does to a plan. A bench holds the plan being edited; every edit marks its fields as
assumed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import with_row, with_tables
from insek_core.plan.errors import Unreadable
from insek_core.plan.finance import CostItem, Fund, FundingBasis, Programme
from insek_core.plan.german import show_date, show_euro
from insek_core.plan.process import Event, Phase, Task
from insek_core.plan.record import Record, columns_of
from insek_core.plan.values import Fuzzy
from insek_core.rules.rounding import largest_remainder, round_half_up
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.workdays import calendar


@dataclass(frozen=True)
class Amount:
    """A new amount: `is` so many cents, so many cents `more` (or less), or a `part` more (Fraction(1, 10) for +10
    %).
    """

    kind: Literal["is", "more", "part"]
    value: Fraction

    def of(self, cents: int) -> int:
        """The new amount in whole cents, rounded half up."""
        return round_half_up(
            {"is": self.value, "more": cents + self.value, "part": cents * (1 + self.value)}[self.kind]
        )


class Bench:
    """The plan being edited, why (the source of what is edited), and what was settled by assumption on the way."""

    def __init__(self, plan: Plan) -> None:
        self.filed = self._plan = plan
        self._edited: dict[str, dict[str, Record]] = {}
        self.reason = ""
        self.notes: list[str] = []

    @property
    def plan(self) -> Plan:
        """The plan as edited so far."""
        if self._edited:
            self._plan = with_tables(self._plan, {table: tuple(rows.values()) for table, rows in self._edited.items()})
            self._edited = {}
        return self._plan

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self._plan, self._edited = plan, {}

    def add(self, record: Record) -> None:
        """Put a record in, in place of the one of the same id; rows are gathered, so that a thousand edits make one
        plan.
        """
        if record.table not in self._edited:
            self._edited[record.table] = {row.id: row for row in self._plan.rows(record.table)}
        self._edited[record.table][record.id] = record

    def put(self, record: Record, **values: Any) -> None:
        """Edit a record: the changed fields are assumed and name the change as their source."""
        changed = {name: value for name, value in values.items() if getattr(record, name) != value}
        if changed:
            marks = {**dict(record.field_evidence), **dict.fromkeys(changed, "assumed")}
            source = f"{self.reason}; im Plan: {record.source}" if record.source else self.reason
            self.add(replace(record, **changed, source=source, field_evidence=tuple(sorted(marks.items()))))

    def find(self, record_id: str) -> Record:
        """The record as it stands now. Raises Unreadable if an earlier change took it away."""
        if record_id not in self.plan.by_id:
            raise Unreadable(
                f"{record_id} entfällt schon durch eine andere Änderung.", "Eine der Änderungen streichen."
            )
        return self.plan.by_id[record_id]


def years_named(record: Record | None) -> str:
    """A span of budget years in words, of a record that has one and no name: "2015/2016"."""
    first, last = getattr(record, "from_year", None), getattr(record, "to_year", None)
    return "" if first is None or hasattr(record, "name") else str(first) if first == last else f"{first}/{last}"


# money


def _known(items: Sequence[CostItem]) -> list[int]:
    amounts = [item.amount_cents for item in items]
    if not items or None in amounts:
        raise Unreadable(
            "Die Kosten sind nicht vollständig bekannt.", "Zuerst alle Beträge der Kostenpositionen eintragen."
        )
    return [amount or 0 for amount in amounts]


Bases = Mapping[str, Sequence[FundingBasis]]


def _by_item(plan: Plan) -> Bases:
    found: dict[str, list[FundingBasis]] = {}
    for base in plan.funding_bases:
        found.setdefault(base.cost_item, []).append(base)
    return found


def _rebase(bench: Bench, bases: Sequence[FundingBasis], ineligible: Fraction, amount: int) -> None:
    """Set the eligible shares of an item so that so many cents of it are ineligible, in the proportion the programmes
    had.
    """
    shares = [base.eligible_share or Fraction(0) for base in bases]
    whole, wanted = sum(shares, Fraction(0)), 1 - ineligible / amount if amount else Fraction(0)
    for base, share in zip(bases, shares, strict=True):
        bench.put(base, eligible_share=wanted * share / whole if whole else wanted / len(bases))


def _ineligible(item: CostItem, bases: Sequence[FundingBasis]) -> Fraction:
    shares = [base.eligible_share for base in bases if base.eligible_share is not None]
    if len(shares) < len(bases):
        raise Unreadable(f"Der zuwendungsfähige Anteil von {item.name} ist unbekannt.", "Zuerst den Anteil eintragen.")
    return (item.amount_cents or 0) * (1 - sum(shares, Fraction(0)))


def _price(bench: Bench, item: CostItem, cents: int, bases: Sequence[FundingBasis]) -> None:
    """A new amount; what of it is ineligible stays in euro."""
    bare = _ineligible(item, bases)
    if bare > cents:
        bench.notes.append(
            f"{item.name}: der nicht zuwendungsfähige Teil sinkt auf den neuen Betrag von {show_euro(cents)}."
        )
    if bare and cents and bases:
        _rebase(bench, bases, min(bare, Fraction(cents)), cents)
    old = item.amount_cents or 0
    bounds = {
        name: round_half_up(Fraction(bound * cents, old)) if old else cents
        for name in ("low_cents", "high_cents")
        if (bound := getattr(item, name)) is not None
    }
    bench.put(item, amount_cents=cents, **bounds)


def items_of(plan: Plan, target: str) -> list[CostItem]:
    """The cost items of the plan, of a purpose, or the one of this id."""
    return [item for item in plan.cost_items if not target or target in (item.id, item.purpose)]


def cost(bench: Bench, target: str, amount: Amount) -> None:
    """Cost of the plan, a purpose or an item; a sum is spread over its items by largest remainder (RULES §1.9)."""
    if target in bench.filed.by_id:
        bench.find(target)
    items = items_of(bench.plan, target)
    before = _known(items)
    total = amount.of(sum(before))
    if total < 0:
        raise Unreadable("Die Kosten würden negativ.", "Einen kleineren Abzug wählen.")
    if total == sum(before):
        return
    weights, bases = before if any(before) else [1] * len(items), _by_item(bench.plan)
    for item, cents in zip(items, largest_remainder(total, weights), strict=True):
        _price(bench, item, cents, bases.get(item.id, ()))


def ineligible(bench: Bench, _: str, cents: int) -> None:
    """So much of the whole cost counts for no programme; spread over the items that count by largest remainder."""
    items = bench.plan.cost_items
    amounts = _known(items)
    bases = _by_item(bench.plan)
    bare = sum(amount for item, amount in zip(items, amounts, strict=True) if item.id not in bases)
    counting = [item for item in items if item.id in bases]
    room = sum(item.amount_cents or 0 for item in counting)
    if cents > sum(amounts):
        raise Unreadable(
            f"{show_euro(cents)} nicht zuwendungsfähig sind mehr als die Gesamtkosten.",
            "Höchstens die Gesamtkosten angeben.",
        )
    if not bare <= cents <= bare + room or (not counting and cents != bare):
        raise Unreadable(
            f"{show_euro(bare)} sind ohnehin keinem Programm zugeordnet.", "Einen Betrag ab dieser Summe angeben."
        )
    parts = largest_remainder(cents - bare, [item.amount_cents or 0 for item in counting])
    for item, part in zip(counting, parts, strict=True):
        _rebase(bench, bases[item.id], Fraction(part), item.amount_cents or 0)


def _programmes(bench: Bench, target: str) -> list[Programme]:
    found = [p for p in bench.plan.programmes if not target or p.id == target]
    if len(found) != 1:
        few = "Der Plan hat kein Förderprogramm." if not found else "Der Plan hat mehrere Förderprogramme."
        raise Unreadable(few, "Bitte die Kennung des Programms angeben, z. B. rate:FP-1=3/5.")
    return found


def terms(name: str) -> Callable[[Bench, str, Any], None]:
    """An edit of one term of a programme."""

    def edit(bench: Bench, target: str, value: Any) -> None:
        (programme,) = _programmes(bench, target)
        bench.put(programme, **{name: value})

    return edit


def financing(bench: Bench, target: str, kind: str) -> None:
    """Another type of financing; a fixed amount it needs and that is not stated is taken from the plan, and said."""
    (programme,) = _programmes(bench, target)
    values: dict[str, Any] = {"financing": kind}
    if kind == "festbetrag" and programme.fixed_cents is None and programme.cap_cents is not None:
        values["fixed_cents"] = programme.cap_cents
        bench.notes.append(f"Als Festbetrag ist der Förderbetrag von {show_euro(programme.cap_cents)} angenommen.")
    if kind == "fehlbedarf" and programme.own_fixed_cents is None and programme.cap_cents is not None:
        filed = next((p.cap_cents for p in bench.filed.programmes if p.id == programme.id), None) or programme.cap_cents
        own = sum(_known(bench.filed.cost_items)) - filed
        values["own_fixed_cents"] = max(0, own)
        bench.notes.append(
            f"Als fester Eigenanteil sind {show_euro(max(0, own))} angenommen (Gesamtkosten − Förderbetrag)."
        )
    bench.put(programme, **values)


def third_party(*, planned: bool) -> Callable[[Bench, str, int], None]:
    """An edit that adds third-party money."""

    def edit(bench: Bench, _: str, cents: int) -> None:
        if cents:
            word = "geplante" if planned else "ungeplante"
            record_id = "VAR-DM-1" if planned else "VAR-DM-2"
            bench.add(
                Fund(
                    id=record_id,
                    giver=f"{word} Drittmittel der Variante",
                    amount_cents=cents,
                    planned=planned,
                    evidence="assumed",
                    source=bench.reason,
                )
            )

    return edit


def year(bench: Bench, target: str, value: int) -> None:
    """Another budget year of an item."""
    bench.put(bench.find(target), year=value, filed_split=())


def _statutes(bench: Bench, target: str) -> list[Record]:
    found = [s for s in bench.plan.budget_statutes if not target or s.id == target]
    if not found:
        raise Unreadable("Der Plan hat keine Haushaltssatzung.", "Zuerst eine Haushaltssatzung eintragen.")
    return [*found]


def freeze(bench: Bench, target: str, share: Fraction) -> None:
    """A Haushaltssperre: so much of the lines is blocked, the rest released."""
    for statute in _statutes(bench, target):
        bench.put(statute, released_share=1 - share)


def provisional(bench: Bench, target: str, day: date) -> None:
    """The budget comes into force on a day; before it only obligations and continuations may be paid."""
    for statute in _statutes(bench, target):
        bench.put(statute, in_force_on=day)


# time


def _shift(value: Fuzzy | None, days: int, *, end_only: bool = False) -> Fuzzy | None:
    """The date so many days later, in words of its own; an open one stays open."""
    if value is None or value.earliest is None or value.latest is None:
        return value
    first, last = value.earliest if end_only else days_later(value.earliest, days), days_later(value.latest, days)
    if first > last:
        raise Unreadable("So viel kürzer geht nicht: Das Ende läge vor dem Beginn.", "Weniger Tage wählen.")
    return Fuzzy.on(first) if first == last else Fuzzy(f"{show_date(first)} bis {show_date(last)}", first, last)


def _later(bench: Bench, task: Task, start: date | None, days: int) -> None:
    if start is None:
        raise Unreadable(f"{task.name} ist nicht datierbar.", "Zuerst Dauer und Beginn eintragen.")
    bench.put(task, constraint="nicht früher als", constraint_on=days_later(start, days))


def delay(bench: Bench, target: str, days: int) -> None:
    """A task, phase or format so many calendar days later; a phase takes all its steps along."""
    record = bench.find(target)
    if days == 0:
        return
    starts = {dates.id: dates.start_on for dates in timetable(bench.plan).tasks}
    if isinstance(record, Task):
        _later(bench, record, starts.get(record.id), days)
    elif isinstance(record, Phase):
        bench.put(record, begin=_shift(record.begin, days), end=_shift(record.end, days))
        for task in [t for t in bench.plan.tasks if t.phase == record.id and starts.get(t.id)]:
            _later(bench, task, starts[task.id], days)
    else:
        _events(bench, record, days, end_only=False)


def _events(bench: Bench, record: Record, days: int, *, end_only: bool) -> None:
    bench.put(record, period=_shift(getattr(record, "period", None), days, end_only=end_only))
    dated: list[Event] = [e for e in bench.plan.events if e.format == record.id and e.when and not e.when.is_open]
    for event in dated:
        if not (end_only and event.when and event.when.is_exact):
            bench.put(event, when=_shift(event.when, days, end_only=end_only))


def _stretch(bench: Bench, task: Task, finish: date | None, days: int) -> None:
    """So many calendar days on the finish, counted in working days."""
    if finish is None or task.duration_days is None:
        raise Unreadable(f"{task.name} ist nicht datierbar.", "Zuerst Dauer und Beginn eintragen.")
    workdays = calendar(bench.plan)
    more = workdays.end(days_later(finish, days)) - workdays.end(finish)
    if task.duration_days + more < 1:
        raise Unreadable(f"{task.name} dauert nur {task.duration_days} Arbeitstage.", "Weniger Tage wählen.")
    ends = {name: days + more for name in ("low_days", "high_days") if (days := getattr(task, name)) is not None}
    bench.put(task, duration_days=task.duration_days + more, **ends)


def _ending(plan: Plan, phase: str) -> list[Task]:
    """The steps that make a phase longer: its last ones and those that other phases build on; of two that follow one
    another the first, for it takes the other along.
    """
    inside = {t.id: t for t in plan.tasks if t.phase == phase and t.kind not in ("Meilenstein", "Sammelvorgang")}
    after: dict[str, set[str]] = {}
    for link in plan.links:
        after.setdefault(link.predecessor, set()).add(link.successor)
    own = {t.id for t in plan.tasks if t.phase == phase}
    chosen = [name for name in inside if not after.get(name, set()) & inside.keys() or after[name] - own]
    follow: set[str] = set()
    reached = [then for name in chosen for then in after.get(name, ())]
    while reached:
        if (name := reached.pop()) not in follow:
            follow.add(name)
            reached += after.get(name, ())
    return [inside[name] for name in chosen if name not in follow]


def longer(bench: Bench, target: str, days: int) -> None:
    """A task, phase or format so many calendar days longer; a phase ends later, with it its last steps and what others
    build on, so that these wait (RULES §1.7, §2).
    """
    record = bench.find(target)
    if days == 0:
        return
    finishes = {dates.id: dates.finish_on for dates in timetable(bench.plan).tasks}
    if isinstance(record, Task):
        if record.kind == "Meilenstein":
            raise Unreadable(
                f"{record.name} ist ein Meilenstein und hat keine Dauer.", "Bitte „später“ statt „länger“ wählen."
            )
        _stretch(bench, record, finishes.get(record.id), days)
    elif isinstance(record, Phase):
        shifted = _shift(record.end, days)
        bench.put(record, end=Fuzzy.on(shifted.latest) if shifted and shifted.latest else shifted)
        for task in [task for task in _ending(bench.plan, record.id) if finishes.get(task.id)]:
            _stretch(bench, task, finishes[task.id], days)
    else:
        _events(bench, record, days, end_only=True)


# options


def _goes_along(row: Record, gone: set[str]) -> bool:
    """Whether a row goes when others do: it must name one of them, or its cost arises with one of them."""
    needed = [c.name for c in columns_of(type(row)) if c.kind.name == "ref" and (c.required or c.name == "bound_to")]
    return any(getattr(row, name) in gone for name in needed)


def _cleared(row: Record, gone: set[str]) -> Record:
    """The row without its references to what has gone."""
    values: dict[str, Any] = {}
    for column in columns_of(type(row)):
        value = getattr(row, column.name)
        if column.kind.name == "ref" and value in gone:
            values[column.name] = ""
        elif column.kind.name == "refs" and gone.intersection(value or ()):
            values[column.name] = tuple(name for name in value if name not in gone)
    return replace(row, **values) if values else row


def _bridged(plan: Plan, gone: set[str]) -> Plan:
    """The plan with each dropped task's predecessors linked to its successors, so that these do not move forward."""
    for task_id in [t.id for t in plan.tasks if t.id in gone]:
        before = [link for link in plan.links if link.successor == task_id and link.predecessor not in gone]
        after = [link for link in plan.links if link.predecessor == task_id and link.successor not in gone]
        known = {(link.predecessor, link.successor) for link in plan.links}
        for first in before:
            for then in after:
                if (first.predecessor, then.successor) not in known:
                    bridge = replace(
                        then,
                        id=f"{first.id}+{then.id}",
                        predecessor=first.predecessor,
                        type="FS",
                        evidence="assumed",
                        field_evidence=(),
                    )
                    plan = with_row(plan, "links", bridge)
    return plan


def drop(bench: Bench, target: str, _: None) -> None:
    """Leave a record out with all that only exists through it: funding of its cost, its events, the cost bound to
    it.
    """
    bench.find(target)
    gone = {target}
    rows = [row for table in TABLES for row in bench.plan.rows(table)]
    while more := {row.id for row in rows if row.id not in gone and _goes_along(row, gone)}:
        gone |= more
    plan = _bridged(bench.plan, gone)
    tables: dict[str, tuple[Any, ...]] = {}
    for table in TABLES:
        kept = tuple(_cleared(row, gone) for row in plan.rows(table) if row.id not in gone)
        if kept != plan.rows(table):
            tables[table] = kept
    bench.plan = with_tables(plan, tables)
