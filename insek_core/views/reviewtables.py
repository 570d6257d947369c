"""Tables and words of a round of judging: a cell in large type, what areas said, history, agenda, work for offices."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from insek_core.change.moments import Moment
from insek_core.plan import Plan
from insek_core.plan.content import Contribution
from insek_core.plan.review import DISSENT, Assignment
from insek_core.rules.figures import UNKNOWN
from insek_core.rules.goals.minutes import standing_words, weight_words
from insek_core.rules.goals.review import AgendaItem, OpenWork, judgements_of, standing
from insek_core.rules.goals.wording import Side, reworded
from insek_core.views.table import Table

BESIDE = "bleibt neben dem Gewicht stehen"
CHANGED: dict[tuple[Side, ...], str] = {
    ("goal",): "Der Wortlaut des Ziels hat sich seit der Bewertung geändert.",
    ("origin",): "Der Wortlaut dessen, was beiträgt, hat sich seit der Bewertung geändert.",
    ("goal", "origin"): "Beide Texte haben sich seit der Bewertung geändert.",
}


def cell(plan: Plan, row: Contribution) -> Markup:
    """A contribution in large type: what serves which goal, what stands, and which text has changed since."""
    origin = plan.by_id.get(row.origin)
    goal = plan.by_id.get(row.goal)
    kind, aim = origin.one if origin else "Beitrag", str(getattr(goal, "kind", "")) or "Ziel"
    doubt = CHANGED.get(reworded(plan, row), "")
    parts = (
        Markup("<p class='zelle'><span>{}</span><b>{}</b></p>").format(kind, plan.name(row.origin)),
        Markup("<p class='zelle'><span>→ {}</span><b>{}</b></p>").format(aim, plan.name(row.goal)),
        Markup("<p class='antwort'>Es gilt: {}</p>").format(standing_words(plan, row)),
        Markup("<p class='satz'>↻ zu prüfen: {}</p>").format(doubt) if doubt else Markup(),
    )
    return Markup("<div class='runde'>{}</div>").format(Markup().join(parts))


def said(plan: Plan, contribution: str) -> Table:
    """Everything areas said of a contribution, the newest first; what an area has said anew since is superseded."""
    last = standing(plan, contribution)
    rows = (
        (
            plan.name(one.office),
            one.kind,
            weight_words(one.weight),
            one.reason,
            one.given_on or UNKNOWN,
            one.settled_on or ("abgelöst" if one not in last else BESIDE if one.kind == DISSENT else "offen"),
        )
        for one in reversed(judgements_of(plan, contribution))
    )
    return Table(("Bereich", "Art", "Gewicht", "Begründung", "Abgegeben am", "Geklärt"), tuple(rows))


def history_table(plan: Plan, found: Sequence[Moment]) -> Table:
    """What happened to contributions, the newest first: version, when, who, why, what; of several, to which."""
    rows = tuple(
        (
            str(moment.version.number),
            f"{datetime.fromisoformat(moment.version.saved_at):%d.%m.%Y %H:%M} Uhr",
            moment.version.author,
            moment.version.reason,
            _origin(plan, moment.record),
            moment.words,
        )
        for moment in reversed(found)
    )
    table = Table(("Version", "Gespeichert", "Von", "Begründung", "Beitrag", "Was"), rows)
    return table if len({moment.record for moment in found}) > 1 else table.without("Beitrag")


def _origin(plan: Plan, contribution: str) -> str:
    row = plan.by_id.get(contribution)
    return plan.name(row.origin) if isinstance(row, Contribution) else plan.name(contribution)


def agenda_table(plan: Plan, items: Iterable[AgendaItem]) -> Table:
    """What a round goes through, in its order."""
    rows = (
        (
            item.why,
            plan.name(item.contribution.origin),
            plan.name(item.contribution.goal),
            weight_words(item.contribution.weight),
        )
        for item in items
    )
    return Table(("Warum", "Von", "Ziel", "Gewicht"), tuple(rows))


def work_table(plan: Plan, found: Iterable[OpenWork]) -> Table:
    """What is left to whom, before it becomes an Arbeitsauftrag."""
    rows = (
        (
            plan.name(one.office) if one.office else one.whom or "offen",
            one.work,
            len(one.words),
            "; ".join(one.words[:3]),
        )
        for one in found
    )
    return Table(("Von wem", "Was", "Anzahl", "Zum Beispiel"), tuple(rows))


def assignments_table(plan: Plan, rows: Iterable[Assignment]) -> Table:
    """Arbeitsaufträge office by office with their days; a day that nobody set is open."""
    ordered = sorted(rows, key=lambda row: (not row.office, plan.name(row.office)))
    return Table(
        ("Amt", "Arbeitsauftrag", "Bis", "Erteilt durch", "Erledigt am"),
        tuple(
            (
                plan.name(row.office) if row.office else "offen",
                row.text,
                row.until.words if row.until else "[offen]",
                plan.name(row.given_by),
                row.done_on,
            )
            for row in ordered
        ),
    )


def minutes_html(text: str) -> Markup:
    """The minutes as they are kept, line by line."""
    lines = (Markup("<li class='{}'>{}</li>").format("dazu" if x.startswith(" ") else "", x) for x in text.splitlines())
    return Markup("<ul class='protokoll'>{}</ul>").format(Markup().join(lines))
