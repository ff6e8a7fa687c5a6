"""`./lake search` as a person and as a script meets it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.__main__ import main
from flows.settings import CORRECTIONS
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import build_bare

Call = Callable[..., tuple[int, str, str]]
BUS, LIBRARY = "yunling_chenbao-2023-07-04-a-p0001-i001", "chengxi_ribao-2023-03-14-a-p0002-i001"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    build_bare(write_pages(folder / "source", PAGES), folder / "lake", CORRECTIONS)
    return folder / "lake"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lake: Path) -> Call:
    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["lake", "search", "--lake", str(lake), *arguments])
        code = main()
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["十点"], [LIBRARY]),
        (["十点", "图书馆"], [LIBRARY]),
        (["圖書館 開放"], [LIBRARY]),
        (["夜班", "--newspaper", "云岭晨报"], [BUS]),
        (["夜班", "--newspaper", "yunling_chenbao", "--newspaper", "澄溪日报"], [BUS]),
        (["公交", "--since", "2023-07-01", "--until", "2023-07-31", "--kind", "news"], [BUS]),
        (["公交", "--until", "2023-06-30"], []),
        (["夜班", "--", "-公交"], []),
        (["十", "--newest", "--limit", "1"], [BUS]),
        (["没有这句话"], []),
    ],
)
def test_articles_are_found(call: Call, arguments: list[str], found: list[str]) -> None:
    code, out, err = call("--json", *arguments)
    assert (code, err) == (0, "")
    assert [hit["article_id"] for hit in json.loads(out)["hits"]] == found


def test_what_is_found_is_marked_and_leads_on(call: Call) -> None:
    _, out, _ = call("夜班公交", "开出", "一号线")
    assert out == "0 articles\n"
    code, out, _ = call("夜班公交", "一号线")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "  1 【夜班公交】新开两条线"
    assert lines[1].split() == ["云岭晨报,", "2023-07-04,", "news", BUS]
    assert "【夜班公交一号线】" in lines[2]
    assert lines[3:] == ["1 article", f"An article line by line: ./lake explain {BUS}"]


def test_pages_say_what_they_show(call: Call) -> None:
    _, out, _ = call("十", "--limit", "2", "--offset", "1")
    assert out.startswith("  2 ")
    assert "4 articles, 2 to 3 shown" in out
    assert "none from 101 on" in call("十", "--offset", "100")[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([""], "Nothing to look for"),
        (["“夜班 公交"], "not closed"),
        (["夜班", "--newspaper", "晚报"], "There is no paper 晚报"),
        (["夜班", "--kind", "poem"], "There is no kind poem"),
        (["夜班", "--since", "2023-02-30"], "no day"),
        (["夜班", "--since", "2023-07-02", "--until", "2023-07-01"], "No day"),
        (["夜班", "--at", "7"], "no snapshot 7"),
        (["\udce5\x1b[2J", "--kind", "\x1b[2J"], "There is no kind"),
    ],
)
def test_what_cannot_be_asked_is_one_line(call: Call, arguments: list[str], says: str) -> None:
    code, out, err = call(*arguments)
    assert code in {1, 2}
    assert out == ""
    assert says in err
    assert err.count("\n") == 1
    assert "\x1b" not in err


def test_without_a_lake_the_exit_code_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["lake", "search", "夜班", "--lake", str(tmp_path)])
    assert main() == 3
