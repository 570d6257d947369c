"""What a picture really draws: the layers of its specification, each with mark, encodings and rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from insek_core.views.table import Table

Spec = Mapping[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True)
class Layer:
    """A layer as the browser gets it."""

    mark: dict[str, Any]
    encoding: dict[str, Any]
    rows: tuple[Row, ...]

    def at(self, channel: str) -> list[Any]:
        """What a channel draws, a value for each row."""
        field = self.encoding[channel]["field"]
        return [row[field] for row in self.rows]

    def drawn(self, *channels: str) -> list[tuple[Any, ...]]:
        """What several channels draw, a tuple for each row."""
        return list(zip(*(self.at(channel) for channel in channels), strict=True))

    def range_of(self, channel: str) -> dict[Any, Any]:
        """What a scale makes of its domain."""
        scale = self.encoding[channel]["scale"]
        return dict(zip(scale["domain"], scale["range"], strict=True))


def _rows(data: Mapping[str, Any], datasets: Mapping[str, Any]) -> tuple[Row, ...]:
    rows = data["values"] if "values" in data else datasets[data["name"]]
    return tuple(rows.to_dict("records") if isinstance(rows, pd.DataFrame) else rows)


def layers(picture: Any, rows: Mapping[str, pd.DataFrame] | None = None) -> list[Layer]:
    """The layers of a picture, or of a specification whose rows come beside it."""
    spec: Spec = picture if isinstance(picture, dict) else picture.to_dict()
    datasets = rows if rows is not None else spec.get("datasets", {})
    shared = spec.get("data", {"values": []})  # where all layers draw the same rows, they stand once
    return [
        Layer(part["mark"], part.get("encoding", {}), _rows(part.get("data", shared), datasets))
        for part in spec["layer"]
    ]


def marked(found: list[Layer], kind: str, *channels: str, **properties: Any) -> list[Layer]:
    """The layers of a kind of mark that have these channels and properties."""
    return [
        layer
        for layer in found
        if layer.mark["type"] == kind
        and set(channels) <= set(layer.encoding)
        and all(layer.mark.get(name) == value for name, value in properties.items())
    ]


def the(found: list[Layer], kind: str, *channels: str, **properties: Any) -> Layer:
    """The one layer of a kind of mark that has these channels and properties."""
    (layer,) = marked(found, kind, *channels, **properties)
    return layer


def fields_without_rows(found: list[Layer]) -> list[tuple[str, str]]:
    """Encoded fields that the rows of their layer do not hold: such a mark would not be drawn, or not there."""
    return [
        (channel, one["field"])
        for layer in found
        for channel, encoded in layer.encoding.items()
        for one in (encoded if isinstance(encoded, list) else [encoded])
        if "field" in one and any(one["field"] not in row for row in layer.rows)
    ]


def day(text: str) -> str:
    """The day of a moment as the browser gets it."""
    return text[:10]


def told(table: Table) -> list[dict[str, str]]:
    """The rows of a table as a reader sees them, with ordinary spaces."""
    rows = ([text.replace("\u00a0", " ") for text in row] for row in table.texts())
    return [dict(zip(table.columns, row, strict=True)) for row in rows]
