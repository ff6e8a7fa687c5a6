"""The report on demand: an address is made into its page when a browser asks for it.

To this machine alone: a request that names another host is refused, so that no page of the web can read the lake
through a name of its own that leads here. Pages may load nothing but the report's own style and scripts.
"""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.middleware.trustedhost import TrustedHostMiddleware

from warehouse import snapshots
from warehouse.errors import BroadsheetError, NoLake, SettingsFault
from warehouse.reader import LakeReader, open_lake
from warehouse.search.find import find_articles
from warehouse.search.hits import Found
from warehouse.site.addresses import FOLDERS, read_path
from warehouse.site.pages import make_page
from warehouse.site.rendering import ASSETS
from warehouse.site.search_page import make_search
from warehouse.site.site import Site
from warehouse.site.write import rules_script, snapshot_script
from warehouse.snapshots import Snapshot

HOSTS = ("127.0.0.1", "localhost")
HITS = 50  # of a search on one page
KINDS_OF_ASSETS: Mapping[str, str] = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class Pages:
    """The pages of the newest snapshot; where a run publishes one, the next request sees it. One request at a time."""

    def __init__(self, root: Path, rules: Mapping[str, str]) -> None:
        """Open nothing yet."""
        self._root = root
        self._rules = rules
        self._lock = Lock()
        self._reader: LakeReader | None = None
        self._snapshot: Snapshot | None = None

    def page(self, path: str) -> str:
        """Make the page at a path. Raises SettingsFault where there is none."""
        with self._lock:
            return make_page(self._site(), read_path(path))

    def search(self, words: str) -> str:
        """Make the page that answers a search; what cannot be asked for is said there."""
        with self._lock:
            site = self._site()
            if not words.strip():
                return make_search(site, found=Found(total=0, hits=()))
            try:
                return make_search(site, words, find_articles(self._root, words, limit=HITS))
            except SettingsFault as refusal:
                return make_search(site, words, Found(total=0, hits=()), complaint=str(refusal))

    def script(self, name: str) -> str:
        """Give a script that is made: what each rule says, or which snapshot this is."""
        with self._lock:
            return rules_script(self._rules) if name == "rules.js" else snapshot_script(self._site().snapshot)

    def _site(self) -> Site:
        newest = snapshots.snapshot_ids(self._root)
        if not newest:
            raise NoLake(f"{self._root} holds no published lake; run `./lake run` first")
        if self._reader is None or self._snapshot is None or self._snapshot.snapshot_id != newest[-1]:
            if self._reader is not None:
                self._reader.close()
            self._reader = open_lake(self._root)
            self._snapshot = snapshots.read_snapshot(self._root, newest[-1])
        return Site(reader=self._reader, snapshot=self._snapshot, rules=self._rules, kinds=FOLDERS)


def make_app(root: Path, rules: Mapping[str, str]) -> FastAPI:
    """Make the application that serves the report of a lake."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    pages = Pages(root, rules)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False)

    @app.middleware("http")
    async def add_headers(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await answer(request)
        response.headers.update(HEADERS)
        return response

    @app.get("/")
    def lead_to_overview() -> Response:
        return RedirectResponse("/index.html")

    @app.get("/search.html")
    def search(q: Annotated[str, Query(max_length=400)] = "") -> Response:
        return HTMLResponse(pages.search(q))

    @app.get("/assets/{name}")
    def give_asset(name: str) -> Response:
        return _asset(name, pages)

    @app.get("/{path:path}")
    def give_page(path: str) -> Response:
        try:
            return HTMLResponse(pages.page(path))
        except SettingsFault as unknown:
            raise HTTPException(404, str(unknown)) from unknown
        except BroadsheetError as fault:
            raise HTTPException(503, "The lake cannot be read now; see the server's words.") from fault

    return app


def _asset(name: str, pages: Pages) -> Response:
    """Give a file of the assets, by a name out of their list: no path is made of what was asked for."""
    known = {path.name: path for path in ASSETS.iterdir() if path.suffix in KINDS_OF_ASSETS}
    if name in known:
        return Response(known[name].read_bytes(), media_type=KINDS_OF_ASSETS[known[name].suffix])
    if name in {"rules.js", "snapshot.js"}:
        return Response(pages.script(name), media_type="text/javascript")
    raise HTTPException(404, "The report has no such file.")
