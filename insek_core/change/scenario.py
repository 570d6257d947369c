"""What if: typed changes of a plan, applied by one pure function (RULES, DESIGN: a change is one typed edit).

A change is written KEY[:TARGET]=VALUE, in links, on the command line and in the table of changes alike: "cost=+10%",
"cost:KO-07=18000", "delay:K1=60", "drop=KO-10". Amounts are euro with a point, shares exact ("3/5", "60%"), days
calendar days.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from insek_core.change.edits import money, options, time
from insek_core.change.edits.bench import Amount, Bench, years_named
from insek_core.change.notation import (
    ChangeValue,
    amount_in_words,
    read_amount,
    read_day,
    read_days,
    read_euro,
    read_financing,
    read_nothing,
    read_share,
    read_year,
    span_in_words,
    write_amount,
    write_euro,
)
from insek_core.plan import Plan
from insek_core.plan.errors import Finding, Severity, Unreadable
from insek_core.plan.finance import FINANCING, FundingProof
from insek_core.plan.german import quoted, show_date, show_euro, show_share
from insek_core.rules.money.filed import as_filed


@dataclass(frozen=True)
class Change:
    """One typed edit: what (`key`), of what (a record's id, a purpose, or nothing for the whole plan), and the new
    value.
    """

    key: str
    target: str
    value: ChangeValue

    @property
    def text(self) -> str:
        """The change as it is written; `parse` reads it back to the same change."""
        value = KEYS[self.key].write(self.value)
        if self.key == "drop":
            return f"drop={self.target}"
        return f"{self.key}{f':{self.target}' if self.target else ''}={value}"


@dataclass(frozen=True)
class Key:
    """A kind of change: how its value is read, written and told, what it may aim at, and what it does to a plan."""

    read: Callable[[str], ChangeValue]
    write: Callable[[Any], str]
    words: Callable[[str, Any], str]
    targets: tuple[str, ...]
    edit: Callable[[Bench, str, Any], None]
    whole: bool = True


_PLAIN: Callable[[Any], str] = str
_MONEY = (read_euro, write_euro)
KEYS: dict[str, Key] = {
    "cost": Key(read_amount, write_amount, lambda n, v: f"{n or 'Kosten insgesamt'} {amount_in_words(v)}", ("cost_items", "purpose"), money.cost),
    "ineligible": Key(*_MONEY, lambda n, v: f"nicht zuwendungsfähig {show_euro(v)}", (), money.ineligible),
    "rate": Key(read_share, _PLAIN, lambda n, v: f"Fördersatz {show_share(v)}", ("programmes",), money.terms("rate_share")),
    "cap": Key(lambda t: None if t == "none" else read_euro(t), lambda v: "none" if v is None else write_euro(v),
               lambda n, v: "kein Höchstbetrag" if v is None else f"Höchstbetrag {show_euro(v)}", ("programmes",), money.terms("cap_cents")),
    "type": Key(read_financing, _PLAIN, lambda n, v: FINANCING[v], ("programmes",), money.financing),
    "fixed": Key(*_MONEY, lambda n, v: f"Festbetrag {show_euro(v)}", ("programmes",), money.terms("fixed_cents")),
    "own_fixed": Key(*_MONEY, lambda n, v: f"fester Eigenanteil {show_euro(v)}", ("programmes",), money.terms("own_fixed_cents")),
    "third_party": Key(*_MONEY, lambda n, v: f"ungeplante Drittmittel {show_euro(v)}", (), money.third_party(planned=False)),
    "third_party_planned": Key(*_MONEY, lambda n, v: f"geplante Drittmittel {show_euro(v)}", (), money.third_party(planned=True)),
    "drop": Key(read_nothing, lambda v: "", lambda n, v: f"ohne {n}", ("cost_items", "formats", "events", "tasks", "measures", "funding_proofs", "programmes",
                "funds"), options.drop, whole=False),
    "delay": Key(read_days, _PLAIN, lambda n, v: f"{n}: {span_in_words(v)} {'später' if v >= 0 else 'früher'}", ("phases", "tasks", "formats"), time.delay, whole=False),
    "longer": Key(read_days, _PLAIN, lambda n, v: f"{n}: {span_in_words(v)} {'länger' if v >= 0 else 'kürzer'}", ("phases", "tasks", "formats"), time.longer, whole=False),
    "year": Key(read_year, _PLAIN, lambda n, v: f"{n}: Ausgabe erst {v}", ("cost_items",), money.year, whole=False),
    "freeze": Key(read_share, _PLAIN, lambda n, v: f"{f'Haushaltssperre {n}'.strip()}: {show_share(v)} gesperrt", ("budget_statutes",), money.freeze),
    "provisional": Key(read_day, lambda v: str(v.isoformat()), lambda n, v: f"Haushalt {n} erst am {show_date(v)} in Kraft".replace("  ", " "),
                       ("budget_statutes",), money.provisional, whole=False),
}  # fmt: skip


def parse(text: str) -> Change:
    """The change a text states. Raises Unreadable, in German with the remedy."""
    head, equals, value = text.strip().partition("=")
    key, _, target = head.partition(":")
    if key not in KEYS or not equals:
        raise Unreadable(
            f"{quoted(text)} ist keine Änderung.", f"Bitte WAS=WERT schreiben; WAS ist eines von {', '.join(KEYS)}."
        )
    if key == "drop":
        target, value = (target or value), ("" if not target else value)
    if target and not KEYS[key].targets:
        raise Unreadable(f"„{key}“ gilt für den ganzen Plan, nicht für {target}.", f"Bitte {key}=WERT schreiben.")
    if not target and not KEYS[key].whole:
        raise Unreadable(f"{quoted(text)} nennt keine Kennung.", f"Bitte {key}:KENNUNG=WERT schreiben.")
    return Change(key, target, KEYS[key].read(value.strip()))


def words(plan: Plan, change: Change) -> str:
    """The change in German, as a button or a list shows it."""
    record = plan.by_id.get(change.target)
    name = str(getattr(record, "short_name", "") or plan.name(change.target)) if change.target else ""
    if isinstance(record, FundingProof):
        return KEYS[change.key].words(f"Finanzierungsnachweis für „{plan.name(record.measure)}“", change.value)
    return KEYS[change.key].words(years_named(record) or name, change.value)


@dataclass(frozen=True)
class Applied:
    """The plan with the changes that could be made, those changes, and findings about the others (each names its
    change).
    """

    plan: Plan
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def _finding(change: str, message: str, remedy: str, level: Severity = "error") -> Finding:
    return Finding(level=level, table="changes", record=change, message=message, remedy=remedy)


def _refusal(plan: Plan, change: Change, made: Sequence[Change]) -> Finding | None:
    """Why a change cannot be made: unknown id, or a contradiction to an earlier change."""
    record = plan.by_id.get(change.target)
    known = record is not None and record.table in KEYS[change.key].targets
    purpose = "purpose" in KEYS[change.key].targets and any(i.purpose == change.target for i in plan.cost_items)
    if change.target and not known and not purpose:
        return _finding(
            change.text,
            f"{change.text}: {change.target} gibt es im Plan nicht oder es lässt sich so nicht ändern.",
            "Kennung prüfen.",
        )
    for other in made:
        same = other.target == change.target or (change.key != "cost" and "" in (other.target, change.target))
        if other.key == change.key and same:
            return _finding(
                change.text, f"{change.text} widerspricht {other.text}.", "Eine der beiden Änderungen streichen."
            )
        if change.target and other.target == change.target and "drop" in (other.key, change.key):
            return _finding(
                change.text,
                f"{change.text} und {other.text} gehen nicht zusammen: {plan.name(change.target)} entfällt.",
                "Eine der beiden Änderungen streichen.",
            )
    return None


def _in_order(plan: Plan, changes: Iterable[Change]) -> list[Change]:
    """The changes in the one order in which they are made, whatever order they came in: what drops out, then by the
    kind
    of change as `KEYS` lists them; the whole before its parts, work as the plan lists it.
    """
    place = {record: n for n, record in enumerate(plan.by_id)}
    kinds = {key: n for n, key in enumerate(sorted(KEYS, key=lambda key: key != "drop"))}

    def rank(change: Change) -> tuple[int, bool, int, str]:
        # a purpose is no record: it comes after the whole plan and before the records
        return kinds[change.key], bool(change.target), place.get(change.target, -1), change.text

    return sorted(changes, key=rank)


def _unmet(plan: Plan, made: Sequence[Change]) -> list[Finding]:
    """Changes that fix the cost of the whole or of a purpose and do not come out, because others change its parts."""
    found = []
    for change in made:
        if change.key != "cost" or not isinstance(change.value, Amount) or change.value.kind != "is":
            continue
        items = [item.amount_cents for item in money.items_of(plan, change.target)]
        now = None if None in items else sum(cents or 0 for cents in items)
        others = [c.text for c in made if c is not change and c.key == "cost" and c.target]
        if items and now != int(change.value.value) and others:
            message = (
                f"{words(plan, change)} und {', '.join(others)} widersprechen sich: Es sind {show_euro(now or 0)}."
            )
            found.append(_finding(change.text, message, "Eine der Änderungen streichen.", "warning"))
    return found


def apply(plan: Plan, changes: Iterable[Change]) -> Applied:
    """The plan after its changes, made in one order whatever order they are given in. No changes: the same plan.

    What was filed is entered first where it is missing, so that what moves is told against it (RULES §1.7). Nothing is
    guessed: what cannot be made is left out and named in the findings, what changes nothing is named too.
    """
    wanted = _in_order(plan, changes)
    if not wanted:
        return Applied(plan, (), ())
    bench = Bench(as_filed(plan))
    made: list[Change] = []
    findings: list[Finding] = []
    for change in wanted:
        refused = _refusal(plan, change, made)
        if refused is not None:
            findings.append(refused)
            continue
        before = bench.plan
        bench.reason = f"Variante: {words(plan, change)}"
        try:
            KEYS[change.key].edit(bench, change.target, change.value)
        except Unreadable as error:
            findings.append(_finding(change.text, error.what, error.remedy))
            continue
        made.append(change)
        if bench.plan == before:
            findings.append(_finding(change.text, f"Ohne Wirkung: {words(plan, change)}.", "Kann entfallen.", "notice"))
    for change in made:
        if change.key != "drop" and change.target in plan.by_id and change.target not in bench.plan.by_id:
            message = f"{words(plan, change)}: {plan.name(change.target)} entfällt durch eine andere Änderung."
            findings.append(_finding(change.text, message, "Eine der Änderungen streichen."))
    notes = [_finding("", message, "Bitte prüfen.", "notice") for message in bench.notes]
    return Applied(bench.plan if made else plan, tuple(made), (*findings, *_unmet(bench.plan, made), *notes))


def parse_all(texts: Iterable[str]) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """The changes of several texts and a finding for each text that states none."""
    changes, findings = [], []
    for text in texts:
        try:
            changes.append(parse(text))
        except Unreadable as error:
            findings.append(_finding(text, error.what, error.remedy))
    return tuple(changes), tuple(findings)


def with_change(changes: Sequence[Change], new: Change) -> tuple[Change, ...]:
    """The changes with one set: it takes the place of the one with the same key and target, else it comes last."""
    kept = [new if (c.key, c.target) == (new.key, new.target) else c for c in changes]
    return tuple(kept if new in kept else [*kept, new])


def without(changes: Sequence[Change], key: str, target: str = "") -> tuple[Change, ...]:
    """The changes without the one of this key and target."""
    return tuple(c for c in changes if (c.key, c.target) != (key, target))
