"""The history of any record over the versions of a plan, without reading whole plans: only its row is looked for."""

import json
from collections.abc import Iterator
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


def _states(store: Store, record_id: str, kind: type[Record]) -> Iterator[tuple[Version, Record | None]]:
    versions = {version.number: version for version in store.versions()}
    for number, text in store.stored_texts(MOST_VERSIONS):
        row = _row_in(text, record_id)
        yield versions[number], decode(kind, row)[0] if row else None


def history(store: Store, record_id: str, kind: type[Record]) -> tuple[Moment, ...]:
    """What happened to a record of a table, version by version, the oldest first: who, when, why and what. A version in
    which its row cannot be read counts as one without it. Of very many versions the newest are looked at: what the
    record was before them is told as new.
    """
    return moments(_states(store, record_id, kind))
