"""The report on demand: the same pages, to this machine alone."""

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from httpx import Client

from flows.settings import CORRECTIONS
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import build_bare
from tests.site.conftest import serving
from warehouse.search.find import find_articles

KINDS = ("article", "issue", "paper", "entity", "text")


@pytest.fixture(scope="module")
def client(served: str) -> Iterator[Client]:
    with Client(base_url=served) as client:
        yield client


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_on_demand_is_the_page_in_the_file(kind: str, client: Client, sample_report: Path):
    for path in sorted((sample_report / kind).glob("*.html"))[:5]:
        assert client.get(f"/{kind}/{path.name}").content == path.read_bytes()


def test_the_pages_that_are_there_once_are_the_same(client: Client, sample_report: Path):
    names = {path.name for path in sample_report.glob("*.html")} - {"search.html"}
    assert len(names) > 5
    for name in names:
        assert client.get(f"/{name}").content == (sample_report / name).read_bytes()
    for name in ("site.css", "site.js", "icon.svg", "rules.js", "snapshot.js"):
        assert client.get(f"/assets/{name}").content == (sample_report / "assets" / name).read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/article/../index.html",
        "/article/%2e%2e%2findex.html",
        "/assets/%2e%2e/site.py",
        "/assets/..%2f__init__.py",
        "/assets/",
        "/article/none-2023-07-04-a-p0001-i001.html",
        "/article/x'%20OR%201=1.html",
        "/entity/.html",
        "/lake.duckdb",
        "/data/articles",
        "//etc/passwd",
        "/article/a%00.html",
        "/openapi.json",
        "/docs",
    ],
)
def test_nothing_but_pages_and_assets_is_given(path: str, served: str):
    connection = HTTPConnection(served.removeprefix("http://"))  # it sends a path as it is
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 404
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    connection.close()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8010", "127.0.0.1.evil.example", "10.0.0.1", ""])
def test_a_name_of_another_host_is_refused(host: str, client: Client):
    answer = client.get("/index.html", headers={"Host": host})
    assert answer.status_code == 400
    assert "Broadsheet" not in answer.text


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_is_taken(method: str, client: Client):
    assert client.request(method, "/index.html").status_code == 405


def test_every_answer_lets_a_page_load_nothing_from_elsewhere(client: Client):
    for path in ("/index.html", "/assets/site.js", "/search.html?q=项目", "/none.html"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_search_gives_what_find_articles_gives(client: Client, sample_lake: Path):
    page = client.get("/search.html", params={"q": "重點項目"}).text
    found = find_articles(sample_lake, "重点项目", limit=50)
    assert found.total > 3
    assert f"{found.total} articles" in page
    assert [page.count(f'href="article/{hit.article_id}.html"') for hit in found.hits] == [1] * len(found.hits)
    assert "<mark>重点项目</mark>" in page


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"', "-项目", "' OR 1=1 --", "\u202e", "字" * 300, "%", ""]
)
def test_any_words_are_text(words: str, client: Client):
    answer = client.get("/search.html", params={"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_new_snapshot_is_seen_by_the_next_request(tmp_path: Path):
    source = write_pages(tmp_path / "source", PAGES)
    build_bare(source, tmp_path / "lake", CORRECTIONS)
    with serving(tmp_path / "lake") as address, Client(base_url=address) as client:
        assert "Snapshot 1 of" in client.get("/index.html").text
        (source / "yunling-chenbao" / "2023-07-04" / "p01.txt").unlink()
        build_bare(source, tmp_path / "lake", CORRECTIONS)
        assert "Snapshot 2 of" in client.get("/index.html").text
        assert client.get("/issue/yunling_chenbao-2023-07-04-a.html").status_code == 404
