"""Checks of sense of the money: one small function a rule; it lists the offenders and names the remedy."""

from collections.abc import Iterator
from fractions import Fraction

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import show_euro, show_list, show_share
from insek_core.rules.money.programmes import has_ceiling
from insek_core.rules.money.slip import bounds_of, filed_span, filed_split
from insek_core.rules.structure import at, where
from insek_core.rules.time.schedule import timetable


def negative_parts(plan: Plan) -> Iterator[Finding]:
    """Eligible ≤ whole: the eligible shares on one item are together no more than 100 %."""
    named: dict[str, list[Fraction]] = {}
    for base in plan.funding_bases:
        if base.eligible_share is not None:
            named.setdefault(base.cost_item, []).append(base.eligible_share)
    for item in plan.cost_items:
        shares = named.get(item.id, [])
        if sum(shares) > 1:
            total = show_share(sum(shares, Fraction(0)))
            yield at(
                item,
                "amount_cents",
                f"{where(item)}: zuwendungsfähig sind zusammen {total} der Ausgaben.",
                "Anteile auf 0 bis 100 % begrenzen.",
            )


def missing_amounts(plan: Plan) -> Iterator[Finding]:
    """Without every amount the total is unknown, never smaller."""
    for item in plan.cost_items:
        if item.amount_cents is None:
            yield at(
                item,
                "amount_cents",
                f"{where(item)} hat keinen Betrag; die Gesamtkosten sind deshalb unbekannt.",
                "Betrag eintragen.",
                "warning",
            )
        if item.year is None:
            yield at(item, "year", f"{where(item)} hat kein Haushaltsjahr.", "Jahr eintragen.", "warning")


def programmes_without_rate(plan: Plan) -> Iterator[Finding]:
    """Anteilfinanzierung needs a rate."""
    for programme in plan.programmes:
        if programme.financing == "anteil" and programme.rate_share is None:
            yield at(
                programme,
                "rate_share",
                f"{where(programme)}: Der Fördersatz fehlt; die Förderung ist unbekannt.",
                "Fördersatz eintragen.",
                "warning",
            )


def missing_terms(plan: Plan) -> Iterator[Finding]:
    """Festbetrag and Fehlbedarf need their fixed amount; without it the grant is unknown."""
    needs = {"festbetrag": ("fixed_cents", "Festbetrag"), "fehlbedarf": ("own_fixed_cents", "feste Eigenanteil")}
    for programme in plan.programmes:
        field, name = needs.get(programme.financing, ("", ""))
        if field and getattr(programme, field) is None:
            message = f"{where(programme)}: Der {name} fehlt; die Förderung ist unbekannt."
            yield at(programme, field, message, "Betrag eintragen.", "warning")


def open_ceiling(plan: Plan) -> Iterator[Finding]:
    """A cap without notice is an assumption (RULES §1.2)."""
    for programme in plan.programmes:
        if has_ceiling(programme) and not programme.notice_on:
            message = (
                f"Ob {show_euro(programme.cap_cents or 0)} aus {programme.name} ein Höchstbetrag sind, ist "
                "ungeklärt; der Bewilligungsbescheid ist nicht eingetragen."
            )
            yield at(
                programme,
                "cap_is_ceiling",
                message,
                "Bescheid mit Datum, Aktenzeichen, Satz und Höchstbetrag eintragen.",
                "notice",
            )


def filed_in_other_years(plan: Plan) -> Iterator[Finding]:
    """Cost that was filed for a year in which the work it belongs to does not run, as both lay when it was filed (what
    moves after that is told as moved).
    """
    for item in plan.cost_items:
        span = filed_span(item) or (bounds_of(plan, timetable(plan), item.bound_to) if item.bound_to else None)
        if not item.bound_to or span is None:
            continue
        runs = range(span[0].year, span[1].year + 1)
        others = sorted({year for year, cents in filed_split(item).items() if year is not None and cents} - {*runs})
        if others:
            work = f"{runs[0]}" if len(runs) == 1 else f"{runs[0]}–{runs[-1]}"
            yield at(
                item,
                "filed_split" if item.filed_split else "year",
                f"{where(item)} ist für {show_list(map(str, others))} angemeldet; "
                f"{plan.name(item.bound_to)} läuft {work}.",
                "Das Jahr berichtigen oder „Gehört zu“ prüfen; wird später bezahlt, ist es so richtig.",
                "notice",
            )


def stated_figures_missed(plan: Plan) -> Iterator[Finding]:
    """The cost items add up to the total the paper states."""
    amounts = [item.amount_cents for item in plan.cost_items]
    for fact in plan.statements:
        if fact.figure == "total_cents" and fact.amount_cents is not None and amounts and None not in amounts:
            total = sum(amount or 0 for amount in amounts)
            if total != fact.amount_cents:
                yield at(
                    fact,
                    "amount_cents",
                    f"Die Kostenpositionen ergeben {show_euro(total)}, genannt sind "
                    f"{show_euro(fact.amount_cents)} ({fact.source}).",
                    "Positionen oder genannten Betrag prüfen.",
                    "warning",
                )
