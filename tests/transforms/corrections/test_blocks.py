import pytest

from tests.transforms.corrections.conftest import Correct, correction
from transforms.corrections.records import Correction, StaleCorrection
from transforms.read import PageRead
from transforms.spans import Text, coalesced

FIELD = "3月10日，麦坡镇东岗村的麦田里，水顺着新修的防渗渠漫进田垄，种粮大户任存粮蹲在地头，抓起一把土捏了捏。"
SCHOOL = "从本学期起，云岭区在五十八所中小学推行家长陪餐制度，每校每周不少于一次，陪餐名单通过抽签产生。"
BUS = "夜班公交新开两条线，从火车站到工业园，每半小时一班，票价两元，路线按夜间下班的人流画出来。"
FIRST = f"一渠春水润麦苗\n\n本报讯（记者何一舟）{FIELD}"
SECOND = f"家长走进校园后厨\n\n本报讯（记者陶雨霏）{SCHOOL}"


def rebuilt(part: Text) -> str:
    """Put a part together as a reader of the lake would."""
    pieces = coalesced(part.pieces)
    return "".join(
        part.raw[p.raw_start : p.raw_end] if p.rule_id is None else part.string[p.start : p.end] for p in pieces
    )


def articles(page: PageRead) -> dict[str, str]:
    """Headlines and bodies of a page; on the way, each part must be what its spans say."""
    for article in page.articles:
        assert all(rebuilt(text) == text.string for text in article.parts.values())
    assert [article.article_no for article in page.articles] == list(range(1, len(page.articles) + 1))
    covered = "".join(page.raw_text[block.raw_start : block.raw_end] for block in page.blocks)
    assert "".join(covered.split()) == "".join(page.raw_text.split())
    heads = (article.parts.get("headline") for article in page.articles)
    names = [head.string if head else f"no {number}" for number, head in enumerate(heads, start=1)]
    return dict(zip(names, (article.parts["body"].string for article in page.articles), strict=True))


def split(at: str, expect: str = "一渠春水润麦苗", **more: str) -> Correction:
    return correction(action="split_article", at=at, expect=expect, **more)


def join(at: str, expect: str = "none", **more: str) -> Correction:
    return correction(action="join_articles", at=at, expect=expect, **more)


def name(at: str, expect: str, becomes: str, **more: str) -> Correction:
    return correction(action="set_part", at=at, expect=expect, becomes=becomes, **more)


def test_a_unit_that_two_corrections_name_otherwise_is_told(correct: Correct) -> None:
    """The last one won in silence."""
    mine = [name("水顺着新修", "paragraph", "caption", id="a"), name("种粮大户", "paragraph", "heading", id="b")]
    with pytest.raises(StaleCorrection, match=r"correction a .* found that correction\.b makes it a heading; keep one"):
        correct(FIRST, *mine)
    assert correct(FIRST, mine[0], name("种粮大户", "paragraph", "caption", id="b")).articles


class TestSplit:
    def test_an_article_begins_with_the_words(self, correct: Correct) -> None:
        page = correct(f"{FIRST}\n\n{SCHOOL}\n\n{BUS}", split("从本学期起"))
        assert articles(page) == {"一渠春水润麦苗": FIELD, "no 2": f"{SCHOOL}\n{BUS}"}
        assert page.articles[1].flags == ("no_headline",)

    def test_a_headline_in_the_middle_of_a_line_is_one_behind_the_cut(self, correct: Correct) -> None:
        page = correct(f"{FIRST}{SECOND}", split("家长走进校园后厨"))
        assert articles(page) == {"一渠春水润麦苗": FIELD, "家长走进校园后厨": SCHOOL}
        assert [(p.role, p.name) for p in page.articles[1].contributors] == [("reporter", "陶雨霏")]

    def test_a_heading_becomes_the_headline(self, correct: Correct) -> None:
        heads = ("新渠省水", "新渠省工", "新渠省钱")
        text = f"{FIRST}\n\n" + "\n\n".join(f"{head}\n\n{FIELD}" for head in heads)
        page = correct(text, split("新渠省工"))
        assert list(articles(page)) == ["一渠春水润麦苗", "新渠省工"]
        head = next(block for block in page.blocks if block.text.string == "新渠省工")
        assert (head.kind, head.rule_id) == ("headline", "correction.mended")

    def test_two_splits_do_not_mind_each_other(self, correct: Correct) -> None:
        text = f"{FIRST}\n\n{SCHOOL}\n\n{BUS}"
        page = correct(text, split("夜班公交", id="b"), split("从本学期起", id="a"))
        assert articles(page) == {"一渠春水润麦苗": FIELD, "no 2": SCHOOL, "no 3": BUS}

    @pytest.mark.parametrize(
        ("at", "expect", "words"),
        [
            ("家长走进", "家长走进校园后厨", "an article begins there already"),
            ("从本学期起", "一渠春水润麦苗", "found '家长走进校园后厨'"),
            ("本社地址", "一渠春水润麦苗", "found 'no article'"),
            ("秋收", "一渠春水润麦苗", "found them nowhere"),
            ("本报讯", "一渠春水润麦苗", "found them more than once"),
        ],
    )
    def test_a_stale_one_says_what_was_found(self, correct: Correct, at: str, expect: str, words: str) -> None:
        text = f"{FIRST}\n\n{SECOND}\n\n本社地址：云溪路1号 邮编：460000 印刷：本社印刷厂"
        with pytest.raises(StaleCorrection, match=words) as fault:
            correct(text, split(at, expect))
        assert str(fault.value).startswith("corrections/a.yaml:1: correction mended of a/p01.txt expects ")


class TestJoin:
    def test_an_article_goes_on_from_the_one_above(self, correct: Correct) -> None:
        text = f"{FIRST}\n\n本报讯（记者陶雨霏）{SCHOOL}\n\n{SECOND.replace(SCHOOL, BUS)}"
        page = correct(text, join("从本学期起"))
        assert articles(page) == {"一渠春水润麦苗": f"{FIELD}\n{SCHOOL}", "家长走进校园后厨": BUS}

    def test_what_was_a_headline_is_a_heading_inside(self, correct: Correct) -> None:
        page = correct(f"{FIRST}\n\n{SECOND}", join("从本学期起", "家长走进校园后厨"))
        assert articles(page) == {"一渠春水润麦苗": f"{FIELD}\n家长走进校园后厨\n{SCHOOL}"}

    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
    def test_it_goes_on_from_the_article_that_is_named_wherever_that_stands(
        self, correct: Correct, order: tuple[int, ...]
    ) -> None:
        parts = [FIRST, SECOND, f"夜班公交\n\n本报讯（记者邵晨）{BUS}"]
        text = "\n\n".join(parts[number] for number in order)
        page = correct(text, join("每半小时一班", "夜班公交", after="种粮大户任存粮"))
        assert articles(page)["一渠春水润麦苗"] == f"{FIELD}\n夜班公交\n{BUS}"
        assert [block.raw_start for block in page.blocks] == sorted(block.raw_start for block in page.blocks)

    def test_a_rest_is_split_off_and_joined_to_another(self, correct: Correct) -> None:
        text = f"{FIRST}\n\n{SECOND}\n\n{BUS}"
        page = correct(
            text,
            split("夜班公交", "家长走进校园后厨", id="a"),
            join("票价两元", "家长走进校园后厨", after="种粮大户", id="b"),
        )
        assert articles(page) == {"一渠春水润麦苗": f"{FIELD}\n{BUS}", "家长走进校园后厨": SCHOOL}

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"at": "种粮大户", "expect": "一渠春水润麦苗"}, "no article to go on from"),
            (
                {"at": "从本学期起", "expect": "家长走进校园后厨", "after": "每校每周"},
                "found one article already",
            ),
            ({"at": "从本学期起", "expect": "none"}, "found '家长走进校园后厨'"),
        ],
    )
    def test_a_stale_one_says_what_was_found(self, correct: Correct, facts: dict[str, str], words: str) -> None:
        with pytest.raises(StaleCorrection, match=words):
            correct(f"{FIRST}\n\n{SECOND}", join(**facts))


class TestSetPart:
    def test_a_unit_is_what_a_person_says(self, correct: Correct) -> None:
        page = correct(f"春管进行\n\n{FIRST}", name("春管进行", "kicker", "banner"))
        (article,) = page.articles
        assert {part: text.string for part, text in article.parts.items() if part != "body"} == {
            "section": "春管进行",
            "headline": "一渠春水润麦苗",
        }

    def test_a_scrap_belongs_to_no_article(self, correct: Correct) -> None:
        page = correct(f"{FIRST}\n\n{SCHOOL}", name("从本学期起", "paragraph", "scrap"))
        assert articles(page) == {"一渠春水润麦苗": FIELD}
        assert page.blocks[-1].article_no is None

    def test_a_unit_of_no_article_counts_to_the_one_that_it_stands_at(self, correct: Correct) -> None:
        page = correct(
            f"{FIRST}\n\n新时代 新征程 新伟业\n\n本报讯（记者陶雨霏）{SCHOOL}",
            name("新时代 新征程", "banner", "headline"),
        )
        assert articles(page) == {"一渠春水润麦苗": FIELD, "新时代 新征程 新伟业": SCHOOL}

    def test_a_paragraph_named_a_byline_is_read_as_one(self, correct: Correct) -> None:
        text = f"一渠春水润麦苗\n\n何溪、林溪，现场目击。\n\n{FIELD}"
        assert correct(text).articles[0].contributors == ()
        page = correct(text.replace("，现场目击。", ""), name("何溪、", "subhead", "byline"))
        assert [person.name for person in page.articles[0].contributors] == ["何溪", "林溪"]

    def test_words_over_several_units_name_them_all(self, correct: Correct) -> None:
        page = correct(f"{FIRST}\n\n{SCHOOL}\n\n{BUS}", name("产生。\n\n夜班", "paragraph", "caption"))
        assert articles(page) == {"一渠春水润麦苗": FIELD}

    def test_a_stale_one_says_what_the_unit_is(self, correct: Correct) -> None:
        with pytest.raises(StaleCorrection, match="expects 'heading' at '一渠春水', found 'headline'"):
            correct(FIRST, name("一渠春水", "heading", "caption"))


def test_a_page_without_corrections_is_read_as_ever(correct: Correct) -> None:
    text = f"{FIRST}\n\n{SECOND}"
    assert correct(text) == correct(text, correction(action="set_paper", expect="unknown", becomes="澄溪日报"))
