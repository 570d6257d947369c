"""Which files hold what lies beside the plan: statistics and outlines, told from their content as far as it tells."""

import re
import zipfile
from html import unescape
from io import BytesIO
from typing import Literal

from insek_core.exchange.apart import PATIENCE, parse_apart
from insek_core.plan import TABLES
from insek_core.plan.errors import Problem

OURS = {"Hinweise", *(kind.sheet for kind in TABLES.values())}
MOST = 2**20  # bytes of a list of sheets
Beside = Literal["statistics", "outlines"]


def _sheets(data: bytes) -> set[str]:
    """The names of a workbook's sheets; empty where it cannot be opened."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("xl/workbook.xml") as part:
            text = part.read(MOST).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return set()
    return {unescape(name) for name in re.findall(r"<(?:\w+:)?sheet [^>]*?\bname=\"([^\"]*)\"", text)}


def _is_table(name: str, data: bytes) -> bool:
    try:
        parse_apart("statistics", name, data, seconds=PATIENCE)
    except Problem:
        return False
    return True


def beside_the_plan(name: str, data: bytes) -> Beside | None:
    """What a file holds that is no table of the plan: outlines (GeoJSON), statistics (text, or a workbook without a
    sheet of ours); None for everything else.
    """
    ending = name.lower().rpartition(".")[2]
    if ending in ("geojson", "json") or data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return "outlines"
    if data.startswith(b"PK"):
        sheets = _sheets(data)
        return "statistics" if sheets and not sheets & OURS and _is_table(name, data) else None
    return "statistics" if ending in ("csv", "tsv", "txt", "tab") else None
