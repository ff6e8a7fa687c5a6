from collections.abc import Callable

import pytest

from transforms.blocks.signatures import SIGNED_ID, find_signatures
from transforms.blocks.units import NOTICE_END_ID, Unit
from transforms.read import PageRead

Units = Callable[[str], list[Unit]]
Read = Callable[[str], PageRead]

LETTER = "编辑同志：我家门前的水渠去年修通，渠边的护栏却一直没有装，孩子上学要贴着渠边走，大人放不下心。"
ESSAY = "修一条渠，要问一问用水的人。渠修在图上容易，修到田头难，难在有人一户一户去问。"
NOTICE = "因云溪路水管改造，3月9日8时至17时，麦坡镇东岗村、西岗村将停止供水，请居民提前储水。"


def named(units: list[Unit]) -> dict[str, tuple[str, str]]:
    return {unit.string: (unit.kind, unit.rule_id) for unit in find_signatures(units)}


@pytest.mark.parametrize("line", ["读者 何一舟", "□ 何一舟", "文/何一舟"])
def test_an_authors_line_is_a_byline_above_the_text_and_a_credit_below_it(line: str, units_of: Units) -> None:
    assert named(units_of(f"渠边少一道护栏\n\n{line}\n\n{LETTER}"))[line][0] == "byline"
    assert named(units_of(f"渠边少一道护栏\n\n{LETTER}\n\n{line}\n\n一条渠的账"))[line][0] == "credit"


@pytest.mark.parametrize("line", ["何一舟", "何溪", "（何一舟）", "（何一舟 林溪）", "麦坡镇小学教师 何一舟"])
def test_a_name_between_an_unsigned_text_and_the_next_one_signs(line: str, units_of: Units) -> None:
    page = f"修渠先问人\n\n{ESSAY}\n\n{line}\n\n渠边少一道护栏\n\n{LETTER}"
    assert named(units_of(page))[line] == ("credit", SIGNED_ID)


@pytest.mark.parametrize(
    "page",
    [
        f"修渠先问人\n\n{ESSAY}\n\n何一舟\n\n{LETTER}",
        f"修渠先问人\n\n本报讯（记者林溪）{ESSAY}\n\n何一舟\n\n渠边少一道护栏\n\n{LETTER}",
        f"修渠先问人\n\n{ESSAY}（本报记者 林溪）\n\n何一舟\n\n渠边少一道护栏\n\n{LETTER}",
        f"修渠先问人\n\n何一舟\n\n{ESSAY}",
        f"修渠先问人\n\n{ESSAY[:-1]}\n\n何一舟\n\n渠边少一道护栏\n\n{LETTER}",
        f"修渠先问人\n\n{ESSAY}\n\n何一舟\n\n2023年3月8日\n\n渠边少一道护栏\n\n{LETTER}",
    ],
    ids=["text below", "opened", "credited", "below the headline", "an open sentence", "a day below"],
)
def test_elsewhere_a_name_does_not(page: str, units_of: Units) -> None:
    assert named(units_of(page))["何一舟"][1] != SIGNED_ID


def test_question_and_answer_are_signed_each(units_of: Units) -> None:
    page = f"渠边能种树吗\n\n{LETTER}\n\n读者 何一舟\n\n{ESSAY}\n\n区林业站 林溪\n\n修渠先问人\n\n{ESSAY}"
    units = named(units_of(page))
    assert (units["读者 何一舟"][0], units["区林业站 林溪"]) == ("credit", ("credit", SIGNED_ID))


def test_a_writer_and_a_day_without_a_year_close_a_letter(units_of: Units) -> None:
    end = ["麦坡镇个体户 何一舟", "三月八日"]
    units = named(units_of("\n".join(["渠边少一道护栏", LETTER, *end, "修渠先问人", ESSAY])))
    assert {units[line] for line in end} == {("paragraph", NOTICE_END_ID)}


def test_an_authority_closes_a_notice_above_a_blank_line(units_of: Units) -> None:
    page = f"更正\n{NOTICE}\n本报编辑部\n\n麦坡镇：\n水渠修到地头\n{ESSAY}"
    assert named(units_of(page))["本报编辑部"] == ("paragraph", NOTICE_END_ID)
    assert named(units_of(page.replace("\n\n", "\n")))["本报编辑部"][0] == "title"


def test_who_closes_a_notice_stands_on_a_line_of_its_own_and_leaves_no_sentence_open(read: Read) -> None:
    page = f"停水公告\n{NOTICE}\n云岭区供水有限公司\n电话：6120011\n\n区供水公司：\n水费从此网上交\n本报讯　{ESSAY}"
    above, below = read(page).articles
    assert above.parts["body"].string.split("\n")[1:] == ["云岭区供水有限公司", "电话：6120011"]
    assert below.parts["headline"].string == "区供水公司：水费从此网上交"


@pytest.mark.parametrize("end", ["云岭区自来水公司", "云岭区水利局\n\n云岭区自来水公司", "局长　何一舟"])
def test_authority_and_day_close_a_notice(end: str, units_of: Units) -> None:
    units = named(units_of(f"停水通知\n\n{NOTICE}\n\n{end}\n\n2023年3月8日\n\n遗失声明\n\n{ESSAY}"))
    assert {units[line] for line in (*end.split("\n\n"), "2023年3月8日")} == {("paragraph", NOTICE_END_ID)}
    assert units["遗失声明"][0] == "title"


@pytest.mark.parametrize(
    "page",
    [
        f"停水通知\n\n{NOTICE}\n\n一渠春水润麦苗\n\n2023年3月8日\n\n{ESSAY}",
        f"云岭区自来水公司\n\n2023年3月8日\n\n停水通知\n\n{NOTICE}",
    ],
    ids=["a headline and its day", "at the top"],
)
def test_a_day_elsewhere_closes_none(page: str, units_of: Units) -> None:
    assert NOTICE_END_ID not in {rule_id for _, rule_id in named(units_of(page)).values()}


def test_the_title_of_an_advert_goes_with_it(units_of: Units) -> None:
    advert = "云溪路临街门面，水电齐全，价格面议。电话：0000-6120011"
    units = named(units_of(f"旺铺待租\n\n{advert}\n\n一渠春水润麦苗\n\n本报讯（记者林溪）{ESSAY}"))
    assert (units["旺铺待租"], units["一渠春水润麦苗"][0]) == (units[advert], "title")


def test_letters_on_one_page_are_articles_of_their_writers(read: Read) -> None:
    page = read(f"渠边少一道护栏\n\n{LETTER}\n\n读者 何一舟\n\n修渠先问人\n\n{LETTER}{ESSAY}\n\n市民 林溪")
    assert [article.parts["headline"].string for article in page.articles] == ["渠边少一道护栏", "修渠先问人"]
    people = [[(person.role, person.name) for person in article.contributors] for article in page.articles]
    assert people == [[("author", "何一舟")], [("author", "林溪")]]
    assert [article.parts["body"].string for article in page.articles] == [LETTER, LETTER + ESSAY]


@pytest.mark.parametrize(
    ("line", "name"), [("何一舟", "何一舟"), ("欧阳静", "欧阳静"), ("别古（麦坡镇 教师）", "别古")]
)
def test_a_name_between_a_headline_and_the_text_is_its_authors(line: str, name: str, read: Read) -> None:
    (article,) = read(f"修渠先问人\n\n{line}\n\n{ESSAY}").articles
    assert article.parts["headline"].string == "修渠先问人"
    assert [(person.role, person.name) for person in article.contributors] == [("author", name)]


def test_a_place_that_begins_as_a_surname_does_is_no_name(units_of: Units) -> None:
    page = f"渠边少一道护栏\n\n{LETTER}\n\n古城区 何一舟\n\n一条渠的账"
    assert named(units_of(page))["古城区 何一舟"] == ("credit", SIGNED_ID)


def test_an_authority_closes_a_notice_without_a_day_above_the_next_headline(units_of: Units) -> None:
    line = "云岭区供水有限公司"
    assert named(units_of(f"停水公告\n\n{NOTICE}\n\n{line}\n\n一条渠的账"))[line] == ("paragraph", NOTICE_END_ID)
    assert named(units_of(f"一渠春水\n\n{NOTICE}\n\n{line}\n\n一条渠的账"))[line][0] == "title"


@pytest.mark.parametrize(
    "line",
    [
        "何溪 林小溪",
        "何一舟、林小溪",
        "麦坡镇小学五（2）班 何一舟  指导教师 林小溪",
    ],
)
def test_several_names_and_a_pupils_with_the_teachers_are_authors_below_a_headline(line: str, units_of: Units) -> None:
    assert named(units_of(f"一条会唱歌的水渠\n\n{line}\n\n{ESSAY}"))[line][0] == "byline"


@pytest.mark.parametrize("line", ["麦坡镇小学五（2）班　何一舟", "何　溪", "漆　溪"])
def test_a_pupil_and_a_name_set_wide_are_authors_below_a_headline(line: str, units_of: Units) -> None:
    assert named(units_of(f"一条会唱歌的水渠\n\n{line}\n\n{ESSAY}"))[line][0] == "byline"


@pytest.mark.parametrize(
    "page",
    [
        f"摄影\n\n秋　收\n\n{ESSAY}",
        f"秋　收\n\n{ESSAY}",
        f"一条渠的账\n\n晒　秋\n\n{ESSAY}",
        f"一渠春水\n\n云岭开发区 高增长\n\n{ESSAY}",
        f"一渠春水\n\n高考 成绩\n\n{ESSAY}",
    ],
)
def test_two_words_over_a_text_are_its_headline(page: str, units_of: Units) -> None:
    assert "byline" not in {kind for kind, _ in named(units_of(page)).values()}


def test_a_letter_is_signed_above_its_answer(units_of: Units) -> None:
    page = f"渠边少一道护栏\n\n{LETTER}\n\n麦坡镇 何一舟\n\n区水利局答复：护栏三月底前装好，渠边已经立了警示牌。"
    assert named(units_of(page))["麦坡镇 何一舟"] == ("credit", SIGNED_ID)
    assert named(units_of(page.replace("答复：", "日前说，")))["麦坡镇 何一舟"][1] != SIGNED_ID


def test_a_reporter_over_a_headline_is_of_the_article_below(read: Read) -> None:
    page = f"渠该怎么修\n{ESSAY}\n\n本报记者　何一舟\n渠边少一道护栏\n{LETTER}"
    above, below = read(page).articles
    assert [person.name for person in below.contributors] == ["何一舟"]
    assert (above.contributors, below.parts["headline"].string) == ((), "渠边少一道护栏")
    above, below = read(page.replace("何一舟\n", "何一舟\n\n")).articles  # as far from both: it may sign
    assert [person.name for person in above.contributors] == ["何一舟"]


def test_who_asks_in_an_interview_closes_nothing_above_it(read: Read) -> None:
    page = f"渠该怎么修\n\n{ESSAY}（记者何一舟）\n\n问：渠修到哪里了？\n\n答：渠修到了田头，护栏也装了。"
    (article,) = read(page).articles
    assert "护栏也装了" in article.parts["body"].string
    assert [(person.role, person.name) for person in article.contributors] == [("reporter", "何一舟")]


@pytest.mark.parametrize("line", ["云岭区农技推广站 何一舟", "文学院2015级 何一舟", "云岭区医院营养科 商陆"])
def test_a_name_behind_an_institution_is_the_author_below_a_headline(line: str, units_of: Units) -> None:
    assert named(units_of(f"早稻育秧要防三害\n\n{line}\n\n{ESSAY}"))[line][0] == "byline"


@pytest.mark.parametrize(
    ("head", "is_author"),
    [("灯下漫笔：慢的滋味", True), ("安全茶座\n\n习惯最可怕", True), ("一条渠的账\n\n慢的滋味", False)],
)
def test_a_pen_name_stands_below_the_headline_of_an_essay(head: str, *, is_author: bool, units_of: Units) -> None:
    assert (named(units_of(f"{head}\n\n老麦子\n\n{ESSAY}"))["老麦子"][0] == "byline") is is_author
