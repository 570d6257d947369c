"""Broken and foreign files of our own making: (name, bytes, words its message must hold). Made in memory, none kept."""

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook

Book = tuple[str, bytes, str]


def zipped(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def ole(*streams: str) -> bytes:
    """The head of an OLE file whose directory names these streams."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + b"".join(name.encode("utf-16-le") + bytes(64) for name in streams)
    )


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> bytes:
    """The workbook with each part changed (None drops it) and parts added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    return zipped({**{name: part for name, part in parts.items() if part is not None}, **(extra or {})})


def edited(data: bytes, change: Callable[[Workbook], Any]) -> bytes:
    """The workbook after a change made with openpyxl."""
    book = load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(rows: list[list[Any]], title: str = "Kostenpositionen") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lying_zip(size: int) -> bytes:
    """A zip whose sheet declares little and unpacks to `size` bytes."""
    data = bytearray(
        zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "xl/workbook.xml": "<workbook/>",
                "xl/worksheets/sheet1.xml": bytes(size),
            }
        )
    )
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 1000)
    return bytes(data)


def foreign_files(good: bytes) -> Iterator[Book]:
    """Files that are no workbook this programme reads."""
    yield "leer", b"", "leer"
    yield "zu-gross", b"PK" + bytes(31 * 2**20), "größer als"
    yield "csv", "Kennung;Betrag\nKO-01;12,50\n".encode("cp1252"), "CSV"
    yield "csv-tab", b"Kennung\tBetrag\nKO-01\t12\n", "CSV"
    yield "csv-utf16", "Kennung;Betrag\nKO-01;12\n".encode("utf-16"), "CSV"
    yield "html", b"<html><table><tr><td>1</td></tr></table></html>", "HTML"
    yield "html-doctype", b"<!DOCTYPE html><html></html>", "HTML"
    yield "html-nur-tabelle", b"<table border=1><tr><td>KO-01</td></tr></table>", "HTML"
    yield "xml2003", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "2003"
    yield "xml", b'<?xml version="1.0"?><plan/>', "XML-Datei"
    yield "pdf", b"%PDF-1.7\n1 0 obj", "PDF"
    yield "gzip", gzip.compress(good), "Archiv"
    yield "siebenzip", b"7z\xbc\xaf\x27\x1c" + bytes(40), "Archiv"
    yield "png", b"\x89PNG\r\n\x1a\n" + bytes(200), "kein"
    yield "zufall", bytes(range(256)) * 8, "kein"
    yield "xls", ole("Root Entry", "Workbook"), ".xls"
    yield "xls-95", ole("Root Entry", "Book"), ".xls"
    yield "verschluesselt", ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), "Kennwort"
    yield "doc", ole("Root Entry", "WordDocument"), "Word"
    yield "ole-anderes", ole("Root Entry", "Anderes"), "alte Office-Datei"
    yield "ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), ".ods"
    yield "docx", zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}), "Word"
    yield "pptx", zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<x/>"}), "Präsentation"
    yield "xlsb", zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"x"}), ".xlsb"
    yield "xlsm", repacked(good, lambda n, d: d, {"xl/vbaProject.bin": b"macro"}), "Makros"
    yield "zip", zipped({"brief.txt": "Hallo"}), "ZIP-Archiv"
    yield "zip-leer", zipped({}), "ZIP-Archiv"
    yield (
        "strict",
        repacked(
            good,
            lambda n, d: (
                d.replace(
                    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
                )
                if n == "xl/workbook.xml"
                else d
            ),
        ),
        "Strict",
    )
    yield "abgeschnitten", good[: len(good) // 2], "beschädigt"
    yield "nur-anfang", good[:60], "beschädigt"
    yield "ein-byte-falsch", good[:3000] + bytes(200) + good[3200:], "beschädigt"
    yield (
        "entitaeten",
        repacked(
            good,
            lambda n, d: (
                d.replace(b"<workbook", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook', 1)
                if n == "xl/workbook.xml"
                else d
            ),
        ),
        "Entitäten",
    )
    yield (
        "milliarden-lacher",
        repacked(
            good,
            lambda n, d: (
                b'<!DOCTYPE lolz [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;">]>' + d if n == "xl/styles.xml" else d
            ),
        ),
        "Entitäten",
    )
    yield (
        "zip-bombe",
        zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "xl/workbook.xml": "<workbook/>",
                "xl/worksheets/sheet1.xml": bytes(90 * 2**20),
            }
        ),
        "zu groß",
    )
    yield "zip-bombe-luegt", lying_zip(90 * 2**20), "beschädigt"
    formats = b'<xf numFmtId="0"/>' * 300_000
    yield (
        "viele-formate",
        repacked(good, lambda n, d: d.replace(b"</cellXfs>", formats + b"</cellXfs>") if n == "xl/styles.xml" else d),
        "verschachtelt",
    )
    yield "viele-teile", zipped({f"xl/teil{n}.xml": "x" for n in range(2100)}), "Teile"
    yield (
        "pfad-hinaus",
        zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", "../../etc/x": "x"}),
        "Pfade",
    )
    yield (
        "viele-zellen",
        zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "xl/workbook.xml": "<workbook/>",
                "xl/worksheets/sheet1.xml": b"<row>" + b"<c r='A1'/>" * 310_000 + b"</row>",
            }
        ),
        "Zellen",
    )
    yield (
        "kein-inhalt",
        zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
        "lässt sich nicht lesen",
    )
    yield (
        "blatt-kaputt",
        repacked(good, lambda n, d: b"<worksheet><sheetData><row" if n == "xl/worksheets/sheet3.xml" else d),
        "lässt sich nicht lesen",
    )


HEAD = ["Kennung", "Bezeichnung", "Zweck", "Jahr", "Betrag", "Optional", "Beleg"]
BASES = "Förderzuordnung"
HEAD_OF_BASES = ["Kennung", "Kostenposition", "Förderprogramm", "Zuwendungsfähiger Anteil", "Beleg"]
ROW: list[Any] = ["KO-99", "Neu", "Bilanzierung des Prozesses", 2015, 100, "nein", "Annahme"]


def _with(**cells: Any) -> list[Any]:
    return [cells.get(head, old) for head, old in zip(HEAD, ROW, strict=True)]


def faulty_sheets(good: bytes) -> Iterator[Book]:
    """Workbooks of the right kind with wrong content; each message names sheet and cell."""
    yield "kein-bekanntes-blatt", sheet_of([["a", "b"]], "Tabelle1"), "Kein Blatt"
    yield "ohne-kennung", sheet_of([["Bezeichnung", "Betrag"], ["x", 1]]), "„Kennung“ fehlt"
    yield "betrag-unlesbar", sheet_of([HEAD, _with(Betrag="12,5.0")]), "Zelle E2"
    yield "betrag-mehrdeutig", sheet_of([HEAD, _with(Betrag="1,234")]), "mehrdeutig"
    yield "betrag-wort", sheet_of([HEAD, _with(Betrag="ungefähr zwölf")]), "kein Betrag"
    yield "betrag-bruchteil", sheet_of([HEAD, _with(Betrag=12.345)]), "Bruchteile"
    yield "betrag-datum", sheet_of([HEAD, _with(Betrag=date(2015, 5, 4))]), "Datum gespeichert"
    yield "betrag-wahr", sheet_of([HEAD, _with(Betrag=True)]), "WAHR"
    yield "betrag-minus", sheet_of([HEAD, _with(Betrag=-5)]), "außerhalb"
    yield "jahr-falsch", sheet_of([HEAD, _with(Jahr=20155)]), "außerhalb"
    yield "jahr-bruch", sheet_of([HEAD, _with(Jahr=2015.5)]), "keine ganze Zahl"
    yield "jahr-wort", sheet_of([HEAD, _with(Jahr="zweitausend")]), "Zelle D2"
    yield "janein-fremd", sheet_of([HEAD, _with(Optional="vielleicht")]), "weder ja noch nein"
    yield "beleg-fremd", sheet_of([HEAD, _with(Beleg="geraten")]), "nicht vorgesehen"
    yield "name-fehlt", sheet_of([HEAD, _with(Bezeichnung=None)]), "fehlt"
    yield "kennung-fehlt", sheet_of([HEAD, _with(Kennung=None)]), "keine Kennung"
    yield "kennung-doppelt", sheet_of([HEAD, ROW, ROW]), "2-mal vergeben"
    yield "kennung-anderswo", sheet_of([HEAD, _with(Kennung="P1")]), "2-mal vergeben"
    yield "kennung-zeichen", sheet_of([HEAD, _with(Kennung="a;b")]), "nicht zulässig"
    yield "ueberschrift-doppelt", sheet_of([[*HEAD, "Betrag"], [*ROW, 1]]), "steht zweimal"
    yield "ueberschrift-leer", sheet_of([[*HEAD, None], [*ROW, "vergessen"]]), "keine Überschrift"
    yield "tausend-euro", sheet_of([["Angaben in T€"], HEAD, ROW]), "Tausend Euro"
    yield "tausend-oder-million", sheet_of([[*HEAD[:4], "Betrag (T€, Mio. €)", *HEAD[5:]], ROW]), "In welcher Einheit"
    yield "cent-im-kopf", sheet_of([[*HEAD[:4], "Betrag (in Cent)", *HEAD[5:]], ROW]), "In welcher Einheit"
    yield "tausend-daneben", sheet_of([[*HEAD, "Einheit"], [*ROW, "T€"]]), "eigenen Zelle"
    yield "anteil-ohne-prozent", sheet_of([[*HEAD_OF_BASES], ["FZ-99", "KO-01", "FP-1", 50, "Annahme"]], BASES), "5.000"
    yield (
        "anteil-ueber-eins",
        sheet_of([[*HEAD_OF_BASES], ["FZ-99", "KO-01", "FP-1", "150 %", "Annahme"]], BASES),
        "150",
    )
    yield "verbunden", edited(good, lambda b: b["Phasen"].merge_cells("D2:D5")), "verbunden"
    yield "formel-ungespeichert", sheet_of([HEAD, _with(Betrag="=1+1")]), "ohne gespeicherten Wert"
    yield "fehlerwert", sheet_of([HEAD, _with(Betrag="#REF!")]), "Fehlerwert"
    yield "verweis-unbekannt", sheet_of([[*HEAD, "Gehört zu"], [*ROW, "GIBTSNICHT"]]), "das gibt es nicht"
    yield "verweis-falsche-tabelle", sheet_of([[*HEAD, "Gehört zu"], [*ROW, "Z1"]]), "das gibt es nicht"
    yield (
        "datum-als-zahl",
        sheet_of(
            [["Kennung", "Name", "Erster Tag", "Letzter Tag", "Beleg"], ["K-1", "x", 42144, 42150, "Annahme"]],
            "Kalender",
        ),
        "kein Datum",
    )
    yield (
        "datum-gibt-es-nicht",
        sheet_of(
            [
                ["Kennung", "Name", "Erster Tag", "Letzter Tag", "Beleg"],
                ["K-1", "x", "31.02.2015", "01.03.2015", "Annahme"],
            ],
            "Kalender",
        ),
        "gibt es nicht",
    )
    yield (
        "datum-uhrzeit",
        sheet_of(
            [
                ["Kennung", "Name", "Erster Tag", "Letzter Tag", "Beleg"],
                ["K-1", "x", datetime(2015, 5, 1, 9, 30), date(2015, 5, 2), "Annahme"],
            ],
            "Kalender",
        ),
        "Uhrzeit",
    )
    yield (
        "spanne-datum",
        sheet_of(
            [["Kennung", "Name", "Anzahl Termine", "Beleg"], ["F-99", "x", date(2015, 5, 4), "Annahme"]],
            "Beteiligungsformate",
        ),
        "Datum gespeichert",
    )
    yield (
        "zeit-unlesbar",
        sheet_of([["Kennung", "Name", "Ende", "Beleg"], ["P-99", "x", "irgendwann", "Annahme"]], "Phasen"),
        "keine Zeitangabe",
    )

    def circle(book: Workbook) -> None:
        book["Ziele"]["D2"], book["Ziele"]["D3"] = "Z2", "Z1"

    yield "eltern-im-kreis", edited(good, circle), "im Kreis"
    yield (
        "anteil-drittel",
        sheet_of(
            [
                ["Kennung", "Kostenposition", "Förderprogramm", "Zuwendungsfähiger Anteil", "Beleg"],
                ["FB-99", "KO-01", "FP-1", 1 / 3, "Annahme"],
            ],
            "Förderzuordnung",
        ),
        "könnte 1/3 sein",
    )
    yield "weit-draussen", edited(good, lambda b: b["Kostenpositionen"].__setitem__("A900000", "x")), "weit außerhalb"
    yield (
        "blatt-doppelt",
        edited(good, lambda b: setattr(b.copy_worksheet(b["Phasen"]), "title", "phases")),
        "auf zwei Blättern",
    )
    yield "fuehrende-nullen", edited(good, lambda b: b["Gebiete"].__setitem__("C17", 0)), "führende Nullen"
    yield "falsche-version", edited(good, lambda b: b["Hinweise"].__setitem__("B2", 77)), "Version 77"
