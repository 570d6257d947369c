"""How deep each line of a list lies, and under which other: by number, by bullet and indent, or as it is stated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from insek_core.exchange.goallist.lines import LONGEST, MAX_LINES, ListLine, clean
from insek_core.plan.errors import Finding
from insek_core.plan.german import quoted

MAX_LEVELS = 6
Mark = tuple[str, int]


@dataclass(frozen=True)
class OutlineLine:
    """A line with its level (from 1) and the position of the line it belongs to; None: to none."""

    line: ListLine
    level: int
    above: int | None


def _depth(mark: Mark) -> int:
    return mark[1] if mark[0] == "n" else 0


def _mark(line: ListLine) -> Mark:
    """What tells lines of one level from others: of a number how many parts it has, of a kind that is named
    whether it is a Zielbereich, else the sign and the indent.
    """
    if line.style == "n":
        return "n", line.number.count(".") + 1
    if line.style == line.kind != "":
        return "Zielbereich" if line.kind == "Zielbereich" else "Ziel", line.indent
    return line.style, line.indent


def _ends(stack: Sequence[tuple[Mark, int]], indents: Sequence[int], mark: Mark, indent: int) -> bool:
    """Whether the innermost open line cannot hold one with this mark."""
    top = stack[-1][0]
    if any(held == mark for held, _ in stack):
        return True
    if mark[0] == "n" and any(held[0] == "n" for held, _ in stack):
        return top[0] != "n" or _depth(top) >= mark[1]
    return top[0] != "n" and indents[-1] > indent


def _by_marks(lines: Sequence[ListLine]) -> list[int | None]:
    """The position of the line above each, as a reader sees it who goes from top to bottom."""
    stack: list[tuple[Mark, int]] = []
    indents: list[int] = []
    above: list[int | None] = []
    for at, line in enumerate(lines):
        mark = _mark(line)
        while stack and _ends(stack, indents, mark, line.indent):
            indents.pop()
            if stack.pop()[0] == mark:
                break
        above.append(stack[-1][1] if stack else None)
        stack.append((mark, at))
        indents.append(line.indent)
    return above


def _by_levels(lines: Sequence[ListLine]) -> list[int | None]:
    """The position of the nearest line further up that is stated to lie higher."""
    above: list[int | None] = []
    for at, line in enumerate(lines):
        higher = (n for n in range(at - 1, -1, -1) if lines[n].level < line.level)
        above.append(next(higher, None))
    return above


def _numbered(lines: Sequence[ListLine], above: list[int | None]) -> list[ListLine]:
    """The lines with whole numbers: "a)" below 1.2 is "1.2 a)"; below a line without number it is none."""
    done: list[ListLine] = []
    for line, up in zip(lines, above, strict=True):
        if line.style != "n" and line.number and up is not None:
            over = done[up].number
            line = replace(line, number=f"{over} {line.number}" if over else "")
        done.append(line)
    return done


def _over(number: str, known: dict[str, int], before: int) -> int | None:
    """The nearest line further up whose number this one continues: of 1.2.3 that of 1.2, else that of 1."""
    while number := number.rpartition(".")[0]:
        if known.get(number, before) < before:
            return known[number]
    return None


def _by_numbers(lines: Sequence[ListLine], above: list[int | None], told: list[Finding]) -> list[int | None]:
    """Where a number says under which other it belongs, that one; a gap in the numbers is told."""
    known = {line.number: at for at, line in enumerate(lines) if line.style in ("n", line.kind)}
    least = min((line.number.count(".") for line in lines if line.style == "n"), default=0)
    for at, line in enumerate(lines):
        if line.style != "n" or line.number.count(".") <= least:
            continue
        up, over = above[at], _over(line.number, known, at)
        above[at] = over if over is not None or (up is not None and lines[up].style == "n") else up
        wanted = line.number.rpartition(".")[0]
        if over is None or lines[over].number != wanted:
            message = f"Über Nr. {line.number} fehlt Nr. {wanted} in der Liste; die Zeile steht zu hoch."
            told.append(line.finding("warning", message, f"Bitte Nr. {wanted} ergänzen oder die Nummer prüfen."))
    return above


def _faults(lines: Sequence[ListLine]) -> list[Finding]:
    """What no goal can be made of."""
    found: list[Finding] = []
    first: dict[str, ListLine] = {}
    for line in lines:
        if not any(sign.isalpha() for sign in line.text):
            what = f"Nr. {line.number} hat keinen Text." if line.number else "Die Zeile hat keine Wörter."
            found.append(line.finding("error", what, "Bitte den Text ergänzen oder die Zeile löschen."))
        elif len(line.text) > LONGEST:
            told = f"{len(line.text)} Zeichen sind zu lang für einen Zieltext."
            found.append(line.finding("error", told, "Bitte nur das Ziel selbst einlesen, nicht seine Begründung."))
        if line.style == "n" and (before := first.setdefault(line.number, line)) is not line:
            told = f"Nr. {line.number} steht schon in {before.place}."
            remedy = "Bitte die Nummer berichtigen" + (
                "; in Excel die Spalte als Text formatieren, sonst wird aus 1.10 die Zahl 1,1." if line.cell else "."
            )
            found.append(line.finding("error", told, remedy))
    return found


def _twice(placed: Sequence[OutlineLine]) -> list[Finding]:
    """The same words twice below the same line."""
    first: dict[tuple[int | None, str], ListLine] = {}
    found: list[Finding] = []
    for one in placed:
        before = first.setdefault((one.above, clean(one.line.text).casefold()), one.line)
        if before is not one.line:
            told = f"{quoted(one.line.text)} steht schon in {before.place}."
            found.append(one.line.finding("error", told, "Bitte eine der beiden Zeilen löschen oder umformulieren."))
    return found


def outlined(lines: Sequence[ListLine]) -> tuple[list[OutlineLine], list[Finding]]:
    """Every line with its level and the line it belongs to; findings of what cannot be placed."""
    if not lines:
        remedy = "Bitte eine Liste mit einem Ziel je Zeile einlesen."
        return [], [Finding(level="error", message="Die Liste enthält keinen Text.", remedy=remedy)]
    if len(lines) > MAX_LINES:
        told = f"Die Liste hat {len(lines)} Zeilen; gelesen werden höchstens {MAX_LINES}."
        return [], [Finding(level="error", message=told, remedy="Bitte nur die Liste der Ziele einlesen.")]
    told_: list[Finding] = _faults(lines)
    stated = any(line.level for line in lines)
    above = _by_levels(lines) if stated else _by_marks(lines)
    if not stated:
        above = _by_numbers(lines, above, told_)
    levels: list[int] = []
    for up in above:
        levels.append(1 if up is None else levels[up] + 1)
    done = [OutlineLine(*row) for row in zip(_numbered(lines, above), levels, above, strict=True)]
    deep = next((one for one in done if one.level > MAX_LEVELS), None)
    if deep:
        told = f"Die Zeile liegt auf Ebene {deep.level}; gelesen werden höchstens {MAX_LEVELS} Ebenen."
        told_.append(deep.line.finding("error", told, "Bitte Einrückung oder Nummern prüfen."))
    return done, [*told_, *_twice(done)]
