import hashlib
from datetime import date

import polars as pl
import pytest

from transforms.language.model import LanguageModel
from transforms.read import FileRead, read_file
from transforms.rows import LOCAL_SCHEMAS, PAGE_KEY, assemble, file_rows

FIELD = "麥坡鎮東崗村的麥田裡，水順著新修的防滲渠漫進田壟，種糧大戶任存糧蹲在地頭，抓起一把土捏了捏。"
PAGE = f"一渠春水潤麥苗\n\n本報訊（記者何一舟）{FIELD}\n\n{FIELD[:-9]}"


@pytest.fixture(scope="module")
def file(language: LanguageModel) -> FileRead:
    data = f"{PAGE}\f{PAGE}".encode()
    return read_file(data, file_name="a.txt", sha256=hashlib.sha256(data).hexdigest(), language=language)


@pytest.fixture(scope="module")
def rows(file: FileRead) -> dict[str, pl.DataFrame]:
    return file_rows([file])


def test_rows_have_the_declared_types_also_when_there_are_none(rows: dict[str, pl.DataFrame]) -> None:
    for frames in (rows, file_rows([])):
        assert {name: frame.schema for name, frame in frames.items()} == LOCAL_SCHEMAS


def test_one_row_is_one_record(rows: dict[str, pl.DataFrame]) -> None:
    assert {name: len(frame) for name, frame in rows.items() if name != "spans"} == {
        "files": 1,
        "parts": 0,
        "listed": 0,
        "pages": 2,
        "blocks": 8,
        "articles": 2,
        "contributors": 2,
    }


def test_spans_rebuild_each_part(rows: dict[str, pl.DataFrame]) -> None:
    raw = rows["pages"]["raw_text"][0]
    pieces = rows["spans"].filter(page_index=0, part="body").sort("span_no")
    rebuilt = "".join(
        raw[row["raw_start"] : row["raw_end"]] if row["rule_id"] is None else row["after"]
        for row in pieces.iter_rows(named=True)
    )
    assert rebuilt == rows["articles"]["body"][0]


def test_a_changed_piece_shows_what_it_was_and_became(rows: dict[str, pl.DataFrame]) -> None:
    headline = rows["spans"].filter(page_index=0, part="headline", rule_id="text.script")
    assert headline.select("before", "after").rows() == [("潤麥", "润麦")]


def test_flags_lower_the_quality_of_an_article(rows: dict[str, pl.DataFrame]) -> None:
    page, article = rows["pages"]["ocr_quality_share"][0], rows["articles"].row(0, named=True)
    assert article["flags"] == ["truncated"]
    assert article["quality_share"] == pytest.approx(page - 0.1)


def test_a_decision_leaves_its_number_in_the_row(rows: dict[str, pl.DataFrame], language: LanguageModel) -> None:
    above, below = FIELD[:30], FIELD[30:]
    data = f"本報訊（記者何一舟）{FIELD}\n\n{FIELD}{above}\n\n{below}\n\n我們的城\n\n{FIELD}{FIELD}".encode()
    read = read_file(data, file_name="a.txt", sha256="0" * 64, language=language)
    blocks = file_rows([read])["blocks"]
    assert blocks.filter(pl.col("join_log_odds") > 0)["text"].str.ends_with(blocks["text"][2][-4:]).to_list() == [True]
    assert blocks.filter(kind="heading")["kind_log_odds"].is_not_null().to_list() == [True]
    assert rows["blocks"]["kind_log_odds"].is_null().all()


@pytest.mark.parametrize("issue_date", [date(2023, 3, 14), None])
def test_rows_come_under_the_ids_of_the_lake(issue_date: date | None, rows: dict[str, pl.DataFrame]) -> None:
    page_ids = rows["pages"].select(
        *PAGE_KEY,
        page_no=pl.lit(1, pl.Int32),
        page_label=pl.lit(None, pl.String),
        issue_id=pl.lit("chengxi_ribao-x"),
        page_id="chengxi_ribao-x-p000" + pl.col("page_index").cast(pl.String),
    )
    dates = {name: pl.Series([issue_date], dtype=pl.Date) for name in ("date_lower", "date_upper", "issue_date")}
    issues = pl.DataFrame({"issue_id": ["chengxi_ribao-x"], "newspaper_id": ["chengxi_ribao"]} | dates)
    frames = assemble({name: frame.lazy() for name, frame in rows.items()}, page_ids.lazy(), issues.lazy())
    articles = frames["articles"].collect().sort("article_id")
    assert articles["article_id"].to_list() == ["chengxi_ribao-x-p0000-i001", "chengxi_ribao-x-p0001-i001"]
    assert articles["published_on"].to_list() == [issue_date] * 2
    assert ["undated" in flags for flags in articles["flags"]] == [issue_date is None] * 2
    assert set(frames) == {"pages", "blocks", "articles", "contributors", "spans"}


LATER = "本报讯（记者何一舟）7月4日，云岭区召开防汛工作会议，要求各镇逐户排查，不漏一户。区里部署2023年工作。"
EARLY = "本报讯（记者林溪）9月25日，云岭区举行歌咏比赛，干部群众放声歌唱。今年是新中国成立70周年。"


@pytest.mark.parametrize(
    ("issue_date", "flagged"),
    [(date(2023, 7, 5), [False, True]), (date(2019, 9, 26), [True, False]), (None, [True, True])],
)
def test_an_article_of_another_time_than_its_issue_is_flagged(
    issue_date: date | None, flagged: list[bool], language: LanguageModel
) -> None:
    data = f"区里防汛\n\n{LATER}\n\n歌咏比赛\n\n{EARLY}".encode()
    parts = file_rows([read_file(data, file_name="a.txt", sha256="0" * 64, language=language)])
    page = {"page_no": [1], "page_label": [None], "issue_id": ["x"], "page_id": ["x-p0001"]}
    page_ids = pl.DataFrame(parts["pages"].select(PAGE_KEY)).hstack(pl.DataFrame(page))
    dates = {name: pl.Series([issue_date], dtype=pl.Date) for name in ("date_lower", "date_upper", "issue_date")}
    issues = pl.DataFrame({"issue_id": ["x"], "newspaper_id": ["x"]} | dates)
    frames = assemble({name: frame.lazy() for name, frame in parts.items()}, page_ids.lazy(), issues.lazy())
    articles = frames["articles"].collect().sort("article_id")
    assert ["dates_disagree" in flags for flags in articles["flags"]] == flagged


def test_a_block_of_no_article_has_no_article_id(language: LanguageModel) -> None:
    data = f"{PAGE}\n\n本社地址：云溪路1号 邮编：460000".encode()
    read = read_file(data, file_name="a.txt", sha256="0" * 64, language=language)
    assert file_rows([read])["blocks"].filter(kind="colophon")["article_no"].to_list() == [None]
