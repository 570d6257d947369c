"""A matrix of weights for the keyboard: Streamlit's component, registered from a manifest of ours.

Its script and style are files that our server serves (inline script is refused by the page's policy). Streamlit looks
for manifests in installed packages only; this one is handed to it at the first use, so that nothing has to be
installed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

PACKAGE, VERSION, COMPONENT = "cockpit", "1", "grid"
NAME = f"{PACKAGE}.{COMPONENT}"
MANIFEST = ComponentManifest(PACKAGE, VERSION, [ComponentConfig(COMPONENT, "assets")])
Named = tuple[str, str]  # id and name


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a grid begins with and what was saved of it: a new `epoch` begins anew with `edits` (row, column, weight or
    None), within one the browser owns them; `turn` counts what was saved, the last time `taken`.
    """

    epoch: str
    edits: Sequence[Sequence[Any]] = ()
    turn: int = 0
    taken: Sequence[Sequence[Any]] = ()


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the browser says of a grid: every edit since the epoch began (row, column, weight or None), as it came, and
    the cell that Enter opened. Anybody can send it: it is to be checked.
    """

    edits: object
    chosen: tuple[str, str] | None


@cache
def _component() -> Any:
    return st.components.v2.component(NAME, js="grid.js", css="grid.css")


def _registered() -> Any:
    """The component, known to the server that runs."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(NAME) is None:
        manager.register_from_manifest(MANIFEST, Path(__file__).parent)
    return _component()


def _stand(key: str) -> Mapping[str, Any]:
    state = st.session_state.get(key)
    stand = state.get("stand") if isinstance(state, Mapping) else None
    return stand if isinstance(stand, Mapping) else {}


def said(key: str, epoch: str) -> Said | None:
    """What the browser has said of the grid of this key in this epoch; None while it has said nothing."""
    stand = _stand(key)
    if stand.get("epoch") != epoch:
        return None
    chosen = stand.get("chosen")
    parts = [part for part in chosen if isinstance(part, str)] if isinstance(chosen, list) else []
    return Said(edits=stand.get("edits"), chosen=(parts[0], parts[1]) if len(parts) == 2 else None)


def grid(
    key: str,
    label: str,
    rows: Sequence[Named],
    columns: Sequence[Named],
    cells: Mapping[tuple[str, str], int | None],
    kept: Kept,
    *,
    corner: str = "",
    answer: str = "",
    heard: Callable[[], None] | None = None,
) -> None:
    """The matrix of rows × columns with the weights that are saved: None is named and not judged, a pair without an
    entry is not named. `heard` is called before the run that something was typed for; `said` tells what. `answer` is
    told of the cell that Enter opened, in the line above the matrix.

    Draw it as the last of what runs again with it (into a place kept for it): the browser takes it for the answer of
    the run.
    """
    ids = {row for row, _ in rows}, {column for column, _ in columns}
    data = {
        "label": label,
        "corner": corner,
        "rows": rows,
        "columns": columns,
        "cells": [[r, c, weight] for (r, c), weight in cells.items() if r in ids[0] and c in ids[1]],
        "epoch": kept.epoch,
        "edits": kept.edits,
        "turn": kept.turn,
        "taken": kept.taken,
        "heard": _stand(key).get("number"),
        "answer": answer,
    }
    _registered()(key=key, data=data, on_stand_change=heard or _nothing)


def _nothing() -> None:
    """What is heard where nobody listens."""
