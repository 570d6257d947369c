"""What a change does to goals: which fall down the ladder and without what, which lose their last contribution, which
hang on one thread (RULES §3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from insek_core.change.sentences.telling import Telling
from insek_core.plan.finance import FundingProof
from insek_core.plan.german import count
from insek_core.plan.record import Record
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Sentence
from insek_core.rules.goals.ladder import Ladder

FALLS = 3  # goals that change their rung, each in a sentence of its own
NAMED = 2  # goals or causes that one sentence names
LONGEST = 8  # words of a name, so that a sentence keeps its 25


def cut_to_words(name: str, most: int = LONGEST) -> str:
    """A name in quotation marks with at most so many words (and two at least); what is cut is shown by "…"."""
    every, most = name.split(), max(2, most)
    return f"„{name}“" if len(every) <= most else f"„{' '.join(every[: most - 1])} …“"


@dataclass(frozen=True)
class _Pair:
    """A goal's ladder on the side that reaches more and on the other, and what can serve a goal on that other side."""

    more: Ladder
    less: Ladder
    origins: tuple[str, ...]

    @property
    def causes(self) -> list[str]:
        """The proofs of the first rung that only one side reaches, as far as only that side has them, in words."""
        left = {proof.id for rung in self.less.steps for proof in rung.proofs}
        gone = [proof for proof in self.more.steps[self.less.rung + 1].proofs if proof.id not in left]
        most = LONGEST // min(len(gone), NAMED) if gone else 0
        return list(dict.fromkeys(self._cause(proof, left, most) for proof in gone))

    def _cause(self, proof: Record, left: set[str], most: int) -> str:
        """A measure or sector plan that goes by its name; one that stays, or what is no origin, by what it proved."""
        measure = proof.measure if isinstance(proof, FundingProof) else ""
        record = next((other for other in self.more.steps[2].proofs if other.id == measure), proof)
        if measure in left:
            return f"Finanzierungsnachweis für {cut_to_words(record.label, most - 2)}"
        if record.id in self.origins or record.table not in ("measures", "sector_plans"):
            return f"Nachweis durch {cut_to_words(record.label, most - 2)}"
        return cut_to_words(record.label, most)


def _rung_words(telling: Telling, old: Ladder, new: Ladder, pair: _Pair) -> str:
    """One goal that falls or climbs: "Ohne „Radweg“ fällt „Kurze Wege“ von Stufe 2 auf 1"."""
    telling.both(f"goals.rung.{new.goal.id}")
    word, verb = ("Ohne", "fällt") if new.rung < old.rung else ("Mit", "steigt")
    name, way = cut_to_words(new.goal.label), f"von Stufe {old.rung} auf {new.rung}"
    causes = pair.causes
    if not causes:
        return f"{name} {verb} {way}"
    why = f"{causes[0]} und anderes" if len(causes) > NAMED else " und ".join(causes)
    return f"{word} {why} {verb} {name} {way}"


def _rungs(telling: Telling, before: Assessment, after: Assessment) -> list[str]:
    """The goals whose rung differs, the deepest fall first; of more than three how many reach each rung."""
    was = {ladder.goal.id: ladder for ladder in before.goals.ladders}
    pairs = [(was[new.goal.id], new) for new in after.goals.ladders if new.goal.id in was]
    moved = sorted((p for p in pairs if p[0].rung != p[1].rung), key=lambda p: (p[1].rung - p[0].rung, p[1].rung))
    parts = []
    for old, new in moved[:FALLS]:
        falls = new.rung < old.rung
        pair = _Pair(old, new, after.goals.origins) if falls else _Pair(new, old, before.goals.origins)
        parts.append(_rung_words(telling, old, new, pair))
    for rung in range(1, 5) if len(moved) > FALLS else ():
        if telling.differs(f"goals.reach.{rung}"):
            parts.append(f"Stufe {rung} oder höher erreichen {_now_and_before(telling, f'goals.reach.{rung}')}")
    return parts


def _now_and_before(telling: Telling, key: str) -> str:
    old, new = telling.both(key)
    return f"{count(int(str(new.value)), 'Ziel', 'Ziele')} statt {old.show()}"


def _named(names: dict[str, str], goals: Sequence[str]) -> str:
    most = LONGEST if len(goals) == 1 else LONGEST - 1
    return " und ".join(cut_to_words(names.get(goal, goal), most) for goal in goals[:NAMED])


def _contributions(telling: Telling, names: dict[str, str], goals: Sequence[str], one: str, many: str) -> list[str]:
    """The goals that lose or win what serves them; of more than two how many are served."""
    for goal in goals[:NAMED]:
        telling.both(f"goals.positive.{goal}")
    parts = [f"{_named(names, goals)} {one if len(goals) == 1 else many}"] if goals else []
    if len(goals) > NAMED and telling.differs("goals.covered"):
        parts.append(f"Einen positiven Beitrag haben {_now_and_before(telling, 'goals.covered')}")
    return parts


def _fragile(telling: Telling, names: dict[str, str], before: Assessment, after: Assessment) -> list[str]:
    """How many goals hang on one thread, now and before, and which are new among them."""
    if not telling.differs("goals.fragile"):
        return []
    fresh = [goal for goal in after.goals.coverage.fragile if goal not in before.goals.coverage.fragile]
    new = f", neu {_named(names, fresh)}" if 0 < len(fresh) <= NAMED else ""
    told = _now_and_before(telling, "goals.fragile")
    return [f"An einem Faden {'hängt' if told.startswith('1 ') else 'hängen'} {told}{new}"]


def moved_goals_sentence(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """Goals that lose their last contribution, that fall down or climb the ladder, and those that hang on one
    contribution, before and after.
    """
    names = {ladder.goal.id: ladder.goal.label for ladder in (*before.goals.ladders, *after.goals.ladders)}
    old, new = before.goals.coverage.covered, after.goals.coverage.covered
    lost, won = [goal for goal in old if goal not in new], [goal for goal in new if goal not in old]
    parts = _contributions(telling, names, lost, "verliert den letzten Beitrag", "verlieren den letzten Beitrag")
    parts += _contributions(telling, names, won, "hat jetzt einen Beitrag", "haben jetzt einen Beitrag")
    parts += _rungs(telling, before, after)
    parts += _fragile(telling, names, before, after)
    yield telling.sentence(f"Ziele: {'. '.join(parts)}." if parts else "", "zielsystem")
