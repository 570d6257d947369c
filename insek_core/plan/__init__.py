"""The Plan: every table of the city's plan as frozen records. One value, loaded whole, saved whole."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeVar, get_args, get_type_hints

from insek_core.plan.content import (
    Area,
    Contribution,
    Decision,
    Goal,
    Indicator,
    Interaction,
    Measure,
    Return,
    Scenario,
    ScenarioChange,
    SectorPlan,
    Setting,
    Statement,
)
from insek_core.plan.errors import InsekError
from insek_core.plan.finance import (
    Booking,
    BudgetLine,
    BudgetStatute,
    CostItem,
    Fund,
    FundingBasis,
    FundingProof,
    Programme,
    ProofOfUse,
    Transfer,
)
from insek_core.plan.law import LAENDER
from insek_core.plan.process import (
    Body,
    CalendarEntry,
    Document,
    Event,
    Format,
    Link,
    Meeting,
    Membership,
    Organisation,
    Paper,
    Phase,
    Reading,
    StaffDays,
    Task,
)
from insek_core.plan.record import Record
from insek_core.plan.review import Assignment, Judgement, Review

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All tables; rows keep their order. Equal plans have equal rows in equal order."""

    organisations: tuple[Organisation, ...] = ()
    phases: tuple[Phase, ...] = ()
    tasks: tuple[Task, ...] = ()
    links: tuple[Link, ...] = ()
    bodies: tuple[Body, ...] = ()
    memberships: tuple[Membership, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    papers: tuple[Paper, ...] = ()
    readings: tuple[Reading, ...] = ()
    documents: tuple[Document, ...] = ()
    formats: tuple[Format, ...] = ()
    events: tuple[Event, ...] = ()
    programmes: tuple[Programme, ...] = ()
    funding_bases: tuple[FundingBasis, ...] = ()
    funds: tuple[Fund, ...] = ()
    cost_items: tuple[CostItem, ...] = ()
    budget_lines: tuple[BudgetLine, ...] = ()
    budget_statutes: tuple[BudgetStatute, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    staff_days: tuple[StaffDays, ...] = ()
    funding_proofs: tuple[FundingProof, ...] = ()
    bookings: tuple[Booking, ...] = ()
    proofs_of_use: tuple[ProofOfUse, ...] = ()
    goals: tuple[Goal, ...] = ()
    sector_plans: tuple[SectorPlan, ...] = ()
    measures: tuple[Measure, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    areas: tuple[Area, ...] = ()
    statements: tuple[Statement, ...] = ()
    calendars: tuple[CalendarEntry, ...] = ()
    settings: tuple[Setting, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    changes: tuple[ScenarioChange, ...] = ()
    decisions: tuple[Decision, ...] = ()
    returns: tuple[Return, ...] = ()
    reviews: tuple[Review, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    def rows(self, table: str) -> tuple[Record, ...]:
        """The records of a table by its English name. Raises InsekError on an unknown table."""
        if table not in TABLES:
            raise InsekError("unknown table", got=table, allowed=", ".join(TABLES))
        rows: tuple[Record, ...] = getattr(self, table)
        return rows

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Every record by its id; of two with one id (a finding of the checks) the first."""
        found: dict[str, Record] = {}
        for table in TABLES:
            for row in self.rows(table):
                found.setdefault(row.id, row)
        return found

    @cached_property
    def _bases(self) -> dict[tuple[str, str], tuple[FundingBasis, ...]]:
        found: dict[tuple[str, str], list[FundingBasis]] = {}
        for base in self.funding_bases:
            found.setdefault((base.cost_item, base.programme), []).append(base)
        return {pair: tuple(bases) for pair, bases in found.items()}

    def bases(self, cost_item: str, programme: str) -> tuple[FundingBasis, ...]:
        """What of a cost item counts for a programme; empty if nothing is stated."""
        return self._bases.get((cost_item, programme), ())

    def bases_of(self, cost_item: str) -> tuple[FundingBasis, ...]:
        """What of a cost item counts for any programme."""
        return tuple(
            row for row in self.rows_of("funding_bases", "cost_item", cost_item) if isinstance(row, FundingBasis)
        )

    @cached_property
    def _grouped(self) -> dict[tuple[str, str], dict[str, list[Record]]]:
        return {}

    def rows_of(self, table: str, field: str, value: str) -> tuple[Record, ...]:
        """The rows of a table whose reference in a field names this record, by an index that is built once."""
        if (table, field) not in self._grouped:
            index: dict[str, list[Record]] = {}
            for row in self.rows(table):
                index.setdefault(getattr(row, field), []).append(row)
            self._grouped[table, field] = index
        return tuple(self._grouped[table, field].get(value, ()))

    @cached_property
    def _worked_out(self) -> dict[Hashable, Any]:
        return {}

    def once(self, key: Hashable, build: Callable[[], T]) -> T:
        """What follows from this plan alone, worked out at the first call; another plan keeps nothing of it."""
        if key not in self._worked_out:
            self._worked_out[key] = build()
        found: T = self._worked_out[key]
        return found

    def name(self, record_id: str) -> str:
        """What a record is called on screens; an id that names nothing stays as it is."""
        return self.by_id[record_id].label if record_id in self.by_id else record_id

    def short(self, record_id: str) -> str:
        """The abbreviation of a record that has one (OBM, SPA), else its name."""
        return str(getattr(self.by_id.get(record_id), "abbreviation", "")) or self.name(record_id)

    @property
    def short_name(self) -> str:
        """What the plan is called on files and lists: "INSEK"."""
        return self.setting("short_name", "Planung")

    @property
    def title(self) -> str:
        """What the plan is called where several stand beside one another: "INSEK Leipzig"."""
        return " ".join(part for part in (self.short_name, self.setting("city", "")) if part)

    @property
    def subject(self) -> str:
        """What is planned, as it stands behind "für": "die Fortschreibung des INSEK"."""
        work, concept = self.setting("work", ""), self.setting("concept_genitive", "")
        return f"{work} {concept}" if work and concept else "die Planung"

    @property
    def state(self) -> str:
        """The code of the Land whose holidays and law apply ("SN"); empty where the plan names none that there is."""
        code = self.setting("state", "")
        return code if code in LAENDER else ""

    def setting(self, key: str, default: str) -> str:
        """The text of a setting, or the default where the plan does not state it."""
        return next((row.value for row in self.settings if row.id == key and row.value), default)


TABLES: dict[str, type[Record]] = {item.name: get_args(get_type_hints(Plan)[item.name])[0] for item in fields(Plan)}
