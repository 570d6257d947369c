"""The profile of an area in German sentences: where it lies, its figures, what goes to it, what is open."""

from collections.abc import Iterable

from insek_core.plan import Plan
from insek_core.plan.content import Statement
from insek_core.plan.german import count, show_date, show_list
from insek_core.rules.fairness import AreaEffort
from insek_core.rules.figures import UNKNOWN, Sentence
from insek_core.rules.goals.trace import partly_known
from insek_core.rules.places.development import change_figure, remarks, signed, trend_words
from insek_core.rules.places.indicators import SCREEN
from insek_core.rules.places.need import AreaNeed
from insek_core.rules.profile import AreaFigure, AreaProfile, direction_word

MOST_NAMES = 5  # indicators that a sentence names
MOST_REMARKS = 1  # the table holds the others


def _need_sentence(plan: Plan, found: AreaNeed | None) -> Sentence | None:
    if found is None:
        return None
    if found.rank is None:
        names = show_list(plan.name(one) for one in found.unknown)
        why = f": Es fehlt {names}." if names else ": Zu wenige Gebiete haben alle Zahlen."
        return Sentence(text=f"Der Bedarf ist unbekannt{why}", screen=SCREEN, figures=(found.figure,))
    text = f"Im Bedarf liegt das Gebiet auf Platz {found.rank.show()}."
    return Sentence(text=text, screen=SCREEN, figures=(found.figure,))


def _effort_sentence(found: AreaEffort) -> Sentence:
    """Measures and events; none is said."""
    measures, shared = len(found.measures), len(found.shared)
    told = f"{count(measures, 'Maßnahme betrifft', 'Maßnahmen betreffen')} das Gebiet"
    told += ("" if shared == measures else f", davon {shared}") + " gemeinsam mit anderen" if shared else ""
    groups = ((found.events, "hier"), (found.events_around, "für ein größeres Gebiet"))
    events = [f"{count(len(e), 'Veranstaltung', 'Veranstaltungen')} {where}" for e, where in groups if e]
    text = (
        f"{told if measures else 'Keine Maßnahme betrifft das Gebiet'}; {show_list(events) or 'keine Veranstaltung'}."
    )
    return Sentence(text=text, screen=SCREEN, figures=(found.own_money, found.shared_money))


def _money_sentence(plan: Plan, found: AreaEffort) -> Sentence | None:
    """The money of the measures: what is for the area alone, and what is shared, which nobody has divided."""
    if not found.measures:
        return None
    groups = (
        (found.own, found.own_money, "für das Gebiet allein"),
        (found.shared, found.shared_money, "gemeinsam mit anderen"),
    )
    parts = [
        f"{words} {'mindestens ' if partly_known(plan, measures) else ''}{money.told()}"
        for measures, money, words in groups
        if measures
    ]
    text = f"Geld: {show_list(parts)}{', nicht aufgeteilt' if found.shared else ''}."
    return Sentence(text=text, screen=SCREEN, figures=(found.own_money, found.shared_money))


def _open_sentence(points: tuple[Statement, ...]) -> Sentence | None:
    if not points:
        return None
    due = [p.due.latest for p in points if p.due and p.due.latest]
    until = f", der nächste bis {show_date(min(due))}" if due else ""
    text = f"{count(len(points), 'offener Punkt betrifft', 'offene Punkte betreffen')} das Gebiet{until}."
    return Sentence(text=text, screen=SCREEN, marked=False)


def _lead(found: AreaProfile) -> Sentence:
    area = found.area
    code = f" {area.code}" if area.code else ""
    place = f" liegt in {show_list(one.name for one in found.lies_in)}" if found.lies_in else ""
    text = f"{area.name} ({area.level}{code}){place}; Stand {show_date(found.today)}."
    return Sentence(text=text, screen=SCREEN, marked=False)


def _figure_sentences(figures: Iterable[AreaFigure]) -> list[Sentence]:
    """Each figure against the areas around it; those without a figure up to the Stichtag are named."""
    held = list(figures)
    told = [one.comparison for one in held if one.year is not None]
    unknown = [one.indicator.name for one in held if one.year is None]
    if unknown:
        more = f" und {len(unknown) - MOST_NAMES} weitere" if len(unknown) > MOST_NAMES else ""
        names = ", ".join(unknown[:MOST_NAMES]) if more else show_list(unknown)
        told.append(Sentence(text=f"Ohne Zahl bis zum Stichtag: {names}{more}.", screen=SCREEN))
    return told


def _moved_sentence(found: AreaProfile, one: AreaFigure) -> Sentence | None:
    """How a figure moved, with its trend and what is to be known first; None where no two years are known."""
    if one.moved.change is None:
        return None
    unit, word = one.indicator.unit, direction_word(one)
    good = "" if word == UNKNOWN else f", {word}"
    text = f"{one.indicator.name} seit {one.moved.points[0][0]}: {signed(one.moved.change, unit)}"
    text += f", Trend {trend_words(one.moved, unit)}{good}." if one.moved.trend is not None else ", Trend unbekannt."
    figure = change_figure(one.indicator, one.moved, found.area.name)
    told = " ".join([text, *remarks(one.moved)[:MOST_REMARKS]])
    return Sentence(text=told, screen=SCREEN, figures=(figure,), chief=False)


def profile_sentences(plan: Plan, found: AreaProfile) -> tuple[Sentence, ...]:
    """All that a profile says, in the order of its page."""
    told = (
        _lead(found),
        _need_sentence(plan, found.need),
        *_figure_sentences(found.figures),
        *(_moved_sentence(found, one) for one in found.figures),
        _effort_sentence(found.effort),
        _money_sentence(plan, found.effort),
        _open_sentence(found.open_points),
    )
    return tuple(one for one in told if one)
