"""A list of goals out of a text or a workbook: its lines with their levels, and what is to be told of them."""

from dataclasses import dataclass

from insek_core.exchange.goallist.lines import MAX_TEXT, lines_of_text
from insek_core.exchange.goallist.outline import OutlineLine, outlined
from insek_core.exchange.goallist.sheets import best_sheet, lines_of_sheet, sheet_of_text
from insek_core.exchange.workbook.envelope import MAX_BYTES
from insek_core.exchange.workbook.sheets import read_sheets
from insek_core.plan.errors import Finding, Problem
from insek_core.plan.german import quoted, show_list


@dataclass(frozen=True, kw_only=True)
class GoalList:
    """A list as it was read: its lines with their levels, the sheets it could stand on, what is to be told."""

    lines: tuple[OutlineLine, ...]
    sheets: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def levels(self) -> int:
        """How many levels it has."""
        return max((one.level for one in self.lines), default=0)


def _text(name: str, data: bytes) -> str | None:
    """The text of a file; None where it is none, so that it is taken for a workbook."""
    if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")) or b"\0" in data[:4096] or data[:2] == b"PK":
        return None
    if data[:5] in (b"%PDF-", b"{\\rtf") or data[:100].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise Problem(f"{name} ist keine einfache Textdatei.", "Bitte die Liste kopieren und als Text einfügen.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(f"{name} ist kein Text in UTF-8.", "Bitte als Textdatei (UTF-8) speichern.") from error


def read_list(name: str, data: bytes, sheet: str = "") -> GoalList:
    """The list of a text file or workbook. Raises Problem in German where the file is neither."""
    if len(data) > MAX_BYTES:
        raise Problem(f"Die Datei {name} ist größer als {MAX_BYTES // 2**20} MB.", "Bitte nur die Liste einlesen.")
    text = _text(name, data)
    names: tuple[str, ...] = ()
    if text is not None:
        table = sheet_of_text(name, text[:MAX_TEXT])
        lines, told = lines_of_sheet(table) if table and len(text) <= MAX_TEXT else lines_of_text(text)
    else:
        sheets = read_sheets(data)
        names = tuple(one.name for one in sheets if one.rows)
        chosen = best_sheet(sheets, sheet)
        if chosen is None:
            what = f"Ein Blatt „{sheet}“ mit Text gibt es nicht." if sheet else "Die Mappe ist leer."
            raise Problem(what, "Bitte eine Mappe mit einer Liste der Ziele einlesen.")
        lines, told = lines_of_sheet(chosen)
        others = [quoted(other) for other in names if other != chosen.name]
        if others:
            message = f"Gelesen wird das Blatt „{chosen.name}“, nicht {show_list(others)}."
            told.append(Finding(level="notice", message=message, sheet=chosen.name))
    broken = any(one.level == "error" for one in told)
    done, more = ([], []) if broken and not lines else outlined(lines)
    return GoalList(lines=tuple(done), sheets=names, findings=(*told, *more))
