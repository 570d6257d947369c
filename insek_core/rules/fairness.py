"""Fair by need: do money, measures and events go where need is greatest? (RULES §4)

A measure of several districts counts in each of them, and its money is told there as shared; it is never divided, for
nobody has said how. One that names a whole Stadtbezirk counts in its districts in the same way; one that names the city
is citywide and counts nowhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from insek_core.plan import Plan
from insek_core.plan.content import Measure
from insek_core.plan.german import count
from insek_core.plan.process import Event
from insek_core.rules.figures import Figure, Sentence
from insek_core.rules.goals.trace import money_of, partly_known
from insek_core.rules.places.areas import inside, lineage
from insek_core.rules.places.indicators import SCREEN
from insek_core.rules.places.need import AreaNeed
from insek_core.rules.places.standing import PLURAL

MOST_NEEDY = 10  # areas that a sentence looks at; of fewer than twenty known ones half of them
NUMBERS = ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")


@dataclass(frozen=True, kw_only=True)
class AreaEffort:
    """What goes to an area: measures that are its own and such that it shares with others, the known money of both, and
    events in it and in the area around it.
    """

    area: str
    own: tuple[Measure, ...]
    shared: tuple[Measure, ...]
    own_money: Figure
    shared_money: Figure
    events: tuple[Event, ...]
    events_around: tuple[Event, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures that name the area or one around it."""
        return (*self.own, *self.shared)


def up_to_city(plan: Plan, area: str) -> tuple[str, ...]:
    """The area and what it lies in below the city."""
    return tuple(one.id for one in lineage(plan, area) if one.level != "Stadt" or one.id == area)


def effort(plan: Plan, area: str) -> AreaEffort:
    """What goes to an area by the plan: what names it, an area in it or one around it. Only what lies wholly in it is
    its own.
    """
    held, around = inside(plan, area) | {area}, set(up_to_city(plan, area))
    named = [measure for measure in plan.measures if (held | around).intersection(measure.districts)]
    own = tuple(measure for measure in named if held.issuperset(measure.districts))
    shared = tuple(measure for measure in named if measure not in own)
    return AreaEffort(
        area=area,
        own=own,
        shared=shared,
        own_money=money_of(plan, own),
        shared_money=money_of(plan, shared),
        events=tuple(event for event in plan.events if event.area in held),
        events_around=tuple(event for event in plan.events if event.area in around - held),
    )


@dataclass(frozen=True, kw_only=True)
class Fairness:
    """Need and effort of every area, the greatest need first, and the areas that the sentences look at."""

    level: str
    rows: tuple[tuple[AreaNeed, AreaEffort], ...]
    needy: tuple[str, ...]


def fairness(plan: Plan, needs: Sequence[AreaNeed], level: str) -> Fairness:
    """Need against effort. The needy are the ten areas of greatest need, or half of those known if they are fewer than
    twenty; equals at the edge all count.
    """
    known = [row for row in needs if row.rank]
    most = min(MOST_NEEDY, len(known) // 2)
    needy = tuple(row.area for row in known if row.rank and row.rank.place <= most)
    return Fairness(level=level, rows=tuple((row, effort(plan, row.area)) for row in needs), needy=needy)


def number_word(number: int, capital: bool = False) -> str:
    """A number as a sentence says it: in words up to twelve.

    >>> number_word(6), number_word(10, capital=True), number_word(13)
    ('sechs', 'Zehn', '13')
    """
    word = NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)
    return word.capitalize() if capital else word


def _of_needy(found: Fairness, number: int) -> str:
    """How the sentences begin: "Von den zehn Ortsteilen mit dem höchsten Bedarf haben sechs"."""
    level, article, one = found.level, *(("Das", "eines") if found.level == "Stadtgebiet" else ("Der", "einer"))
    if len(found.needy) == 1:
        return f"{article} {level} mit dem höchsten Bedarf hat"
    who = "alle" if number == len(found.needy) else number_word(number)
    verb = f"hat {one}" if number == 1 else f"haben {who}"
    return f"Von den {number_word(len(found.needy))} {PLURAL.get(level, level)}n mit dem höchsten Bedarf {verb}"


def _sentence(found: Fairness, what: str, without: list[str], more: str = "") -> Sentence:
    """How many of the needy have no measure (or event)."""
    needs = tuple(row.figure for row, _ in found.rows if row.area in found.needy)
    figure = Figure(
        label=f"ohne {what} unter den Gebieten mit dem höchsten Bedarf",
        value=len(without),
        unit="count",
        rule=f"Gebiete mit dem höchsten Bedarf ohne {what}, gezählt; eine {what} für mehrere zählt in jedem",
        operands=needs,
    )
    text = f"{_of_needy(found, len(without))} keine {what}."
    if not without:
        text = f"{_of_needy(found, len(found.needy))} mindestens eine {what}{more}."
    return Sentence(text=text, screen=SCREEN, figures=(figure,))


def _unknown_sentence(found: Fairness) -> Sentence | None:
    unknown = [row.area for row, _ in found.rows if row.score is None]
    if not unknown:
        return None
    known = len(found.rows) - len(unknown)
    text = f"Der Bedarf von {count(len(unknown), 'Gebiet', 'Gebieten')} ist unbekannt; bekannt ist er von {known}."
    return Sentence(text=text, screen=SCREEN)


def _placeless_sentence(plan: Plan) -> Sentence | None:
    """Measures and events that name no area count nowhere; that is said."""
    city = {area.id for area in plan.areas if area.level == "Stadt"}
    measures = sum(not set(measure.districts) - city for measure in plan.measures)
    events = sum(not event.area or event.area in city for event in plan.events)
    parts = [count(measures, "Maßnahme", "Maßnahmen")] if measures else []
    parts += [count(events, "Veranstaltung", "Veranstaltungen")] if events else []
    if not parts:
        return None
    many = measures + events > 1
    verbs = ("nennen", "zählen") if many else ("nennt", "zählt")
    text = f"{' und '.join(parts)} {verbs[0]} kein Gebiet und {verbs[1]} nirgends mit."
    return Sentence(text=text, screen=SCREEN, marked=False)


def _money_sentence(plan: Plan, found: Fairness) -> Sentence | None:
    """The known money of the needy against all that names an area; a measure that reaches both counts as reaching."""
    if not found.needy:
        return None
    placed = {m.id: m for _, row in found.rows for m in row.measures}
    reached = {m.id: m for need, row in found.rows if need.area in found.needy for m in row.measures}
    whole, theirs = money_of(plan, placed.values()), money_of(plan, reached.values())
    if whole.value is None:
        text = "Wie viel Geld in die Gebiete geht, ist unbekannt: Keine Maßnahme mit Gebiet nennt einen Betrag."
        return Sentence(text=text, screen=SCREEN, figures=(whole,))
    sums = theirs.told() if theirs.value is not None else "nichts" if not reached else "ein unbekannter Betrag"
    verb, least = (
        "erreichen" if theirs.value else "erreicht",
        "mindestens " if partly_known(plan, reached.values()) else "",
    )
    text = (
        f"Von {whole.told()} der Maßnahmen mit Gebiet und Betrag {verb} {least}{sums} die Gebiete mit dem höchsten "
        f"Bedarf, zum Teil gemeinsam mit anderen."
    )
    return Sentence(text=text, screen=SCREEN, figures=(theirs, whole))


def fairness_sentences(plan: Plan, found: Fairness) -> tuple[Sentence, ...]:
    """Need against measures, events and money in words, and what is not known."""
    told: Iterable[Sentence | None] = (_unknown_sentence(found), _placeless_sentence(plan))
    if not found.needy:
        text = "Ob Geld und Maßnahmen dem Bedarf folgen, ist unbekannt: Von zu wenigen Gebieten ist der Bedarf bekannt."
        return (Sentence(text=text, screen=SCREEN), *(one for one in told if one))
    rows = {row.area: row for _, row in found.rows}
    bare = [area for area in found.needy if not rows[area].measures]
    quiet = [area for area in found.needy if not rows[area].events and not rows[area].events_around]
    wide = "" if any(rows[area].events for area in found.needy) else ", aber nur für ein größeres Gebiet"
    lead = (
        _sentence(found, "Maßnahme", bare),
        _money_sentence(plan, found),
        _sentence(found, "Veranstaltung", quiet, wide),
    )
    return tuple(one for one in (*lead, *told) if one)
