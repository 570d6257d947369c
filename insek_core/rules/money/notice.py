"""The funding notice (Bewilligungsbescheid) entered in one go: what it states, what it leaves open, what it settles
(RULES §1.2).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.codec import with_row, with_tables
from insek_core.plan.content import Statement
from insek_core.plan.errors import Finding, InsekError, Severity
from insek_core.plan.finance import Programme
from insek_core.plan.german import show_euro, show_share
from insek_core.plan.record import stated_by
from insek_core.plan.values import Fuzzy
from insek_core.rules.money.funding import funding
from insek_core.rules.money.programmes import settled_ceiling
from insek_core.rules.structure import at

STATES = ("notice_on", "notice_number", "financing", "rate_share", "cap_cents", "cap_is_ceiling", "fixed_cents", "own_fixed_cents",
          "notice_period", "notice_conditions")  # fmt: skip
NEEDS = {  # what a type of financing cannot do without
    "anteil": ("rate_share", "der Fördersatz"),
    "festbetrag": ("fixed_cents", "der Festbetrag"),
    "fehlbedarf": ("own_fixed_cents", "der feste Eigenanteil"),
    "voll": ("financing", "die Finanzierungsart"),
}
ASKS = ("Höchstbetrag", "Bescheid")  # the words of an open point that a notice answers


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What a funding notice states; what it does not state (None or empty) stays as it is in the programme."""

    notice_on: date | None = None
    notice_number: str = ""
    financing: str = ""
    rate_share: Fraction | None = None
    cap_cents: int | None = None
    cap_is_ceiling: bool | None = None
    fixed_cents: int | None = None
    own_fixed_cents: int | None = None
    notice_period: Fuzzy | None = None
    notice_conditions: str = ""

    @staticmethod
    def of(programme: Programme) -> "Notice":
        """The notice as it stands in a programme."""
        return Notice(**{name: getattr(programme, name) for name in STATES})


def programme_of(plan: Plan, programme_id: str) -> Programme:
    """The programme of this id. Raises InsekError where there is none."""
    found = next((p for p in plan.programmes if p.id == programme_id), None)
    if found is None:
        raise InsekError("unknown programme", got=programme_id, allowed=", ".join(p.id for p in plan.programmes))
    return found


def with_notice(plan: Plan, programme_id: str, notice: Notice) -> Plan:
    """The plan with a notice entered: what it states is stated by it, and the open points that asked for it are
    settled. With the first notice goes the remark on the programme, for it told of the time without one.
    """
    old = programme_of(plan, programme_id)
    values = {name: value for name in STATES if (value := getattr(notice, name)) not in (None, "")}
    new = stated_by(old, replace(old, **values).notice, **values)
    if notice.cap_is_ceiling is None and old.evidence_of("cap_is_ceiling") == "assumed":
        new = replace(new, cap_is_ceiling=None)  # what was assumed is not settled by a notice that does not say it
    plan = with_row(plan, "programmes", new if settled_ceiling(old) else replace(new, note=""))
    settled = tuple(_settled(point, new) for point in plan.statements)
    return with_tables(plan, {"statements": settled})


def _settled(point: Statement, programme: Programme) -> Statement:
    """An open point of this programme that asks for the notice, settled on its day; any other as it is."""
    asks = point.kind == "Offener Punkt" and programme.id in point.concerns and any(word in point.text for word in ASKS)
    if not asks or point.settled_on or not settled_ceiling(programme):
        return point
    return stated_by(point, programme.notice, settled_on=programme.notice_on)


def _last_cost_year(plan: Plan) -> int | None:
    years = [
        year for item in plan.cost_items for year in (item.year, *(filed for filed, _ in item.filed_split)) if year
    ]
    return max(years, default=None)


def _lacking(plan: Plan, new: Programme) -> Iterator[tuple[str, Severity, str, str]]:
    """What a programme with a notice lacks: field, level, message, remedy."""
    binds = new.financing != "festbetrag"
    field, name = NEEDS.get(new.financing or "anteil", ("financing", "die Finanzierungsart"))
    if not new.notice_on:
        yield "notice_on", "error", "Das Datum des Bescheids fehlt; so bleibt offen, was gilt.", "Datum eintragen."
    if not new.notice_number:
        yield "notice_number", "error", "Das Aktenzeichen fehlt; so bleibt offen, was gilt.", "Aktenzeichen eintragen."
    if new.evidence_of("financing") == "assumed":
        message = "Die Finanzierungsart ist nicht angegeben; gerechnet wird mit der angenommenen."
        yield "financing", "warning", message, "Finanzierungsart des Bescheids eintragen."
    if getattr(new, field) in (None, ""):
        yield field, "error", f"Im Bescheid fehlt {name}; die Förderung ist unbekannt.", "Angabe eintragen."
    if binds and new.cap_is_ceiling is None:
        message = "Ob der Förderbetrag ein Höchstbetrag ist, fehlt; beide Fälle bleiben offen."
        yield "cap_is_ceiling", "warning", message, "Ja oder nein eintragen."
    if binds and new.cap_is_ceiling and new.cap_cents is None:
        yield "cap_cents", "error", "Der Höchstbetrag fehlt.", "Betrag eintragen, oder „nein“ bei „Ist Höchstbetrag“."
    last, period = _last_cost_year(plan), new.notice_period
    if period and period.latest and last and period.latest.year < last:
        message = f"Der Bewilligungszeitraum ({period.words}) endet vor {last}, für das noch Kosten geplant sind."
        yield "notice_period", "warning", message, "Verlängerung beantragen oder die Kosten vorziehen."


def notice_findings(plan: Plan, programme_id: str, notice: Notice) -> tuple[Finding, ...]:
    """What an entered notice lacks, and what it changes against the terms the plan reckoned with."""
    after = with_notice(plan, programme_id, notice)
    old, new = programme_of(plan, programme_id), programme_of(after, programme_id)
    found = [at(new, field, message, remedy, level) for field, level, message, remedy in _lacking(after, new)]
    if old.rate_share is not None and new.rate_share is not None and old.rate_share != new.rate_share:
        was, now = funding(plan), funding(after)
        message = (
            f"Der Fördersatz ist {show_share(new.rate_share)} statt {show_share(old.rate_share)}: Die Förderung "
            f"beträgt {now.grant.show()} statt {was.grant.show()}, der Eigenanteil {now.own_share.show()} statt "
            f"{was.own_share.show()}."
        )
        found.append(at(new, "rate_share", message, "Mit dem Bescheid vergleichen.", "notice"))
    if old.cap_cents is not None and old.cap_cents != new.cap_cents:
        message = f"Der Förderbetrag ist {show_euro(new.cap_cents or 0)} statt {show_euro(old.cap_cents)}."
        found.append(at(new, "cap_cents", message, "Mit dem Bescheid vergleichen.", "notice"))
    return tuple(found)


def incomplete_notices(plan: Plan) -> Iterator[Finding]:
    """Notices that were entered without all they need (by a workbook or the form of the programme)."""
    known = {"rate_share", "fixed_cents", "own_fixed_cents", "financing"}  # other checks tell of these
    for programme in plan.programmes:
        if programme.notice_on or programme.notice_number:
            for field, _, message, remedy in _lacking(plan, programme):
                if field not in known:
                    yield at(programme, field, f"{programme.name}: {message}", remedy, "warning")
