"""Goals as HTML: the ladder of commitment, filled as far as proved, and the matrix of what serves what.

HTML and not a chart, because names and missing proofs are sentences that must wrap, never be cut, and be read aloud.
"""

from html import escape

from insek_core.plan import Plan
from insek_core.rules.goals.system import RUNGS, GoalSystem, Ladder, Step

COLUMNS = ("benannt", "Fachteil", "Maßnahme", "Mittel", "Indikator")
SYMBOL = {"ja": "✓", "nein": "✕", "unbekannt": "?"}


def _cell(step: Step) -> str:
    assumed = step.answer == "ja" and step.assumed
    word = "◌ Annahme" if assumed else f"{SYMBOL[step.answer]} {step.answer}"
    proofs = ", ".join(proof.label for proof in step.proofs) or step.missing
    return (
        f"<td class='stufe {'stufe-annahme' if assumed else f'stufe-{step.answer}'}' "
        f"title='{escape(proofs, quote=True)}'>{word}</td>"
    )


def _top(ladder: Ladder) -> str:
    return "alle Stufen erreicht, aber nur mit Annahmen" if ladder.assumed else "alles nachgewiesen"


def _row(ladder: Ladder, with_missing: bool) -> str:
    step = ladder.next_step
    missing = f"fehlt: {escape(step.missing)} – <b>{escape(step.from_whom)}</b>" if step else _top(ladder)
    last = f"<td class='fehlt'>{missing}</td>" if with_missing else ""
    return f"<tr><th scope='row'>{escape(ladder.goal.name)}</th>{''.join(map(_cell, ladder.steps))}{last}</tr>"


def ladder_text(found: GoalSystem) -> str:
    """The picture in one sentence."""
    parts = [f"{item.goal.name}: Stufe {item.rung} ({RUNGS[item.rung]})" for item in found.ladders]
    return "Stufen der Verbindlichkeit. " + "; ".join(parts) + "."


def ladder(found: GoalSystem, *, with_missing: bool = True) -> str:
    """Goals as rows, five rungs as columns; ✓ proved, ◌ only assumed, ? unknown, ✕ no; on the right what is missing
    from whom.
    """
    heads = "".join(
        f"<th scope='col' title='{escape(RUNGS[n], quote=True)}'>{name}</th>" for n, name in enumerate(COLUMNS)
    )
    last = "<th scope='col'>Als Nächstes, von wem</th>" if with_missing else ""
    body = "".join(_row(item, with_missing) for item in found.ladders)
    return (
        f"<table class='leiter' aria-label='{escape(ladder_text(found), quote=True)}'>"
        f"<thead><tr><td></td>{heads}{last}</tr></thead><tbody>{body}</tbody></table>"
    )


def _weight(weight: int | None) -> str:
    if weight is None:
        return "<td class='w-offen'>?</td>"
    name = f"p{weight}" if weight > 0 else f"m{-weight}" if weight < 0 else "0"
    return f"<td class='w-{name}'>{f'{weight:+d}'.replace('-', '−') if weight else '0'}</td>"


def matrix(plan: Plan, found: GoalSystem) -> str:
    """Goals × what serves them, weight −3..+3 as number and colour; "?" where it is named but not judged, blank where
    not named.
    """
    goals = list(dict.fromkeys([*found.coverage.goals, *(goal for goal, _ in found.weights)]))
    origins = [origin for origin in found.origins if any((goal, origin) in found.weights for goal in goals)]
    heads = "".join(f"<th scope='col'><span>{escape(plan.name(origin))}</span></th>" for origin in origins)
    rows = []
    for goal in goals:
        cells = "".join(_weight(found.weights[goal, o]) if (goal, o) in found.weights else "<td></td>" for o in origins)
        rows.append(f"<tr><th scope='row'>{escape(plan.name(goal))}</th>{cells}</tr>")
    return f"<table class='matrix'><thead><tr><td></td>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
