"""Goals as HTML: the ladder of commitment, filled as far as proved, and the matrix of what serves what.

HTML and not a chart, because names and missing proofs are sentences that must wrap, never be cut, and be read aloud.
"""

from collections.abc import Iterable

from markupsafe import Markup

from insek_core.plan import Plan
from insek_core.rules.goals.impact import Impact
from insek_core.rules.goals.ladder import RUNGS, Ladder, Rung
from insek_core.rules.goals.section import MOST_GOALS, MOST_ORIGINS, left_out_sentence
from insek_core.rules.goals.system import GoalSystem
from insek_core.views.links import href, link

COLUMNS = ("benannt", "Fachteil", "Maßnahme", "Mittel", "Indikator")
SYMBOL = {"ja": "✓", "nein": "✕", "unbekannt": "?"}


def _cell(step: Rung, plan: Plan | None) -> Markup:
    """A rung of a goal; with a plan its word leads to the first record that proves it."""
    assumed = step.answer == "ja" and step.assumed
    kind, word = ("annahme", "◌ Annahme") if assumed else (step.answer, f"{SYMBOL[step.answer]} {step.answer}")
    if step.answer == "ja" and step.to_check:
        kind, word = "pruefen", "↻ zu prüfen"
    proofs = ", ".join(proof.label for proof in step.proofs) or step.missing
    if plan and step.rung and step.proofs:
        to = Markup("<a class='eintrag' href='{}' aria-label='{}: {}'>{}</a>")
        word = to.format(href(step.proofs[0].id), word, proofs, word)
    return Markup("<td class='stufe stufe-{}' title='{}'>{}</td>").format(kind, proofs, word)


def _missing(ladder: Ladder) -> Markup:
    if step := ladder.next_step:
        return Markup("<td class='fehlt'>fehlt: {} – <b>{}</b></td>").format(step.missing, step.from_whom)
    to_check = any(step.to_check for step in ladder.steps)
    doubt = "Bewertungen sind zu prüfen" if to_check else "nur mit Annahmen"
    top = f"alle Stufen erreicht, aber {doubt}" if ladder.assumed else "alles nachgewiesen"
    return Markup("<td class='fehlt'>{}</td>").format(top)


def _row(head: str | Markup, cells: Iterable[Markup]) -> Markup:
    return Markup("<tr><th scope='row'>{}</th>{}</tr>").format(head, Markup().join(cells))


def ladder_text(found: GoalSystem) -> str:
    """The picture in one sentence."""
    parts = [f"{item.goal.name}: Stufe {item.rung} ({RUNGS[item.rung]})" for item in found.ladders]
    return "Stufen der Verbindlichkeit. " + "; ".join(parts) + "."


def ladder(found: GoalSystem, plan: Plan | None = None) -> Markup:
    """Goals as rows, five rungs as columns; ✓ proved, ◌ only assumed, ↻ to check, ? unknown, ✕ no; on the right what is
    missing from whom. With a plan every name and proof leads to its sheet.
    """
    heads = [Markup("<th scope='col' title='{}'>{}</th>").format(RUNGS[n], name) for n, name in enumerate(COLUMNS)]
    heads.append(Markup("<th scope='col'>Als Nächstes, von wem</th>"))
    rows = (
        _row(
            link(plan, item.goal.id) if plan else item.goal.name,
            [*(_cell(step, plan) for step in item.steps), _missing(item)],
        )
        for item in found.ladders
    )
    return Markup(
        "<table class='leiter' aria-label='{}'><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(ladder_text(found), Markup().join(heads), Markup().join(rows))


def _weight(weight: int | None) -> Markup:
    if weight is None:
        return Markup("<td class='w-offen'>?</td>")
    name = f"p{weight}" if weight > 0 else f"m{-weight}" if weight < 0 else "0"
    return Markup("<td class='w-{}'>{}</td>").format(name, f"{weight:+d}".replace("-", "−") if weight else "0")


def matrix(plan: Plan, found: GoalSystem) -> Markup:
    """Goals × what serves them, weight −3..+3 as number and colour; "?" where it is named but not judged, blank where
    not named. No more than can be read; what is left out is said.
    """
    goals = list(dict.fromkeys([*found.coverage.goals, *(goal for goal, _ in found.weights)]))
    named = {origin for _, origin in found.weights}
    origins = [origin for origin in found.origins if origin in named]
    left_out = left_out_sentence(len(goals), len(origins))
    goals, origins = goals[:MOST_GOALS], origins[:MOST_ORIGINS]
    heads = (Markup("<th scope='col'><span>{}</span></th>").format(link(plan, origin)) for origin in origins)
    blank, weights = Markup("<td></td>"), found.weights
    rows = (
        _row(link(plan, goal), (_weight(weights[goal, o]) if (goal, o) in weights else blank for o in origins))
        for goal in goals
    )
    table = _framed("Zielbeiträge", heads, rows)
    return table + Markup("<p class='herkunft'>{}</p>").format(left_out) if left_out else table


def _framed(label: str, heads: Iterable[Markup], rows: Iterable[Markup]) -> Markup:
    """A matrix in an area that scrolls by itself where it is wider than the screen."""
    return Markup(
        "<div class='rahmen' tabindex='0' role='region' aria-label='{0}'><table class='matrix' aria-label='{0}'>"
        "<thead><tr><td></td>{1}</tr></thead><tbody>{2}</tbody></table></div>"
    ).format(label, Markup().join(heads), Markup().join(rows))


def interactions(plan: Plan, found: Impact) -> Markup:
    """Sector plans × sector plans: the row acts on the column; "?" where nobody has judged, the diagonal blank."""
    heads = (Markup("<th scope='col'><span>{}</span></th>").format(link(plan, one)) for one in found.plan_ids)
    blank = Markup("<td class='w-selbst'></td>")
    rows = (
        _row(link(plan, a), (blank if a == b else _weight(found.weights.get((a, b))) for b in found.plan_ids))
        for a in found.plan_ids
    )
    return _framed("Wechselwirkungen der Fachteile", heads, rows)
