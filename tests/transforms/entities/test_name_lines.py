import pytest

from flows.reference import load_names
from transforms.entities.people import find_people
from transforms.printed import PrintedArticle


def people(body: str) -> list[str]:
    article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body)
    return [mention.surface for mention in find_people(article, load_names())]


HONOURED = "余干 金山乡大学生村官\n艾米（女） 市少年宫舞蹈教师\n漆黑 赣东学院辅导员"


def test_a_list_with_a_line_each_names_people_also_by_words() -> None:
    assert people(f"名单如下：\n{HONOURED}\n表彰会昨天举行。") == ["余干", "艾米", "漆黑"]


def test_two_lines_are_no_list() -> None:
    assert people("漆黑 每公斤四元\n石榴 每公斤六元") == []


def test_who_signs_a_letter_is_named_behind_where_he_lives() -> None:
    assert people("我们盼着早日通车。\n石峡乡新堡子村　虎占山　万里") == ["虎占山", "万里"]


def test_credits_name_people() -> None:
    assert people("本报讯（记者/韦晴朗 摄影/农宏）代表团昨天到访。") == ["韦晴朗", "农宏"]


def test_appointments_with_sex_and_people_are_read_on() -> None:
    body = "任命：\n鄂文秀（女，满族）为县人民法院副院长；\n付崇义、迟贵、敖永和为县人民法院审判员。"
    assert people(body) == ["鄂文秀", "付崇义", "迟贵", "敖永和"]


def test_who_gives_up_an_office_is_named() -> None:
    assert people("会议决定接受暴玉山因工作调动辞去县人大常委会委员职务的请求。") == ["暴玉山"]


@pytest.mark.parametrize("size", range(1, len(HONOURED) + 1))
def test_lists_that_are_cut_off_raise_nothing(size: int) -> None:
    people(HONOURED[:size])
    people(HONOURED[:size] + "、")
