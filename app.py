"""The ASGI app: German page language, one script of our own, strict security headers, warm start; nothing else.

`uvicorn app:app` or `streamlit run app.py`. The script it runs is pages/shell/navigation.py: beside it lies no folder
`pages`, so a deep link as the first request of a fresh server runs the same script as any other.
"""

import gc
import hashlib
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shell import outlines
from pages.shell.screens import BESIDE, SCREENS, UNKNOWN

INDEX = Path(st.__file__).parent / "static" / "index.html"
SCRIPT = Path(__file__).parent / "pages" / "shell" / "cockpit.js"
MARK = hashlib.sha256(SCRIPT.read_bytes()).hexdigest()[:12]  # a new version of the script is a new address
TAG = f'<head><script src="./cockpit.js?{MARK}"></script>'.encode()


def content_security_policy() -> str:
    """Everything from our own host only; inline scripts by the hash of the ones in the installed index.html."""
    scripts = re.findall(r"<script>(.*?)</script>", INDEX.read_text(encoding="utf-8"), re.S)
    hashes = " ".join(f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "frame-ancestors 'self'; object-src 'none'; base-uri 'self'"
    )


ADDRESSES = {address for *_, address in (*SCREENS, *BESIDE)}
OWN = ("_stcore", "static", "media", "component", "app", "_")  # first parts of what Streamlit serves itself
HEADERS = {
    "content-security-policy": content_security_policy(),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def _unknown(path: str) -> bool:
    """Whether nobody serves this path: no file, no screen, nothing of Streamlit's own."""
    ours = path.partition("/")[0]
    return bool(path) and "." not in path and ours not in OWN and path not in ADDRESSES


class GermanAndSafe:
    """Adds the headers to every answer; says `lang="de"` in the page and brings our script into it, which Streamlit has
    no option for.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; change only what leaves."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].strip("/")
        if _unknown(path):
            await RedirectResponse(f"{'../' * path.count('/')}./?{urlencode({UNKNOWN: path[:60]})}")(
                scope, receive, send
            )
            return
        begun: list[Message] = []
        if (
            "." not in scope["path"].rpartition("/")[2]
        ):  # a page, not a file: uncompressed, so that its text can be changed
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name.lower() for name, _ in message["headers"]}
                extra = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in names]
                message = {**message, "headers": [*message["headers"], *extra]}
                if (b"content-type", b"text/html; charset=utf-8") in message[
                    "headers"
                ] and b"content-encoding" not in names:
                    begun.append(message)
                    return
            elif begun and message["type"] == "http.response.body" and not message.get("more_body"):
                body = message.get("body", b"").replace(b'<html lang="en">', b'<html lang="de">', 1)
                body = body.replace(b"<head>", TAG, 1)
                head = begun.pop()
                length = (b"content-length", str(len(body)).encode())
                await send({**head, "headers": [h for h in head["headers"] if h[0] != b"content-length"] + [length]})
                message = {**message, "body": body}
            elif begun and message["type"] == "http.response.body":
                await send(begun.pop())
            await send(message)

        await self.app(scope, receive, answer)


@asynccontextmanager
async def warm_start(_: Any) -> AsyncIterator[None]:
    """Import the heavy libraries before the first visitor comes and keep them out of garbage collection."""
    import altair  # noqa: F401
    import numpy  # noqa: F401
    import pandas  # noqa: F401
    import pydeck  # noqa: F401

    import insek_core.rules.assessment
    import insek_core.storage.example  # noqa: F401

    gc.freeze()
    yield


async def first_page(request: Request) -> RedirectResponse:
    """Streamlit serves its default page at the root only; the page's own address leads there."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}")


async def script(request: Request) -> FileResponse:
    """Our script; its address changes with it, so it may be kept."""
    return FileResponse(SCRIPT, media_type="text/javascript", headers={"cache-control": "max-age=31536000, immutable"})


app = st.App(
    "pages/shell/navigation.py",
    lifespan=warm_start,
    routes=[
        Route("/ueberblick", first_page),
        Route("/cockpit.js", script),
        Route("/umrisse/{name}.json", outlines.serve),
    ],
    middleware=[Middleware(GermanAndSafe)],
)
