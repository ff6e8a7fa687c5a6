"""Superset's REST interface, as far as it is needed here."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar
from typing import Any

ANSWER_SECONDS = 120.0


class RefusedError(Exception):
    """Superset did not do what it was asked; the message is its answer."""


class Api:
    """A session of the user `admin`."""

    def __init__(self, address: str, password: str) -> None:
        """Log in. Changes need a token against forgery beside the one that says who asks."""
        self.address = address
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
        self._headers = {"Referer": address}
        login = {"username": "admin", "password": password, "provider": "db", "refresh": False}
        self._headers["Authorization"] = f"Bearer {self.ask('POST', 'security/login', login)['access_token']}"
        self._headers["X-CSRFToken"] = self.ask("GET", "security/csrf_token/")["result"]

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 -- JSON of many shapes
        """Send a request and give the answer's JSON. Raises RefusedError."""
        request = urllib.request.Request(f"{self.address}/api/v1/{path}", headers=self._headers, method=method)  # noqa: S310 -- our own
        if body is not None:
            request.data = json.dumps(body, ensure_ascii=False).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with self._opener.open(request, timeout=ANSWER_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            raise RefusedError(
                f"{method} {path}: {refusal.code} {refusal.read().decode(errors='replace')}"
            ) from refusal

    def find(self, kind: str, column: str, value: object) -> int | None:
        """Find the id of the object of a kind that has a value in a column; None where there is none."""
        query = {"filters": [{"col": column, "opr": "eq", "value": value}], "columns": ["id"]}
        found = self.ask("GET", f"{kind}/?q={urllib.parse.quote(json.dumps(query, ensure_ascii=False))}")["result"]
        return int(found[0]["id"]) if found else None

    def put_in_place(self, kind: str, column: str, body: Mapping[str, object]) -> int:
        """Make an object, or bring the one with the same value in `column` to what is given; give its id."""
        number = self.find(kind, column, body[column])
        if number is None:
            return int(self.ask("POST", f"{kind}/", body)["id"])
        self.ask("PUT", f"{kind}/{number}", body)
        return number
