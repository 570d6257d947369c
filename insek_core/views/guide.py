"""The guided order as HTML: what is there, what is missing and which screen needs it."""

from collections.abc import Sequence

from markupsafe import Markup

from insek_core.rules.guide import GuideStep


def steps(found: Sequence[GuideStep]) -> Markup:
    """The five steps as a list: done or open by mark and word, rows held, and what each screen still needs."""
    return Markup("<ol class='wegweiser'>{}</ol>").format(Markup().join(map(_step, found)))


def _step(step: GuideStep) -> Markup:
    held = " · ".join(step.held) or "noch nichts eingetragen"
    rows = Markup().join(Markup("<li><b>{}</b>: {}</li>").format(screen, what) for screen, what in step.missing)
    mark = "✓ vollständig" if step.done else "○ offen"
    return Markup("<li class='{}'><p><b>{} {}</b> <span>{}</span></p><p class='herkunft'>{}</p>{}</li>").format(
        "fertig" if step.done else "offen",
        step.number,
        step.title,
        mark,
        held,
        Markup("<ul>{}</ul>").format(rows) if rows else "",
    )
