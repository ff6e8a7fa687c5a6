from collections.abc import Callable

import pytest

Surfaces = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("省重点项目蓝屿创新科技园里灯火通明。", ["蓝屿创新科技园"]),
        (
            "遴选洛阳市临港物流产业新城、涧西区文体综合体建设项目。",
            ["洛阳市临港物流产业新城", "涧西区文体综合体建设项目"],
        ),
        ("加快东部药品冷链仓储中心项目建设。", ["东部药品冷链仓储中心项目"]),
        (
            "澄湖云庐亲子度假区、云上软件产业园等20个项目开工。",
            ["澄湖云庐亲子度假区", "云上软件产业园"],
        ),
        ("年产3000吨食用菌菌棒项目投产。", ["年产3000吨食用菌菌棒项目"]),
        ("近日，河南（洛阳）电子材料产业园开工。", ["河南（洛阳）电子材料产业园"]),
        ("总投资2亿元的白鹭大桥建成通车，在建的宁清高速公路年底完工。", ["白鹭大桥", "宁清高速公路"]),
        ("因环湖快速路柳亭段施工，车辆绕行。", ["环湖快速路柳亭段"]),
        ("在建的洛阳大桥年底通车。", ["洛阳大桥"]),
        ("大家来到“桃源里”乡村民宿产业园参观。", ["“桃源里”乡村民宿产业园"]),
    ],
)
def test_projects_are_found_whole(surfaces: Surfaces, body: str, named: list[str]) -> None:
    assert surfaces(body, "project") == named


@pytest.mark.parametrize(
    "body",
    [
        "全区36个重点项目加快推进，该项目总投资5亿元。",
        "新签约亿元以上项目17个，谋划储备项目126个。",
        "实施“三个一批”项目，推进基础设施建设工程。",
        "车过白鹭大桥，上了宁清高速公路。",
        "以创建全国卫生工作示范区为引领。",
    ],
)
def test_what_any_project_is_called_names_none(surfaces: Surfaces, body: str) -> None:
    assert surfaces(body, "project") == []
