"""The smallest set of measures in sentences: what it covers and costs, why fewer do not do, and what nobody knows."""

from collections.abc import Iterator, Sequence

from insek_core.change.cover import SmallestCover
from insek_core.change.cut import Cut
from insek_core.change.sentences.goals import cut_to_words
from insek_core.plan.german import count, named, show_euro, show_list, show_number, show_share
from insek_core.plan.record import Record
from insek_core.rules.figures import Figure, Sentence

NAMED = 2  # measures that the answer names
WITNESSES = 3  # goals that the proof names
COUNTABLE = 10**9  # smaller sets that are worth a number


def _counted(label: str, rows: Sequence[Record]) -> Figure:
    """A number of records with their names."""
    return Figure(
        label=label,
        value=len(rows),
        unit="count",
        rule=f"gezählt: {named([row.label for row in rows])}" if rows else "gezählt: keine",
    )


def _goals(number: int) -> str:
    return count(number, "Ziel", "Ziele")


def _answer(found: SmallestCover) -> Iterator[Sentence]:
    """How many measures do for how many goals, and what they cost."""
    if not found.chosen or found.number is None or found.cost is None:
        return
    number, covered = len(found.chosen), len(found.covered)
    every = covered + len(found.missed) + len(found.unserved)
    many, verb = count(number, "Maßnahme", "Maßnahmen"), "deckt" if number == 1 else "decken"
    who = f"{many} {verb}" if found.limit_cents is None else f"Mit {show_euro(found.limit_cents)} {verb} {many}"
    of = f"alle {_goals(every)}" if covered == every > 1 else f"{show_number(covered)} von {_of(every)}"
    names = f": {' und '.join(cut_to_words(m.label, 6) for m in found.chosen)}" if number <= NAMED else ""
    every_goal = _counted("Ziele", (*found.covered, *_open(found)))
    figures = (found.number, _counted("gedeckte Ziele", found.covered), every_goal, *_limit(found))
    yield Sentence(text=f"{who} {of}{names}.", screen="zielsystem", figures=figures)
    lacking = found.without_amount
    if lacking:
        without = _counted("gewählte Maßnahmen ohne Betrag", lacking)
        verb = "nennt" if len(lacking) == 1 else "nennen"
        text = f"Was das kostet, ist unbekannt: {count(len(lacking), 'Maßnahme', 'Maßnahmen')} {verb} keinen Betrag."
        yield Sentence(text=text, screen="zielsystem", figures=(found.cost, without))
    else:
        text = f"Zusammen kosten sie {found.cost.show()}." if number > 1 else f"Sie kostet {found.cost.show()}."
        yield Sentence(text=text, screen="zielsystem", figures=(found.cost,))


def _limit(found: SmallestCover) -> tuple[Figure, ...]:
    """The limit that was asked for, where there is one."""
    limit = Figure(label="Grenze", value=found.limit_cents, evidence="stated", rule="Eingabe")
    return () if found.limit_cents is None else (limit,)


def _of(every: int) -> str:
    return count(every, "Ziel", "Zielen")


def _open(found: SmallestCover) -> tuple[Record, ...]:
    return (*found.missed, *found.unserved)


def _proof(found: SmallestCover) -> Iterator[Sentence]:
    """Why fewer do not do: by the solver, and by goals that need a measure each."""
    proof, number = found.proof, len(found.chosen)
    if proof is None:
        return
    sets = proof.smaller_sets
    excluded = f"; ausgeschlossen sind alle {show_number(sets)} kleineren Mengen" if 1 < sets < COUNTABLE else ""
    fewer = count(number - 1, "Maßnahme", "Maßnahmen")
    if number > 1:
        text = (
            f"Weniger genügt nicht: Mit höchstens {fewer} sind höchstens {_goals(proof.fewer_cover)} gedeckt{excluded}."
        )
        most = Figure(
            label=f"gedeckte Ziele mit höchstens {fewer}",
            value=proof.fewer_cover,
            unit="count",
            rule="größte Zahl, als ganzzahlige Aufgabe bis zum Nachweis gelöst",
        )
        smaller = Figure(
            label="kleinere Mengen",
            value=sets,
            unit="count",
            rule=f"Mengen aus höchstens {fewer}, die einem Ziel dienen",
        )
        yield Sentence(text=text, screen="zielsystem", figures=(most, smaller))
    if len(proof.apart) == number > 1:
        names = [cut_to_words(goal.label, 5) for goal in proof.apart]
        who = show_list(names) if number <= WITNESSES else f"diesen {_of(number)}"
        text = f"Von Hand zu prüfen: Keine Maßnahme dient zweien von {who}. Jedes braucht eine eigene."
        figures = (_counted("Ziele, von denen keine Maßnahme zweien dient", proof.apart),)
        yield Sentence(text=text, screen="zielsystem", figures=figures)


def _unknown(found: SmallestCover) -> Iterator[Sentence]:
    """Goals that no measure serves, and measures that a limit excludes."""
    if found.unserved:
        one = "dient nachweislich keine Maßnahme"
        text = f"{'Einem Ziel' if len(found.unserved) == 1 else _of(len(found.unserved))} {one}"
        figures = [_counted("Ziele, denen keine Maßnahme dient", found.unserved)]
        if found.unrated:
            figures.append(_counted("davon mit einem Beitrag, der nicht bewertet ist", found.unrated))
            text += f"; bei {show_number(len(found.unrated))} davon ist ein Beitrag nicht bewertet"
        yield Sentence(text=f"{text}.", screen="zielsystem", figures=tuple(figures))
    if found.unusable:
        number = len(found.unusable)
        who = count(number, "Maßnahme nennt", "Maßnahmen nennen")
        text = f"{who} keinen Betrag und {'zählt' if number == 1 else 'zählen'} deshalb innerhalb der Grenze nicht."
        figures = [_counted("Maßnahmen ohne Betrag, die einem Ziel dienen", found.unusable)]
        yield Sentence(text=text, screen="zielsystem", figures=tuple(figures))


def cover_sentences(found: SmallestCover) -> tuple[Sentence, ...]:
    """The smallest set in sentences, the answer first; nothing where there is nothing to choose (findings say why)."""
    return (*_answer(found), *_proof(found), *_unknown(found))


def _kept(found: Cut) -> str:
    """What the best choice keeps, and what it cannot."""
    before, broken = found.before, found.broken
    if not broken:
        kept = "bleibt das eine Ziel" if len(before) == 1 else f"bleiben alle {show_number(len(before))} Ziele"
        return f"Bei bester Wahl {kept} durch Maßnahmen gedeckt."
    names = ", ".join(cut_to_words(goal.label, 5) for goal in broken[:NAMED])
    rest = f" und {len(broken) - NAMED} weitere" if len(broken) > NAMED else ""
    verb = "fällt" if len(broken) == 1 else "fallen"
    return f"Selbst bei bester Wahl {verb} {show_number(len(broken))} von {_of(len(before))}: {names}{rest}."


def _needed(found: Cut) -> str:
    """What the best choice costs of the money that is left."""
    best = found.best
    if not best.chosen or best.cost is None:
        return "dafür ist keine Maßnahme zu haben"
    many = count(len(best.chosen), "Maßnahme", "Maßnahmen")
    one = len(found.before) - len(found.broken) == 1
    what = ("das übrige" if one else "die übrigen") if found.broken else "es" if one else "sie"
    return f"{many} für {best.cost.show()} {'halten' if len(best.chosen) > 1 else 'hält'} {what}"


def cut_sentences(found: Cut) -> tuple[Sentence, ...]:
    """What less money breaks at least, first; then what is left and how much of it the best choice needs."""
    best = found.best
    share = Figure(label="Kürzung", value=found.share, unit="share", evidence="stated", rule="Eingabe")
    lost = _counted("davon nicht zu halten", found.broken)
    left = f"Statt {found.money.show()} sind es {show_euro(best.limit_cents or 0)}"
    needed = (best.cost, best.number) if best.cost and best.number else ()
    return (
        Sentence(
            text=f"{show_share(found.share)} weniger Geld: {_kept(found)}",
            screen="zielsystem",
            figures=(found.number, lost, share),
        ),
        Sentence(text=f"{left}; {_needed(found)}.", screen="zielsystem", figures=(found.money, *_limit(best), *needed)),
    )
