"""German words for what the rules say: evidence signs, working as text, places of findings."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from insek_core.plan import TABLES
from insek_core.plan.columns import EVIDENCE_GERMAN
from insek_core.plan.errors import Finding
from insek_core.plan.german import NBSP, count
from insek_core.plan.record import columns_of
from insek_core.plan.values import Evidence
from insek_core.rules.figures import Figure

SIGN: dict[Evidence, str] = {"stated": "", "derived": "=", "external": "→", "assumed": "◌"}
DEEPEST = 8  # steps of a working that are unfolded
LEVEL = {"error": "✖ Fehler", "warning": "▲ Warnung", "notice": "● Hinweis"}


def evidence(mark: Evidence) -> str:
    """Sign and word: "= abgeleitet", "◌ Annahme", "genannt"."""
    return f"{SIGN[mark]}{NBSP}{EVIDENCE_GERMAN[mark]}".strip()


def figure_evidence(figure: Figure) -> str:
    """Evidence of a figure; a derived one that rests on an assumption says so."""
    rests = figure.evidence == "derived" and figure.assumed
    return evidence(figure.evidence) + (", beruht auf Annahme" if rests else "")


def origin(figure: Figure) -> str:
    """Where a figure comes from in one line: its rule with the operands' values, and its source."""
    if not figure.operands:
        return figure.source or figure.rule
    operands = "; ".join(f"{operand.label} {operand.show()}" for operand in figure.operands[:4])
    more = f"; {len(figure.operands) - 4} weitere" if len(figure.operands) > 4 else ""
    return f"{figure.rule}: {operands}{more}" + (f" ({figure.source})" if figure.source else "")


def working_html(figures: Iterable[Figure]) -> Markup:
    """The working of figures as nested lists: value, evidence, rule, source, then what it was made of.

    A figure that several others rest on is taken apart once and named "siehe oben" after that.
    """
    told: set[Figure] = set()
    return Markup().join(_working(figure, told, 0) for figure in figures)


def _working(figure: Figure, told: set[Figure], depth: int) -> Markup:
    mark = "annahme" if figure.evidence == "assumed" else "beleg"
    head = Markup("<b>{}: {}</b> <span class='{}'>{}</span>").format(
        figure.label, figure.show(), mark, figure_evidence(figure)
    )
    if figure in told and figure.operands:
        return Markup("<li>{}<span class='herkunft'> · siehe oben</span></li>").format(head)
    told.add(figure)
    rule, record = figure.rule if figure.operands else "", f"Eintrag {figure.record}" if figure.record else ""
    behind = "".join(f" · {part}" for part in (rule, figure.source, record) if part)
    inner = Markup().join(_working(operand, told, depth + 1) for operand in figure.operands)
    if depth >= DEEPEST and figure.operands:  # said, not cut silently
        steps = count(len(figure.operands), "weiterer Schritt", "weitere Schritte")
        inner = Markup("<li class='herkunft'>{} unter „Haushalt“, „Woher?“</li>").format(steps)
    nested = Markup("<ul>{}</ul>").format(inner) if inner else ""
    return Markup("<li>{}<span class='herkunft'>{}</span>{}</li>").format(head, behind, nested)


def place(finding: Finding) -> str:
    """Where a finding is: sheet and cell, or table, record and German field name."""
    if finding.sheet:
        return f"Blatt {finding.sheet}" + (f", Zelle {finding.cell}" if finding.cell else "")
    if finding.table not in TABLES:
        return ""
    kind = TABLES[finding.table]
    heading = next((column.heading for column in columns_of(kind) if column.name == finding.field), "")
    return " · ".join(part for part in (kind.sheet, finding.record, heading) if part)


_CITED = re.compile(r"(\d+)(?:[–-](\d+))?")


def cited_lines(source: str, paper: Sequence[str]) -> list[tuple[int, str]]:
    """Number and text of the paper's lines that a source such as "Vorlage Z. 277, 289–291" cites; empty lines left
    out.
    """
    _, found, numbers = source.partition("Z. ")
    spans = _CITED.findall(numbers.split(";")[0]) if found else []
    lines = [n for first, last in spans for n in range(int(first), int(last or first) + 1)]
    return [(n, paper[n - 1].strip()) for n in dict.fromkeys(lines) if 0 < n <= len(paper) and paper[n - 1].strip()]


def quotes_html(figures: Iterable[Figure], paper: Sequence[str]) -> Markup:
    """Every line of the paper that these figures cite, as a quotation with line numbers; empty if they cite none."""
    sources = dict.fromkeys(part.source for figure in figures for part in figure.walk() if part.evidence == "stated")
    lines = sorted({line for source in sources for line in cited_lines(source, paper)})
    if not lines:
        return Markup()
    line_html = Markup("<div><span class='herkunft'>Z. {}</span> {}</div>")
    body = Markup().join(line_html.format(number, text) for number, text in lines)
    return Markup("<div class='zitat'><b>Wortlaut der Ratsvorlage</b>{}</div>").format(body)
