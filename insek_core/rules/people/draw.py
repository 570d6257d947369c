"""Who comes to a full evening: a stratified draw over pseudonymous codes, reproducible from a printed seed (RULES
§5).
"""

import random
import re
from collections import Counter
from dataclasses import dataclass

from insek_core.plan.errors import Finding
from insek_core.rules.rounding import largest_remainder

PERSONAL = re.compile(r"@|[A-Za-zÄÖÜäöüß]{2,}[ ,]+[A-Za-zÄÖÜäöüß]{2,}")  # an address, or two words: a name
NO_GROUP = "ohne Gruppe"


@dataclass(frozen=True, kw_only=True)
class SeatGroup:
    """A group of registrations: how many there are and how many seats it gets."""

    name: str
    registered: int
    seats: int


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The codes that are drawn and those that wait, in the order in which they move up; groups; findings."""

    seed: str
    chosen: tuple[tuple[str, str], ...]
    waiting: tuple[tuple[str, str], ...]
    groups: tuple[SeatGroup, ...]
    findings: tuple[Finding, ...] = ()


def _registered(text: str) -> tuple[dict[str, str], list[Finding]]:
    """Code → group of each line "code" or "code; group", and what is wrong with the lines."""
    found: dict[str, str] = {}
    findings = []
    for number, line in enumerate(text.splitlines(), 1):
        code, _, group = (part.strip() for part in line.partition(";"))
        if not code:
            continue
        if PERSONAL.search(code):
            findings.append(
                Finding(
                    level="error",
                    message=f"Zeile {number} sieht nach einem Namen oder einer Adresse aus.",
                    remedy="Bitte nur Codes einfügen, die ohne Liste niemandem zuzuordnen sind.",
                )
            )
        elif code in found:
            findings.append(
                Finding(
                    level="error",
                    message=f"Zeile {number}: Der Code „{code}“ steht schon weiter oben.",
                    remedy="Bitte jede Anmeldung einmal einfügen.",
                )
            )
        found.setdefault(code, group or NO_GROUP)
    return found, findings


def draw(text: str, seats: int, seed: str) -> Drawn:
    """The draw: seats go to groups in proportion (largest remainder, ties to the first by name), codes in a group by
    lot.

    The same codes, seats and seed give the same result in any order of the lines; nothing is kept.

    >>> found = draw("A1; jung\\nA2; jung\\nB1; alt\\nB2; alt", 2, "2016-05-10")
    >>> [(group.name, group.seats) for group in found.groups], len(found.chosen), len(found.waiting)
    ([('alt', 1), ('jung', 1)], 2, 2)
    """
    registered, findings = _registered(text)
    if seats < 1:
        findings.append(
            Finding(
                level="error",
                message="Es gibt keinen Platz zu vergeben.",
                remedy="Bitte mindestens einen Platz angeben.",
            )
        )
    if findings or not registered:
        return Drawn(seed=seed, chosen=(), waiting=(), groups=(), findings=tuple(findings))
    sizes = Counter(registered.values())
    names = sorted(sizes)
    shares = largest_remainder(min(seats, len(registered)), [sizes[name] for name in names])
    lot = random.Random(f"{seed}|{seats}")
    chosen: list[tuple[str, str]] = []
    waiting: list[tuple[str, str]] = []
    for name, share in zip(names, shares, strict=True):
        codes = sorted(code for code, group in registered.items() if group == name)
        lot.shuffle(codes)
        chosen += [(code, name) for code in codes[:share]]
        waiting += [(code, name) for code in codes[share:]]
    lot.shuffle(waiting)
    groups = tuple(
        SeatGroup(name=name, registered=sizes[name], seats=share) for name, share in zip(names, shares, strict=True)
    )
    return Drawn(seed=seed, chosen=tuple(chosen), waiting=tuple(waiting), groups=groups)
