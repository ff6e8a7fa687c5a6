from collections.abc import Callable

import pytest

Surfaces = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("近日，区纪委监委到云岭区政务服务和大数据管理局调研。", ["区纪委监委", "云岭区政务服务和大数据管理局"]),
        ("区委组织部、市总工会联合发文。", ["区委组织部", "市总工会"]),
        ("党中央、国务院和省委、省政府作出部署。", ["党中央", "国务院", "省委", "省政府"]),
        ("区教育局局长沈雪琴走访区实验小学。", ["区教育局", "区实验小学"]),
        ("望杏街道办事处主任说。", ["望杏街道办事处"]),
        ("昨天，记者从澄溪市中级人民法院获悉。", ["澄溪市中级人民法院"]),
        ("中国银行澄源路支行为驰远精工轴承有限公司授信。", ["中国银行澄源路支行", "驰远精工轴承有限公司"]),
        ("与浙江大学、南京农业大学等5所高校签约。", ["浙江大学", "南京农业大学"]),
        ("走访驰远公司、开朗石墨等企业。", ["驰远公司", "开朗石墨"]),
        ("走进云岭市第二中学，又到区第三小学。", ["云岭市第二中学", "区第三小学"]),
        ("国网云岭县供电公司和团县委联手。", ["国网云岭县供电公司", "团县委"]),
        ("县人民政府、县人武部负责。", ["县人民政府", "县人武部"]),
        ("中铁十一局承建。", ["中铁十一局"]),
        ("云岭县青垄乡原白鹿小学校长。", ["白鹿小学"]),
        ("与锐驰科技、蓝海智造等12家企业签约。", ["锐驰科技", "蓝海智造"]),
        ("云岭市三中的学生走进市中级人民法院。", ["云岭市三中", "市中级人民法院"]),
        ("县人民法院把法庭搬到村口。", ["县人民法院"]),
        ("认定云岭电气、宝华特种陶瓷两家企业为示范企业。", ["云岭电气", "宝华特种陶瓷"]),
    ],
)
def test_organisations_are_found_whole(surfaces: Surfaces, body: str, named: list[str]) -> None:
    assert surfaces(body, "organisation") == named


@pytest.mark.parametrize(
    "body",
    [
        "该公司负责人说，各部门要配合企业，各街道要行动起来。",
        "全体干部群众改变了格局，办理手续的办法全部公开。",
        "食品、机械、化工等企业复工。",
        "走访商会协会。",
        "东岗村到学校隔着一条河。",
        "两家股份公司、一家有限公司先后倒闭，成立股份有限公司须有发起人。",
        "县人大代表说，要办好一中、办强一小。",
        "绿色食品产值破百亿，智能装备制造负责人会议召开。",
        "省、直辖市人民政府的主管部门批准。",
        "小区政府采购的设备到了。",
        "该局安排专人值守，每家医院、两所学校都有值班人员。",
    ],
)
def test_what_any_organisation_is_called_names_none(surfaces: Surfaces, body: str) -> None:
    assert surfaces(body, "organisation") == []


def test_a_company_is_known_by_its_first_words_with_its_place_or_without(surfaces: Surfaces) -> None:
    body = "云岭市晶润新材料股份有限公司投产。晶润新材的车间里，云岭市重型机械有限公司在装重型机械。"
    assert surfaces(body, "organisation") == ["云岭市晶润新材料股份有限公司", "晶润新材", "云岭市重型机械有限公司"]


def test_a_place_right_before_an_organisation_is_part_of_its_name(surfaces: Surfaces) -> None:
    body = "洛阳市涧西区委书记在洛阳市涧西区人民政府讲话。"
    assert surfaces(body, "organisation") == ["洛阳市涧西区委", "洛阳市涧西区人民政府"]
    assert surfaces(body, "place") == []
