from datetime import date, timedelta
from random import Random

import polars as pl
import pytest

from tests.transforms.reuse.conftest import TELEGRAMS
from transforms.reuse import find
from transforms.reuse.find import find_reuse
from transforms.reuse.report import Reuse
from warehouse.errors import ContractFault
from warehouse.tables.clusters import ClusterMembers, Clusters

DAY = date(2019, 3, 6)
HOUSE = "老木匠周石生在西街修了四十年农具，店里挂着一百多把刨子，最旧的一把是他爷爷留下的。清早开门，他先把炉火拨旺，"
MATCH = "县中学生篮球赛昨晚收场，东关中学以61比54胜了河口中学，王小满一人拿下23分，赛后被评为最佳球员。"
SCRIPT = str.maketrans("县学赛东关场胜满评为员", "縣學賽東關場勝滿評為員")


def on(day: int) -> dict[str, object]:
    issue = DAY + timedelta(days=day)
    return {"published_on": issue, "date_lower": issue, "date_upper": issue}


def roles_of(reuse: Reuse) -> list[str]:
    return reuse.cluster_members.sort("article_id")["role"].to_list()


def edit(text: str) -> str:
    sentences = text.split("。")
    return "。".join([*sentences[:4], sentences[6], sentences[5], *sentences[8:]]).replace("于是", "随后", 1)


@pytest.fixture
def article(write) -> str:
    return write(7, 30)


@pytest.mark.parametrize(
    ("reprint", "role"),
    [
        pytest.param(lambda text, _: text, "copy", id="exact"),
        pytest.param(lambda text, _: text.replace("。", " ,\n"), "copy", id="other marks and spaces"),
        pytest.param(
            lambda text, _: text.translate(str.maketrans("种运来从给灯马见说", "種運來從給燈馬見說")),
            "copy",
            id="other script",
        ),
        pytest.param(lambda text, _: text.replace("渔船", "渔(yú)船(chuán)"), "copy", id="pinyin notes"),
        pytest.param(lambda text, misread: misread(text, 0.01), "variant", id="OCR noise of 1 %"),
        pytest.param(lambda text, misread: misread(text, 0.08), "variant", id="OCR noise of 8 %"),
        pytest.param(lambda text, _: edit(text), "variant", id="sentences left out and moved, a word changed"),
        pytest.param(lambda text, _: text[: len(text) * 3 // 4], "variant", id="the last quarter cut off"),
        pytest.param(lambda text, _: text[150:320], "excerpt", id="a piece of it"),
        pytest.param(lambda text, misread: misread(text[150:320], 0.05), "excerpt", id="a damaged piece of it"),
    ],
)
def test_a_reprint_is_found(shelve, misread, article, reprint, role) -> None:
    shelf = shelve(
        {"body": article, "headline": "旧题"} | on(0), {"body": reprint(article, misread), "headline": "新题"} | on(2)
    )
    reuse = find_reuse(shelf)
    assert roles_of(reuse) == ["canonical", role]
    assert reuse.articles["is_canonical"].to_list() == [True, False]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            {"body": MATCH},
            {"body": MATCH.replace("东关", "柳林").replace("61比54", "48比40").replace("王小满", "何大川")},
            id="one template, another match",
        ),
        pytest.param(
            {"body": MATCH + HOUSE},
            {"body": MATCH.replace("61", "77").replace("54", "70").replace("23", "31") + HOUSE},
            id="the same but for the numbers",
        ),
        pytest.param(
            {
                "body": "图为南坡村民在果园里给梨树剪枝，为新一年的好收成做准备，村里请来了农技站的师傅指导。",
                "kind": "photo",
            },
            {
                "body": "图为北岸村民在果园里给梨树剪枝，为新一年的好收成做准备，村里请来了农技站的师傅指导。",
                "kind": "photo",
            },
            id="captions of two villages",
        ),
        pytest.param({"body": "停水通知见第四版。"}, {"body": "停水通知见第四版。"}, id="too short to prove anything"),
        pytest.param(
            {"body": "学校操场上的彩旗和鼓声", "headline": "城东小学运动会"},
            {"body": "学校操场上的彩旗和鼓声", "headline": "河口中学运动会"},
            id="one short body, two headlines",
        ),
        pytest.param({"body": "", "headline": "春耕图"}, {"body": "", "headline": "春耕图"}, id="no body"),
        pytest.param({"body": "——"}, {"body": "……"}, id="marks only"),
    ],
)
def test_a_look_alike_is_no_reprint(shelve, first, second) -> None:
    reuse = find_reuse(shelve(first, second))
    assert reuse.clusters.is_empty()
    assert reuse.articles["cluster_id"].null_count() == 2
    assert reuse.articles["is_canonical"].all()


@pytest.mark.parametrize(
    ("context", "clusters"),
    [
        pytest.param(on(1), 1, id="the day after"),
        pytest.param({}, 1, id="no one knows when"),
        pytest.param(on(365), 0, id="the year after"),
        pytest.param({"file_id": "0" * 16} | on(0), 0, id="in the same file"),
        pytest.param({"kind": "notice"} | on(1), 0, id="in a notice"),
    ],
)
def test_another_word_weighs_by_when_and_where_it_is_printed(shelve, write, context, clusters) -> None:
    body = write(4, 8).replace("傍晚", "清晨") + "傍晚众人第三次来到码头。" + write(5, 8).replace("傍晚", "清晨")
    first = {"body": body} | on(0) | {"kind": context.get("kind", "news")}
    assert find_reuse(shelve(first, {"body": body.replace("傍晚", "正月")} | context)).clusters.height == clusters


@pytest.mark.parametrize("context", [on(1), {}, on(365)], ids=["the day after", "no one knows when", "the year after"])
def test_another_ordinal_is_another_occasion_whenever_it_is_printed(shelve, write, context) -> None:
    body = write(4, 8) + "傍晚众人第三次来到码头。" + write(5, 8)
    counted = body.replace("第三次", "第四次")
    assert find_reuse(shelve({"body": body} | on(0), {"body": counted} | context)).clusters.is_empty()


@pytest.mark.parametrize(
    ("headlines", "context", "clusters"),
    [
        pytest.param(("县中学生篮球赛东关夺冠",) * 2, {}, 1, id="the same headline"),
        pytest.param(("县中学生篮球赛东关夺冠", "东关中学夺得县里的冠军"), {}, 0, id="another headline"),
        pytest.param(("篮球赛落幕",) * 2, {}, 0, id="a headline that any match may have"),
        pytest.param(("县中学生篮球赛东关夺冠",) * 2, {"kind": "notice"}, 0, id="a notice's headline"),
        pytest.param(("县中学生篮球赛东关夺冠",) * 2, {"file_id": "0" * 16}, 0, id="a headline twice in one file"),
    ],
)
def test_a_brief_item_with_another_word_needs_its_headline(shelve, headlines, context, clusters) -> None:
    bodies = MATCH, MATCH.replace("最佳球员", "首席射手")
    prints = [
        {"body": body, "headline": headline} | on(day) | context
        for day, (body, headline) in enumerate(zip(bodies, headlines, strict=True))
    ]
    assert find_reuse(shelve(*prints)).clusters.height == clusters


def test_two_reports_of_one_form_are_told_apart_by_the_others_of_it(shelve) -> None:
    prints = [{"body": body} | on(day) for body, day in zip(TELEGRAMS, (0, 1, 200, 400), strict=True)]
    assert find_reuse(shelve(*prints[:2])).cluster_members.height == 2, "nothing says which words are those of a form"
    assert find_reuse(shelve(*prints)).cluster_members.is_empty()


def test_a_follow_up_that_repeats_its_background_is_another_text(shelve, write) -> None:
    background = write(1, 9)
    reuse = find_reuse(shelve({"body": write(2, 9) + background} | on(0), {"body": write(3, 12) + background} | on(1)))
    assert reuse.clusters.is_empty()
    assert reuse.articles["novelty_share"].to_list() == pytest.approx([1.0, 12 / 21], abs=0.02)


def test_two_articles_that_share_boilerplate_are_two_texts(shelve, write) -> None:
    shelf = shelve(*({"body": write(0, 4) + write(number, 12)} for number in range(1, 91)))
    assert find_reuse(shelf).clusters.is_empty()


@pytest.mark.parametrize(
    ("prints", "canonical"),
    [
        pytest.param([on(3), on(1), on(2)], 1, id="the earliest"),
        pytest.param([{}, on(9), {}], 1, id="a dated one before undated ones"),
        pytest.param(
            [{"article_uid": "c" * 16}, {"article_uid": "a" * 16}, {"article_uid": "b" * 16}], 1, id="the smallest uid"
        ),
    ],
)
def test_one_print_is_canonical(shelve, article, prints, canonical) -> None:
    shelf = shelve(*({"body": article} | kind for kind in prints))
    reuse = find_reuse(shelf)
    assert reuse.clusters["canonical_article_id"].to_list() == [shelf["article_id"][canonical]]
    assert reuse.clusters["cluster_id"].to_list() == ["c-" + shelf["article_uid"][canonical]]
    assert reuse.articles.filter("is_canonical")["article_id"].to_list() == [shelf["article_id"][canonical]]


def test_of_undated_prints_the_longest_is_canonical(shelve, article) -> None:
    reuse = find_reuse(shelve({"body": article[:400]}, {"body": article}))
    assert reuse.articles["is_canonical"].to_list() == [False, True]


def test_a_cluster_counts_and_dates_its_prints(shelve, article) -> None:
    reuse = find_reuse(shelve({"body": article} | on(4), {"body": article}, {"body": article[:400]} | on(6)))
    assert reuse.clusters.select("size", "first_date", "last_date").rows() == [
        (3, DAY + timedelta(4), DAY + timedelta(6))
    ]


def test_tables_keep_their_declaration(shelve, article, misread) -> None:
    bodies = [article, article, misread(article, 0.05), article[100:300], HOUSE]
    reuse = find_reuse(shelve(*({"body": body} | on(day) for day, body in enumerate(bodies))))
    Clusters.validate(reuse.clusters)
    ClusterMembers.validate(reuse.cluster_members)
    assert roles_of(reuse) == ["canonical", "copy", "variant", "excerpt"]
    assert reuse.articles["novelty_share"].is_between(0, 1).all()


def test_a_copy_is_not_novel_and_its_first_print_is(shelve, article) -> None:
    reuse = find_reuse(shelve({"body": article} | on(1), {"body": article} | on(0), {"body": ""}))
    assert reuse.articles["novelty_share"].to_list() == [0.0, 1.0, 1.0]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_nothing(shelve, write, misread, seed) -> None:
    families = [
        {"body": body} | on(number % 9)
        for number in range(12)
        for text in [write(number, 14)]
        for body in (text, misread(text, 0.05), text[:180], text[100:200], text + write(number + 1, 14))
    ]
    shelf = shelve(*families, *({"body": MATCH.replace("61", str(score))} for score in range(40, 60)))
    rows = list(range(shelf.height))
    Random(seed).shuffle(rows)
    plain, shuffled = find_reuse(shelf), find_reuse(shelf[rows].lazy())
    assert plain.clusters.equals(shuffled.clusters)
    assert plain.cluster_members.equals(shuffled.cluster_members)
    assert plain.articles.equals(shuffled.articles)
    assert plain.clusters.height >= 12


def test_texts_too_many_to_be_sampled_at_once_give_the_same(shelve, article, misread, monkeypatch) -> None:
    bodies = [article, misread(article, 0.05), "老" * 9, HOUSE, HOUSE + article[100:300]]
    shelf = shelve(*({"body": body} | on(day) for day, body in enumerate(bodies)))
    at_once = find_reuse(shelf)
    monkeypatch.setattr(find, "SAMPLED_TEXTS", 1)
    monkeypatch.setattr(find, "TEXTS_AT_A_TIME", 2)
    in_batches = find_reuse(shelf)
    assert in_batches.articles.equals(at_once.articles)
    assert in_batches.reuse.equals(at_once.reuse)
    assert at_once.reuse.height >= 3


@pytest.mark.parametrize("size", [0, 1])
def test_a_small_shelf_is_no_special_case(shelve, size) -> None:
    reuse = find_reuse(shelve({"body": HOUSE}).head(size))
    assert (reuse.articles.height, reuse.clusters.height, reuse.cluster_members.height) == (size, 0, 0)
    Clusters.validate(reuse.clusters)
    ClusterMembers.validate(reuse.cluster_members)


def test_an_article_that_comes_twice_is_our_fault(shelve) -> None:
    shelf = shelve({"body": HOUSE})
    with pytest.raises(ContractFault, match="comes more than once"):
        find_reuse(pl.concat([shelf, shelf]))


def test_a_form_between_two_prints_of_another_one_is_as_far_as_the_nearer(shelve, write) -> None:
    form = write(9, 16)
    other = form.replace(form[60:62], "周广", 1)
    prints = {"body": form, **on(0)}, {"body": form, **on(800)}
    assert cluster_sizes(find_reuse(shelve(*prints, {"body": other, **on(400)}))) == [2]
    assert cluster_sizes(find_reuse(shelve(*prints, {"body": other, **on(799)}))) == [3]


def cluster_sizes(reuse: Reuse) -> list[int]:
    return reuse.clusters.filter(pl.col("size") > 1)["size"].to_list()
