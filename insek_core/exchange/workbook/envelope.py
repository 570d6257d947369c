"""What kind of file is this? Told apart before anything is parsed, by name of the problem, within bounded time and
memory.
"""

import re
import zipfile
import zlib
from functools import reduce
from html import unescape
from io import BytesIO

from insek_core.plan.errors import Problem

MAX_BYTES = 30 * 2**20
MAX_UNPACKED_BYTES = 80 * 2**20
MAX_ENTRIES = 2_000
MAX_CELLS = 300_000
MAX_TAGS = 2_500_000  # in cells and texts: eight for each of the most cells
MAX_OTHER_TAGS = 200_000  # in styles, notes and drawings; Excel itself stops at 65,000 formats
MAX_ROW, MAX_COLUMN = 60_000, 400
CHUNK = 2**18
_LONGEST_CELL_TAG = 120
_FAR_CELL = re.compile(  # a cell in a far row or column that holds something: <c r="A900000" s="1"><v>
    rb'<(?:\w+:)?c [^>]{0,60}?\br="(?:([A-Z]{1,3})([6-9]\d{4}|\d{6,7})|([A-Z]{3}|[O-Z][A-Z])(\d{1,5}))"'
    rb"[^>/]{0,60}>\s*<(?!/)"
)


class NotAWorkbook(Problem):
    """The file is no workbook this programme reads; `what` names what it is, `remedy` what to do."""


SAVE_AS = "Bitte in Excel oder LibreOffice öffnen und als „Excel-Arbeitsmappe (.xlsx)“ speichern."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _refuse(what: str, remedy: str = SAVE_AS) -> NotAWorkbook:
    return NotAWorkbook(what, remedy)


def _old_format(data: bytes) -> NotAWorkbook:
    """An OLE file: an encrypted workbook, an old .xls, or another old Office document."""
    if _utf16("EncryptedPackage") in data:
        return _refuse(
            "Die Mappe ist mit einem Kennwort verschlüsselt.", "Bitte ohne Kennwort speichern und noch einmal einlesen."
        )
    if _utf16("WordDocument") in data:
        return _refuse("Das ist ein altes Word-Dokument (.doc), keine Excel-Mappe.")
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return _refuse("Das ist eine Mappe im alten Format .xls.")
    return _refuse("Das ist eine alte Office-Datei, aber keine lesbare Excel-Mappe.")


def _plain(data: bytes) -> NotAWorkbook:
    """A file that is neither zip nor OLE: text under a wrong name, or something else."""
    if data.startswith(b"%PDF"):
        return _refuse("Das ist eine PDF-Datei, keine Excel-Mappe.", "Bitte die Mappe selbst einlesen.")
    if data.startswith((b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        return _refuse("Das ist ein Archiv, keine Excel-Mappe.", "Bitte die Mappe auspacken und einlesen.")
    head = data[:4096].decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return _refuse("Das ist eine „XML-Kalkulationstabelle 2003“.")
    if re.search(r"<(!doctype html|html|table|head|meta)\b", head):
        return _refuse("Das ist eine HTML-Seite mit der Endung einer Mappe.")
    if head.lstrip("\ufeff").lstrip().startswith("<?xml"):
        return _refuse("Das ist eine XML-Datei, keine Excel-Mappe.")
    printable = sum(sign.isprintable() or sign in "\r\n\t" for sign in head)
    if head and printable > 0.97 * len(head) and any(sign in head for sign in ";,\t"):
        return _refuse("Das ist eine CSV- oder Textdatei mit der Endung einer Mappe.")
    return _refuse("Die Datei ist keine Excel-Mappe; ihr Anfang gehört zu keinem bekannten Format.")


def _kind_of_zip(names: set[str], archive: zipfile.ZipFile) -> None:
    if "mimetype" in names and archive.read("mimetype")[:200].startswith(b"application/vnd.oasis.opendocument"):
        raise _refuse("Das ist eine OpenDocument-Datei (.ods).")
    if "word/document.xml" in names:
        raise _refuse("Das ist ein Word-Dokument (.docx), keine Excel-Mappe.", "Bitte die Excel-Mappe einlesen.")
    if "ppt/presentation.xml" in names:
        raise _refuse("Das ist eine Präsentation (.pptx), keine Excel-Mappe.", "Bitte die Excel-Mappe einlesen.")
    if "xl/workbook.bin" in names:
        raise _refuse("Das ist eine Binärmappe (.xlsb).")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise _refuse(
            "Die Mappe enthält Makros (.xlsm); sie werden nicht eingelesen.", "Bitte ohne Makros als .xlsx speichern."
        )
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise _refuse("Das ist ein ZIP-Archiv, aber keine Excel-Mappe.")


def _declared(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _refuse(f"Die Mappe hat {len(entries)} Teile; das ist keine gewöhnliche Mappe.", "Bitte neu speichern.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refuse("Teile der Mappe sind verschlüsselt.", "Bitte ohne Kennwort speichern und noch einmal einlesen.")
    if any(entry.filename.startswith(("/", "\\")) or ".." in entry.filename.split("/") for entry in entries):
        raise _refuse("Die Mappe enthält Pfade, die aus ihr hinausführen.", "Bitte neu speichern.")
    if len({entry.filename for entry in entries}) < len(entries):
        raise _refuse("Die Mappe enthält Teile doppelt.", "Bitte neu speichern.")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise _refuse("Die Mappe ist ausgepackt zu groß.", "Bitte nur die Blätter der Planung einlesen.")


def _sheet_name(archive: zipfile.ZipFile, part: str) -> str:
    """What the sheet of a part is called; its own name where the workbook does not say."""
    book, links = (archive.read(name) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    target = re.escape(part.removeprefix("xl/").encode())
    for link in re.findall(rb"<Relationship [^>]*>", links):
        key = re.search(rb'\bId="([^"]+)"', link)
        if key and re.search(rb'Target="(/xl/|\./)?' + target + b'"', link):
            for sheet in re.findall(rb"<(?:\w+:)?sheet [^>]*>", book):
                name = re.search(rb'\bname="([^"]+)"', sheet)
                if name and b'"' + key[1] + b'"' in sheet:
                    return unescape(name[1].decode("utf-8", "replace"))
    return part.rpartition("/")[2]


def _far(archive: zipfile.ZipFile, part: str, seen: bytes, most_row: int) -> None:
    """Refuse a cell with content far outside: room would be made for all cells up to it."""
    for cell in _FAR_CELL.finditer(seen):
        letters, row = cell[1] or cell[3], cell[2] or cell[4]
        column = reduce(lambda at, sign: 26 * at + sign - 64, letters, 0)
        if column > MAX_COLUMN or int(row) > most_row:
            raise _refuse(
                f"Blatt {_sheet_name(archive, part)}: Die Zelle {(letters + row).decode()} liegt weit außerhalb jeder "
                "Tabelle.",
                "Bitte überzählige Zeilen und Spalten löschen.",
            )


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], most_cells: int, most_row: int) -> None:
    """Unpack all parts once as a stream: declared sizes can lie, entities can expand, cells can be too many."""
    total = cells = tags = others = 0
    for entry in entries:
        tail = b""
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                total += len(chunk)
                if total > MAX_UNPACKED_BYTES:
                    raise _refuse("Die Mappe ist ausgepackt zu groß.", "Bitte nur die Blätter der Planung einlesen.")
                if entry.filename.endswith((".xml", ".rels", ".vml")):
                    seen = tail + chunk
                    if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                        raise _refuse(
                            "Die Mappe enthält XML-Entitäten, wie sie kein Tabellenprogramm schreibt.",
                            "Bitte neu speichern.",
                        )
                    if entry.filename.startswith(("xl/worksheets/sheet", "xl/sharedStrings")):
                        tags += chunk.count(b"<")
                    else:
                        others += chunk.count(b"<")
                    if tags > max(MAX_TAGS, 8 * most_cells) or others > MAX_OTHER_TAGS:
                        raise _refuse(
                            "Die Mappe ist ungewöhnlich verschachtelt (zu viele Formate oder Inhalte).",
                            "Bitte nur die Werte in eine neue Mappe kopieren und speichern.",
                        )
                    cells += len(re.findall(rb"<(?:\w+:)?c[ >/]", chunk)) if "worksheets/" in entry.filename else 0
                    if "worksheets/" in entry.filename:
                        _far(archive, entry.filename, seen, most_row)
                    tail = seen[-_LONGEST_CELL_TAG:]
        if cells > most_cells:
            raise _refuse(
                f"Die Mappe hat mehr als {most_cells:,} Zellen.".replace(",", "."),
                "Bitte nur die Blätter der Planung einlesen.",
            )


def check_envelope(data: bytes, *, cells: int = MAX_CELLS, row: int = MAX_ROW) -> None:
    """Nothing if the bytes may be parsed as a workbook with at most so many cells, the last of them in this row.
    Raises NotAWorkbook, in German, naming what the file is.
    """
    if not data:
        raise _refuse("Die Datei ist leer.", "Bitte die richtige Datei wählen.")
    if len(data) > MAX_BYTES:
        raise _refuse(
            f"Die Datei ist größer als {MAX_BYTES // 2**20} MB.", "Bitte nur die Blätter der Planung einlesen."
        )
    if data.startswith(_OLE):
        raise _old_format(data)
    if not data.startswith(b"PK"):
        raise _plain(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _declared(entries)
            _kind_of_zip({entry.filename for entry in entries}, archive)
            _unpacked(archive, entries, cells, row)
            if b"purl.oclc.org/ooxml" in archive.read("xl/workbook.xml"):
                raise _refuse("Die Mappe ist im Format „Strict Open XML“ gespeichert.")
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
        KeyError,
        RuntimeError,
    ) as error:
        raise _refuse(
            "Die Mappe ist beschädigt oder unvollständig.", "Bitte noch einmal speichern oder neu zusenden lassen."
        ) from error
