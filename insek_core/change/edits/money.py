"""What a change of costs, terms, third-party money and budgets does to a plan."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from insek_core.change.edits.bench import Amount, Bench
from insek_core.plan import Plan
from insek_core.plan.errors import Unreadable
from insek_core.plan.finance import CostItem, Fund, FundingBasis, Programme
from insek_core.plan.german import show_euro
from insek_core.plan.record import Record
from insek_core.rules.rounding import largest_remainder, round_half_up


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
