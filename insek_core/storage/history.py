"""The history of any record over the versions of a plan, without reading whole plans: only its row is looked for."""

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any

from insek_core.change.moments import Moment, moments
from insek_core.plan.codec import decode
from insek_core.plan.record import Record
from insek_core.plan.version import Version
from insek_core.storage.store import Store

MOST_VERSIONS = 1_000  # the newest of a plan that are looked at
_READER = json.JSONDecoder()


def _row_in(text: str, record_id: str) -> dict[str, Any] | None:
    """The row of an id in a stored plan. Rows are flat, and quotes inside of texts are escaped: the key of the id is
    found outside of them only; a text that ends with a brace looks like the beginning of a row and does not decode.
    """
    if '"id":"' not in text:  # stored with spaces, or empty
        tables: dict[str, list[dict[str, Any]]] = json.loads(text)
        return next((row for rows in tables.values() for row in rows if row.get("id") == record_id), None)
    at = start = text.find(f'"id":{json.dumps(record_id, ensure_ascii=False)}')
    while at >= 0 and (start := text.rfind('{"', 0, start)) >= 0:
        with suppress(json.JSONDecodeError):
            row: dict[str, Any] = _READER.raw_decode(text, start)[0]
            return row
    return None


def _states(store: Store, kind: type[Record], ids: Collection[str]) -> Iterator[tuple[Version, tuple[Record, ...]]]:
    versions = {version.number: version for version in store.versions()}
    for number, text in store.stored_texts(MOST_VERSIONS):
        rows = (decode(kind, row)[0] for one in ids if (row := _row_in(text, one)))
        yield versions[number], tuple(row for row in rows if row is not None)


def history(store: Store, kind: type[Record], ids: Collection[str]) -> tuple[Moment, ...]:
    """What happened to some rows of a table, version by version, the oldest first: who, when, why and what. A version
    in which a row cannot be read counts as one without it. Of very many versions the newest are looked at: what a
    row was before them is told as new.
    """
    return moments(kind.table, _states(store, kind, ids))
