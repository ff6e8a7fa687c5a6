"""A lake of texts and names that mean to be SQL, terminal commands or markup: each is a value like any other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.commands.explain import explain_article
from flows.commands.review import list_queue, show_subject
from flows.commands.search import Asked, search_lake
from flows.commands.status import show_status
from flows.settings import CORRECTIONS
from tests.flows.lakes import build_bare
from warehouse.errors import SettingsFault
from warehouse.reader import open_lake
from warehouse.search.find import find_articles
from warehouse.view_files import read_view_files

SQL = "'; DROP TABLE articles; --"
TERMINAL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e[red]"
PAGE = f"""云岭晨报

{SQL} 夜班公交新开两条线

本报讯（记者 邵晨）7月3日夜里十一点，{TERMINAL}夜班公交一号线从火车站发出首班车，每半小时一班，票价两元。

公交公司调度员丁一帆说：“路线是{SQL}按照夜间下班人流画出来的，医院、夜市和工业园都在路上。”
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    source, lake = folder / "source", folder / f"it's {SQL}"
    for name in (f"2023-07-04/{SQL}.txt", "2023-07-05/\x1b[2Jp1.txt", "2023-07-06/\u202etxt.p1.txt"):
        (source / name).parent.mkdir(parents=True)
        (source / name).write_text(PAGE + name, encoding="utf-8")
    build_bare(source, lake, CORRECTIONS)
    return lake


def test_sql_in_names_and_texts_is_text(hostile: Path):
    with open_lake(hostile) as lake:
        assert lake.sql("SELECT count(*) FROM files WHERE file_name LIKE $1", [f"%{SQL}%"]).fetchall() == [(1,)]
        assert lake.sql("SELECT count(*) FROM pages WHERE contains(raw_text, $1)", [SQL]).fetchall() == [(3,)]
        assert lake.sql("SELECT count(*) > 0 FROM search($1)", [SQL]).fetchall()
        for view in read_view_files():
            if not view.is_macro:
                lake.sql(f"FROM {view.name} LIMIT 3").fetchall()


ASKED = Asked(words="夜班", newspapers=(), kinds=(), since=None, until=None, is_newest=False, limit=20, offset=0)


def article_of(lake: Path) -> str:
    with open_lake(lake) as reader:
        ((article_id,),) = reader.sql("SELECT min(article_id) FROM articles").fetchall()
    return str(article_id)


@pytest.mark.parametrize(
    "show",
    [
        lambda lake: explain_article(article_of(lake), lake),
        lambda lake: show_subject(article_of(lake), lake),
        lambda lake: list_queue(lake, limit=20, reason=None, paper=None),
        show_status,
        lambda lake: search_lake(ASKED, lake, at=None, as_json=False),
    ],
    ids=["explain", "review one", "review", "status", "search"],
)
def test_no_command_sends_what_a_terminal_obeys(
    show: Callable[[Path], None], hostile: Path, capsys: pytest.CaptureFixture[str]
):
    show(hostile)
    printed = capsys.readouterr()
    told = printed.out + printed.err
    assert told.strip()
    assert [character for character in told if not character.isprintable() and character not in "\n\u3000\u00a0"] == []


@pytest.mark.parametrize(
    "words", [SQL, f'"{SQL}"', "' OR '1'='1", "%", "(a+)+$", ".*", "$1", "\x1b[2J\x00", "checkpoint()"]
)
def test_what_is_looked_for_is_text(hostile: Path, words: str):
    assert find_articles(hostile, "drop table").total == 3
    assert find_articles(hostile, f"夜班 {words}").total in {0, 3}
    assert find_articles(hostile, "夜班").total == 3


@pytest.mark.parametrize("subject", [SQL, "' OR '1'='1", "\x1b[2J", "*", "%"])
def test_an_id_that_means_something_else_is_an_unknown_id(subject: str, hostile: Path):
    with pytest.raises(SettingsFault):
        show_subject(subject, hostile)
