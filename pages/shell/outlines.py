"""Outlines under an address of their own: the browser fetches them once and keeps them, only figures move.

The address is made of what they say, so that nobody finds it who was not given it, and it never means anything else.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import shapely
from starlette.requests import Request
from starlette.responses import Response

from insek_core.rules.places.areas import Outline

MOST = 64  # texts kept, the last ones asked for
_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = Lock()


def features(outlines: Sequence[Outline]) -> str:
    """The outlines as GeoJSON; rings run clockwise, else Vega fills everything around them."""
    rows = []
    for outline in outlines:
        shape = shapely.orient_polygons(shapely.from_geojson(json.dumps(outline.geometry)), exterior_cw=True)
        rows.append(
            {
                "type": "Feature",
                "properties": {"area": outline.area},
                "geometry": json.loads(shapely.to_geojson(shape)),
            }
        )
    return json.dumps({"type": "FeatureCollection", "features": rows}, separators=(",", ":"))


def publish(text: str) -> str:
    """The address of this text, relative to any screen."""
    data = text.encode()
    name = hashlib.sha256(data).hexdigest()
    with _lock:
        _kept[name] = data
        _kept.move_to_end(name)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return f"umrisse/{name}.json"


async def serve(request: Request) -> Response:
    """The text of an address; 404 where nobody published it here."""
    with _lock:
        data = _kept.get(str(request.path_params["name"]))
    if data is None:
        return Response(status_code=404)
    headers = {"cache-control": "private, max-age=31536000, immutable"}
    return Response(data, media_type="application/geo+json", headers=headers)
