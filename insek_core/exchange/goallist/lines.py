"""The lines of a list that somebody pasted or keeps in a text file: number, bullet and indent apart from the words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from insek_core.plan.errors import Finding
from insek_core.plan.german import quoted

MAX_TEXT = 300_000
MAX_LINES = 500
LONGEST = 1_500
KIND_WORDS = {
    "zielbereich": "Zielbereich", "zielbereiche": "Zielbereich", "oberziel": "Zielbereich", "ziel": "Ziel", "ziele": "Ziel", "unterziel": "Ziel",
    "teilziel": "Ziel", "orientierung": "Orientierung", "orientierungen": "Orientierung", "arbeitsgrundsatz": "Arbeitsgrundsatz",
    "arbeitsgrundsätze": "Arbeitsgrundsatz",
}  # fmt: skip
_PART = r"[1-9]\d?"
_DOTTED = rf"{_PART}(?:\.{_PART})"
_KIND = re.compile(
    rf"(?P<kind>zielbereich|oberziel|ziel|unterziel|teilziel|orientierung|arbeitsgrundsatz)"
    rf"(?:\s+(?P<number>{_DOTTED}*|[A-Z]|[IVX]+))?\s*(?::|\s[–-]\s)\s*",
    re.I,
)
_MARKS = (  # the first group is what is kept as number
    ("n", re.compile(rf"({_DOTTED}+)[.):]?(?:\s+|$)")),
    ("n", re.compile(rf"({_PART})(?:\.(?:\s+|$)|:?\t\s*|:\s+)")),
    ("1)", re.compile(rf"({_PART}\))(?:\s+|$)")),
    ("(1)", re.compile(rf"(\({_PART}\))(?:\s+|$)")),
    ("I", re.compile(r"([IVX]{1,5})[.)](?:\s+|$)")),
    ("A", re.compile(r"([A-Z])[.)](?:\s+|$)")),
    ("a", re.compile(r"(\(?[a-z]\))(?:\s+|$)")),
    ("a", re.compile(r"([a-z])\.\s+")),
)
_BULLET = re.compile(r"([-–—•*·‣◦▪■●○➢►\uf0b7]|o(?=\t))(?:\s+|$)")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """One line: its words, where it stands (also as sheet and cell), the number it bears, the kind of goal it names,
    and how deep it lies: as stated (`level`, 0: not said), else by its mark (style, indent).
    """

    text: str
    place: str
    sheet: str = ""
    cell: str = ""
    number: str = ""
    kind: str = ""
    level: int = 0
    style: str = ""
    indent: int = 0

    def finding(self, level: str, message: str, remedy: str = "") -> Finding:
        """A finding at this line."""
        kind = next(one for one in ("error", "warning", "notice") if one == level)
        told = f"{self.place}: {message}"
        return Finding(level=kind, message=told, remedy=remedy, sheet=self.sheet, cell=self.cell)


def clean(text: str) -> str:
    """Words without what cannot be seen, each gap one space."""
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", text)).strip()


def marked(text: str, place: str = "", sheet: str = "", cell: str = "") -> ListLine:
    """A line taken apart: indent (a tab counts four), number or bullet, the kind it names, its words.

    >>> line = marked("  1.2  Ziel: Kurze Wege", place="Zeile 1")
    >>> line.number, line.kind, line.text, line.style, line.indent
    ('1.2', 'Ziel', 'Kurze Wege', 'n', 2)
    """
    body = _INVISIBLE.sub("", text).rstrip().expandtabs(4) if text[:1].isspace() else _INVISIBLE.sub("", text).rstrip()
    words = body.lstrip()
    line = ListLine(text="", indent=len(body) - len(words), place=place, sheet=sheet, cell=cell)
    for style, pattern in _MARKS:
        if found := pattern.match(words):
            line, words = replace(line, number=found[1], style=style), words[found.end() :]
            break
    else:
        if found := _BULLET.match(words):
            line, words = replace(line, style=found[1]), words[found.end() :]
    if found := _KIND.match(words):
        number, kind = line.number or found["number"] or "", KIND_WORDS[found["kind"].lower()]
        style = line.style or ("n" if "." in number else kind)
        line = replace(line, kind=kind, number=number, style=style)
        words = words[found.end() :]
    return replace(line, text=clean(words))


def _continues(before: ListLine, line: ListLine, lists: bool) -> bool:
    """Whether a line without a mark goes on with the one before: a number stood alone, or a sentence was wrapped."""
    if line.style or line.kind:
        return False
    if before.style and not before.text:
        return True
    wrapped = line.text[:1].islower() or before.text.endswith((",", "-", " und", " oder"))
    return lists and bool(before.style) and wrapped


def _joined(before: ListLine, line: ListLine) -> ListLine:
    hyphen = before.text.endswith("-") and line.text[:1].islower() and not line.text.startswith(("und ", "oder "))
    words = before.text[:-1] + line.text if hyphen else f"{before.text} {line.text}".strip()
    return replace(before, text=words)


def _lines(text: str) -> Iterator[ListLine]:
    """The filled lines; what was wrapped is one line again."""
    found = [marked(row, place=f"Zeile {n}") for n, row in enumerate(text.splitlines(), 1) if clean(row)]
    lists = any(line.style for line in found)
    held: ListLine | None = None
    for line in found:
        if held and _continues(held, line, lists):
            held = _joined(held, line)
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _title(lines: list[ListLine]) -> bool:
    """Whether the first line is the heading of the whole list: the only one without a mark above lines that have
    some.
    """
    plain = [line for line in lines if not line.style and not line.kind]
    return len(lines) > 2 and plain == lines[:1]


def lines_of_text(text: str) -> tuple[list[ListLine], list[Finding]]:
    """The lines of a pasted list, and what is to be told of them."""
    if len(text) > MAX_TEXT:
        told = f"Die Liste ist länger als {MAX_TEXT // 1000} 000 Zeichen."
        return [], [Finding(level="error", message=told, remedy="Bitte nur die Liste der Ziele einlesen.")]
    lines = list(_lines(text))
    findings: list[Finding] = []
    if _title(lines):
        told = f"{quoted(lines[0].text)} ist die Überschrift der Liste und wird kein Ziel."
        findings.append(lines[0].finding("notice", told))
        lines = lines[1:]
    return lines, findings
