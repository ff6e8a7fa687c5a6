from collections.abc import Callable

import pytest

from transforms.blocks.pictures import is_picture_credit, label_pictures
from transforms.blocks.titles import title_groups
from transforms.blocks.units import Unit
from transforms.read import PageRead

Units = Callable[[str], list[Unit]]
Read = Callable[[str], PageRead]

NEWS = "3月11日，志愿者在松涧镇栽植黄连木，当天共栽种苗木四千余株，绿化荒坡五十多亩。"


def pictures(page: str, units_of: Units) -> tuple[dict[str, str], int]:
    units = units_of(page)
    labels, news = label_pictures(units, title_groups(units))
    return {units[index].string: label.kind for index, label in labels.items()}, len(news)


def test_a_headline_with_a_short_text_and_a_credit_is_photo_news(units_of: Units) -> None:
    assert pictures(f"栽下一片绿\n\n{NEWS}\n\n闻涛 摄", units_of) == ({"闻涛 摄": "credit"}, 1)


ARTICLE = NEWS * 12
OTHER = "6月5日，少年宫的学员在广场上放飞风筝。风筝节由美术社团发起，已经办了五届。"
SHOWN = "6月3日，松涧镇的孩子在溪边放生鱼苗。这条溪去年清过淤，鱼虾又多了起来。"


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        pytest.param(f"{ARTICLE}\n\n{SHOWN}\n\n闻涛 摄", "paragraph", id="at the end of a page"),
        pytest.param(f"{ARTICLE}\n\n{SHOWN}\n\n闻涛 摄\n\n一渠春水润麦苗\n\n{NEWS}", "paragraph", id="over a headline"),
        pytest.param(f"{ARTICLE}\n\n{SHOWN}\n\n闻涛 摄\n\n{OTHER}\n\n林溪 摄", "paragraph", id="over another"),
        pytest.param(f"{ARTICLE}\n\n{SHOWN}\n\n闻涛 摄\n\n{NEWS}", "caption", id="in the middle of an article"),
        pytest.param(f"{ARTICLE}{SHOWN}\n\n{SHOWN}\n\n闻涛 摄", "caption", id="of what the article says too"),
        pytest.param(f"{ARTICLE}\n\n{SHOWN[:20]}\n\n闻涛 摄", "caption", id="one sentence"),
        pytest.param(f"{ARTICLE}\n\n{SHOWN[5:]}\n\n闻涛 摄", "caption", id="without a day"),
    ],
)
def test_a_paragraph_that_tells_news_above_a_credit_is_no_caption(page: str, kind: str, units_of: Units) -> None:
    labels, _ = pictures(page, units_of)
    assert next(label for line, label in labels.items() if "摄" not in line) == kind
    assert labels.get("闻涛 摄") == ("credit" if kind == "paragraph" else None)


def test_its_photographer_is_credited_with_it_alone(read: Read) -> None:
    above, news = read(f"荒坡披新绿\n\n本报讯（记者林溪）{NEWS * 3}\n\n{SHOWN}\n\n闻涛 摄").articles
    assert [person.name for person in above.contributors] == ["林溪"]
    assert [person.name for person in news.contributors] == ["闻涛"]
    assert (news.kind, news.flags, news.parts["body"].string) == ("photo", ("no_headline",), SHOWN)


def test_a_line_above_a_credit_is_its_caption(units_of: Units) -> None:
    page = f"{NEWS * 12}\n\n栽树现场\n\n闻涛 摄\n\n{NEWS}"
    assert pictures(page, units_of) == ({"栽树现场": "caption"}, 0)


@pytest.mark.parametrize(
    ("credit", "labels"),
    [
        ("溪边的志愿者　闻涛 摄", {}),
        ("闻涛 摄", {f"{ARTICLE[:80]}。": "caption"}),
        ("松涧晚报　闻涛 摄", {f"{ARTICLE[:80]}。": "caption"}),
    ],
)
def test_a_line_that_says_what_is_shown_and_by_whom_leaves_the_text_above_it(
    credit: str, labels: dict[str, str], units_of: Units
) -> None:
    assert pictures(f"{ARTICLE}\n\n{ARTICLE[:80]}。\n\n{credit}\n\n{NEWS}", units_of)[0] == labels


def test_a_heading_over_a_picture_that_says_itself_what_it_shows_heads_no_news(units_of: Units) -> None:
    page = f"{ARTICLE}\n\n山坡披上绿装\n\n{NEWS}\n\n\n\n松涧镇植树比赛现场 闻涛摄\n\n溪水流进茶园\n\n{ARTICLE}"
    assert pictures(page, units_of) == ({}, 0)


def test_a_picture_in_the_middle_of_a_sentence_is_no_news(units_of: Units) -> None:
    page = f"栽下一片绿\n\n{NEWS[:-8]}\n\n志愿者在栽植苗木。\n\n闻涛 摄\n\n荒坡五十多亩。"
    assert pictures(page, units_of) == ({"志愿者在栽植苗木。": "caption"}, 0)


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("闻涛 摄", True),
        ("麦田丰收。闻涛 摄", True),
        ("（本版图片由闻涛、林溪摄）", False),
        ("（本报记者 何一舟）", False),
    ],
)
def test_a_credit_of_one_picture_is_told_from_one_of_the_page(line: str, holds: bool, units_of: Units) -> None:  # noqa: FBT001
    assert is_picture_credit(units_of(line)[-1]) is holds


@pytest.mark.parametrize(("above", "is_caption"), [("水渠通了，省水一半。", True), ("", False)])
def test_a_line_with_its_giver_between_paragraphs_is_a_caption(
    above: str,
    is_caption: bool,  # noqa: FBT001
    units_of: Callable[[str], list[Unit]],
) -> None:
    units = units_of(f"一渠春水\n\n{above}\n\n何一舟在田里看墒情。 受访者供图\n\n护栏也装了。")
    labels, news = label_pictures(units, title_groups(units))
    kinds = {units[index].string: label.kind for index, label in labels.items()}
    assert kinds == ({"何一舟在田里看墒情。": "caption"} if is_caption else {})
    assert not news


def test_a_line_that_says_what_is_shown_is_a_caption_in_a_report_and_text_in_a_photo_news(units_of: Units) -> None:
    shown = "图为志愿者在松涧镇栽树。"
    report = f"荒坡披新绿\n\n本报讯（记者林溪）{NEWS}\n\n{shown}"
    assert pictures(report, units_of)[0] == {shown: "caption"}
    assert shown not in pictures(f"荒坡披新绿\n\n{NEWS}\n\n{shown}\n\n闻涛 摄", units_of)[0]


def test_a_picture_inside_a_report_that_goes_on_below_it_is_no_news(units_of: Units) -> None:
    page = f"渠边种树\n\n松涧镇的荒坡去年修了水渠。\n\n一名志愿者在浇水。\n\n闻涛 摄\n\n{ARTICLE}"
    assert pictures(page, units_of) == ({"一名志愿者在浇水。": "caption"}, 0)
    assert pictures(page.replace("松涧镇", "3月11日，松涧镇"), units_of)[1] == 1
