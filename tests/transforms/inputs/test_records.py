"""Articles of another system: each record stays one article with its headline, day and paper. All invented."""

import hashlib
import json
from datetime import date
from typing import Any

import pytest

from transforms.inputs.extract import extract_pages
from transforms.inputs.records import FIELDS
from transforms.language.model import LanguageModel
from transforms.pages.given import read_day
from transforms.read import FileRead, read_file
from warehouse.errors import SourceFault

BODY = (
    "本报讯（记者 纪明舟）停用八年的纺织厂库房，如今成了桂花巷社区食堂。\n旧书交换\n第3版\n"
    "社区书记何静说，菜单由居民投票定。"
)
RECORD = {
    "报纸": "澄溪日报",
    "日期": "2023-03-14",
    "版次": "A03",
    "标题": "旧厂房变身社区食堂",
    "作者": "卢小满",
    "正文": BODY,
}


def lines(*records: Any) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def read(data: bytes, language: LanguageModel, name: str = "export-2024-01-01.jsonl") -> FileRead:
    return read_file(data, file_name=name, sha256=hashlib.sha256(data).hexdigest(), language=language)


def refusals(data: bytes, name: str = "a.jsonl") -> list[tuple[str, str]]:
    return [(part.place, part.reason) for part in extract_pages(data, name).refused]


def test_a_record_is_one_article_whatever_its_body_looks_like(language: LanguageModel):
    (page,) = read(lines(RECORD), language).pages
    (article,) = page.articles
    assert article.parts["headline"].string == "旧厂房变身社区食堂"
    assert "旧书交换" in article.parts["body"].string
    assert "第3版" in article.parts["body"].string
    assert {(person.role, person.name) for person in article.contributors} == {
        ("author", "卢小满"),
        ("reporter", "纪明舟"),
    }
    assert (page.page_no, page.page_label) == (3, "A03")
    kinds = [(block.kind, block.rule_id) for block in page.blocks[:5]]
    assert kinds[0] == ("masthead", "given.newspaper")
    assert kinds[3] == ("headline", "given.headline")


def test_every_printed_character_of_a_record_is_in_one_block(language: LanguageModel):
    (page,) = read(lines(RECORD | {"栏目": "民生", "引题": "  老城\n新事", "副题": "每天一百八十份"}), language).pages
    covered = [at for block in page.blocks for at in range(block.raw_start, block.raw_end)]
    assert [at for at in covered if not page.raw_text[at].isspace()] == [
        at for at, character in enumerate(page.raw_text) if not character.isspace()
    ]


def test_each_record_has_its_own_day_and_paper_and_the_name_of_the_export_says_none(language: LanguageModel):
    other = RECORD | {"报纸": "云岭晨报", "日期": "2023/7/4"}
    undated = {"title": "无日期", "text": BODY}
    datings = read(lines(RECORD, other, undated), language).datings
    assert [(d.newspaper_id, d.issue_date, d.basis) for d in datings] == [
        ("chengxi_ribao", date(2023, 3, 14), "metadata"),
        ("yunling_chenbao", date(2023, 7, 4), "metadata"),
        ("unknown", None, None),
    ]
    assert all(dating.is_alone for dating in datings)
    (by_path,) = read(lines(undated), language, "chengxi-ribao/2023-03-14.jsonl").datings
    assert (by_path.newspaper_id, by_path.issue_date) == ("chengxi_ribao", None)


@pytest.mark.parametrize("part", FIELDS)
def test_a_field_has_many_names(part: str):
    for name in FIELDS[part]:
        value = {"date": "2023-03-14", "page": "3"}.get(part, "澄溪县今天晴")
        spelled = [name, name.upper(), f" {name[:1]}_{name[1:]}" if name.isascii() else f"{name}："]
        for spelling in spelled:
            record = {spelling: value} | ({} if part == "body" else {"正文": BODY})
            (page,) = extract_pages(lines(record), "a.jsonl").pages
            assert part in page.given, spelling


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2023-03-14", date(2023, 3, 14)),
        ("2023/3/4", date(2023, 3, 4)),
        ("20230314", date(2023, 3, 14)),
        ("2023年3月14日", date(2023, 3, 14)),
        ("2023-03-14T05:00:00+08:00", date(2023, 3, 14)),
        ("2023-03-14 00:00:00.0", date(2023, 3, 14)),
        ("2023-13-14", None),
        ("14 March 2023", None),
        ("2023-03-14 or so", None),
        ("", None),
    ],
)
def test_days_are_read_as_systems_write_them(words: str, day: date | None):
    assert read_day(words) == day


def test_what_cannot_be_used_is_refused_with_its_line_and_the_rest_is_read():
    bad = [
        '{"标题": "未完',
        '["不是对象"]',
        '{"标题": "没有正文"}',
        '{"正文": "' + "字" * 1_000_001 + '"}',
        '{"正文": "有字", "日期": "去年"}',
        '{"正文": {"p": "层层"}}',
        "[" * 100_000,
        '{"正文": "有字", "标题": "' + "长" * 501 + '"}',
    ]
    data = lines(RECORD) + b"\n\n" + "\n".join(bad).encode() + b"\n" + lines(RECORD)
    assert refusals(data) == [
        ("line 3", "bad_json"),
        ("line 4", "bad_json"),
        ("line 5", "no_body"),
        ("line 6", "too_large"),
        ("line 7", "bad_date"),
        ("line 8", "bad_field"),
        ("line 9", "bad_json"),
        ("line 10", "too_large"),
    ]
    assert len(extract_pages(data, "a.jsonl").pages) == 2


def test_many_bad_lines_are_counted_in_one_row():
    data = lines(RECORD) + b"\n{" * 1000
    parts = extract_pages(data, "a.jsonl").refused
    assert len(parts) == 201
    assert (parts[-1].reason, parts[-1].evidence) == ("and_more", "800 more parts are refused")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_of_any_encoding_and_mark_is_read(codec: str, mark: str):
    body = f'"停用八年的库房{mark}\r\n如今成了""食堂""。"'
    table = f"标题{mark}正文{mark}日期\r\n旧厂房变身{mark}{body}{mark}20230314\r\n\r\n"
    (page,) = extract_pages(table.encode(codec), "a.csv").pages
    assert page.given == ("date", "headline", "body")
    assert page.text == f'20230314\n旧厂房变身\n停用八年的库房{mark}\n如今成了"食堂"。'


def test_a_table_whose_header_is_not_understood_says_what_is_needed():
    with pytest.raises(SourceFault) as fault:
        extract_pages("甲,乙\n澄溪县今天晴,街上的人多\n".encode(), "a.csv")
    assert fault.value.reason == "unknown_header"
    assert "'甲', '乙'" in fault.value.evidence
    assert "正文" in fault.value.evidence


def test_a_bad_row_of_a_table_is_refused_with_its_line():
    table = "标题,正文\n晴,澄溪县今天晴\n多,一,格\n空,\n大," + "字" * 140_000 + "\n雨,澄溪县今天雨\n"
    assert refusals(table.encode(), "a.csv") == [("line 3", "bad_csv"), ("line 4", "no_body"), ("line 5", "bad_csv")]
    assert len(extract_pages(table.encode(), "a.csv").pages) == 2


def test_where_no_record_can_be_used_the_file_is_refused():
    with pytest.raises(SourceFault) as fault:
        extract_pages(b'{"a": 1}\n', "a.jsonl")
    assert fault.value.reason == "no_body"


def test_half_a_character_does_not_stop_the_lake(language: LanguageModel):
    (page,) = read(
        b'{"body": "\\ud83d \xe6\xbe\x84\xe6\xba\xaa\xe5\x8e\xbf\xe4\xbb\x8a\xe5\xa4\xa9\xe6\x99\xb4"}', language
    ).pages
    assert page.raw_text.encode()
