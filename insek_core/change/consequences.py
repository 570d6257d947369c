"""What a change does: the difference of two assessments as figures and as a few German sentences (DESIGN, RULES §7).

A sentence tells exactly the figures that it names; every other figure that differs is counted as one of the "weitere".
"""

from dataclasses import dataclass

from insek_core.change.facts import facts
from insek_core.change.sentences.goals import moved_goals_sentence
from insek_core.change.sentences.money import (
    lines_sentences,
    own_share_sentence,
    settled_sentence,
    terms_sentence,
    totals_sentence,
)
from insek_core.change.sentences.people import events_sentence, staff_sentence
from insek_core.change.sentences.procedure import procedure_sentences
from insek_core.change.sentences.telling import GONE, Facts, Telling
from insek_core.change.sentences.time import (
    deadline_sentences,
    event_sentences,
    moved_time_sentence,
    paper_sentences,
)
from insek_core.plan.german import count
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure, Sentence

# by severity: a missed deadline, sittings, events, own share, cost, dates, years, lines; procedure last
TELLERS = (
    deadline_sentences,
    paper_sentences,
    settled_sentence,
    event_sentences,
    own_share_sentence,
    totals_sentence,
    moved_time_sentence,
    terms_sentence,
    lines_sentences,
    moved_goals_sentence,
    events_sentence,
    staff_sentence,
    procedure_sentences,
)


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A figure that differs: its key ("money.own_share"), label, value before and after ("entfällt" where there is
    none).
    """

    key: str
    label: str
    before: Figure
    after: Figure

    @property
    def words(self) -> str:
        """The change in words: "Eigenanteil: 65.000 € → 84.500 €"."""
        return f"{self.label}: {self.before.show()} → {self.after.show()}"


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """The sentences, most important first, every changed figure, and those that no sentence tells (`more`)."""

    told: tuple[Sentence, ...]
    changed: tuple[Changed, ...]
    more: tuple[Changed, ...]

    def of(self, sentence: Sentence) -> tuple[Changed, ...]:
        """The changed figures that a sentence tells."""
        return tuple(c for c in self.changed if c.key in sentence.keys)

    @property
    def more_words(self) -> str:
        """The count of what no sentence tells: "12 weitere Werte ändern sich."; empty if there is none."""
        words = count(len(self.more), "weiterer Wert ändert sich", "weitere Werte ändern sich")
        return f"{words}." if self.more else ""


def changed(before: Facts, after: Facts) -> tuple[Changed, ...]:
    """The figures whose value differs, in the order of the facts; what is on one side only has "entfällt" on the
    other.
    """
    found = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key, GONE), after.get(key, GONE)
        if old.value != new.value:
            found.append(Changed(key=key, label=new.label or old.label, before=old, after=new))
    return tuple(found)


def consequences(before: Assessment, after: Assessment) -> Consequences:
    """What differs between two assessments, by severity: deadlines, sittings, events, own share, cost, dates, years,
    lines, goals, people, procedure. No sentence is longer than a listener can follow (25 words).
    """
    telling = Telling(facts(before), facts(after))
    every = changed(telling.before, telling.after)
    found = (sentence for tell in TELLERS if every for sentence in tell(telling, before, after))
    told = tuple(sentence for sentence in found if sentence)
    covered = {key for sentence in told for key in sentence.keys}
    return Consequences(told=told, changed=every, more=tuple(c for c in every if c.key not in covered))
