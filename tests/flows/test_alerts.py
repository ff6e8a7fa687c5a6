import json
import logging
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from flows.alerts import send_alert

FACTS = {"run_id": "run-1", "fault": "disk full; $(rm -rf /)"}


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """A web server: its address, and the bodies that were posted to it."""
    bodies: list[bytes] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204 if self.path == "/hook" else 500)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", bodies
        server.shutdown()
        thread.join()


def test_a_command_reads_the_facts_on_its_input_and_no_shell_reads_them(tmp_path: Path):
    send_alert(FACTS, environ={"LAKE_ALERT_COMMAND": f"tee '{tmp_path}/an alert'"})
    assert json.loads((tmp_path / "an alert").read_bytes()) == FACTS


def test_an_address_is_posted_the_facts(listener: tuple[str, list[bytes]]):
    address, bodies = listener
    send_alert(FACTS, environ={"LAKE_ALERT_URL": f"{address}/hook"})
    assert [json.loads(body) for body in bodies] == [FACTS]


@pytest.mark.parametrize("command", ["no-such-command-here", f"{sys.executable} -c 'raise SystemExit(1)'", "'"])
def test_a_command_that_fails_is_a_warning(command: str, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING, "broadsheet"):
        send_alert(FACTS, environ={"LAKE_ALERT_COMMAND": command})
    assert "LAKE_ALERT_COMMAND did not take the alert" in caplog.text


@pytest.mark.parametrize("path", ["/broken?token=secret", ":bad:secret"])
def test_an_address_that_fails_is_a_warning_without_its_secret(
    listener: tuple[str, list[bytes]], path: str, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING, "broadsheet"):
        send_alert(FACTS, environ={"LAKE_ALERT_URL": f"{listener[0]}{path}"})
        send_alert(FACTS, environ={"LAKE_ALERT_URL": "file:///etc/secret"})
    assert caplog.text.count("LAKE_ALERT_URL did not take the alert") == 2
    assert "secret" not in caplog.text


def test_nothing_is_sent_where_nothing_is_set(caplog: pytest.LogCaptureFixture):
    send_alert(FACTS, environ={})
    assert caplog.text == ""
