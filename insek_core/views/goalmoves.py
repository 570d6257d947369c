"""Goals that fall down the ladder of commitment or climb it, plan against Variante, as HTML (names wrap)."""

from dataclasses import dataclass

from markupsafe import Markup

from insek_core.plan.german import count
from insek_core.rules.goals.ladder import RUNGS, Ladder
from insek_core.rules.goals.system import GoalSystem
from insek_core.views.goals import COLUMNS

SHOWN = 6  # goals; the picture keeps its height


@dataclass(frozen=True)
class Move:
    """One goal with its ladder before and after."""

    before: Ladder
    after: Ladder

    @property
    def steps(self) -> int:
        """How many rungs it climbs; below 0 it falls."""
        return self.after.rung - self.before.rung


def goal_moves(before: GoalSystem, after: GoalSystem) -> tuple[Move, ...]:
    """The goals whose rung differs, the deepest fall first."""
    was = {ladder.goal.id: ladder for ladder in before.ladders}
    pairs = (Move(was[ladder.goal.id], ladder) for ladder in after.ladders if ladder.goal.id in was)
    return tuple(sorted((move for move in pairs if move.steps), key=lambda move: move.steps))


def moves_text(moves: tuple[Move, ...]) -> str:
    """The picture in one sentence."""
    told = (f"{m.after.goal.name}: Stufe {m.after.rung} statt {m.before.rung}" for m in moves[:SHOWN])
    return f"{count(len(moves), 'Ziel wechselt', 'Ziele wechseln')} die Stufe. {'; '.join(told)}."


def _cell(move: Move, rung: int) -> Markup:
    old, new = rung <= move.before.rung, rung <= move.after.rung
    assumed = new and move.after.steps[rung].assumed
    kind, word = {
        (True, True): ("annahme", "◌ Annahme") if assumed else ("ja", "✓ ja"),
        (True, False): ("nein", "✕ entfällt"),
        (False, True): ("annahme", "◌ neu, Annahme") if assumed else ("ja", "+ neu"),
        (False, False): ("leer", "–"),
    }[old, new]
    return Markup("<td class='stufe stufe-{}' title='{}'>{}</td>").format(kind, RUNGS[rung], word)


def moved_ladder(moves: tuple[Move, ...]) -> Markup:
    """The goals that move as rows, five rungs as columns: what stays, what goes, what is new."""
    rows = (
        Markup("<tr><th scope='row'>{}</th>{}</tr>").format(
            move.after.goal.name, Markup().join(_cell(move, rung) for rung in range(len(RUNGS)))
        )
        for move in moves[:SHOWN]
    )
    heads = (Markup("<th scope='col' title='{}'>{}</th>").format(RUNGS[n], head) for n, head in enumerate(COLUMNS))
    rest = f"Und {count(len(moves) - SHOWN, 'weiteres Ziel', 'weitere Ziele')}." if len(moves) > SHOWN else ""
    return Markup(
        "<table class='leiter umstieg' aria-label='{}'><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>{}"
    ).format(
        moves_text(moves),
        Markup().join(heads),
        Markup().join(rows),
        Markup("<p class='satz'>{}</p>").format(rest) if rest else "",
    )
