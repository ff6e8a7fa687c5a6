import pytest

from tests.transforms.entities.identity.press import Press, campaign, organisation, person, project

CHIEF, DEPUTY, STAFF = "青石街道办事处主任", "青石街道办事处副主任", "青石社区居民"
ONE, TWO = True, False


@pytest.mark.parametrize(
    ("right", "wrong", "title", "are_one"),
    [
        pytest.param("林可清", "林可情", CHIEF, ONE, id="looks alike, in one seat"),
        pytest.param("林可清", "林可青", DEPUTY, ONE, id="sounds alike, one of several deputies"),
        pytest.param("林可清", "林可鸥", CHIEF, ONE, id="two of three characters, in one seat"),
        pytest.param("林可清", "林可鸥", DEPUTY, TWO, id="two of three characters, one of several deputies"),
        pytest.param("林可清", "林可青", STAFF, TWO, id="neighbours may have like names"),
        pytest.param("林清", "林欧", CHIEF, TWO, id="one of two characters is a surname"),
        pytest.param("林清", "林晴", CHIEF, ONE, id="two characters that sound alike"),
        pytest.param("林可清", "王可清", CHIEF, TWO, id="another surname"),
        pytest.param("林可清", "林树森", CHIEF, TWO, id="the next holder of the seat"),
    ],
)
def test_a_misprinted_name_is_joined_by_office_and_likeness(
    press: Press, right: str, wrong: str, title: str, *, are_one: bool
) -> None:
    (one,) = press.print("2023-03-01", person(right, title))
    (other,) = press.print("2023-09-01", person(wrong, title))
    assert press.resolve().are_one(one, other) is are_one


def test_like_names_in_two_offices_are_never_joined(press: Press) -> None:
    (one,) = press.print("2023-03-01", person("林可清", "青石街道办事处主任"))
    (other,) = press.print("2023-03-01", person("林可情", "白沙街道办事处主任"))
    assert not press.resolve().are_one(one, other)


def test_two_names_that_are_often_printed_are_both_right(press: Press) -> None:
    for day in range(1, 5):
        (early,) = press.print(f"2021-03-0{day}", person("林可清", CHIEF))
        (late,) = press.print(f"2023-03-0{day}", person("林可情", CHIEF))
    answer = press.resolve()
    assert not answer.are_one(early, late)
    assert answer.decision("林可清", "林可情") == "undecided"


def test_misprints_make_no_chain_from_name_to_name(press: Press) -> None:
    right, near, far = (
        press.print(f"2023-03-0{n}", person(name, CHIEF))[0] for n, name in enumerate(("林清", "林情", "林惜"), start=1)
    )
    answer = press.resolve()
    assert answer.are_one(right, near)
    assert not answer.are_one(near, far)
    assert answer.decision("林情", "林惜") == "kept_apart"


def test_the_evidence_says_what_differs_and_how_alike_it_is(press: Press) -> None:
    press.print("2023-03-01", person("林可清", CHIEF))
    press.print("2023-09-01", person("林可情", CHIEF))
    (link,) = press.resolve().links(decided_by="entities.misprint-in-office")
    assert link["score"] >= 0.8
    assert "清" in link["evidence"]
    assert "情" in link["evidence"]
    assert "主任 of 青石街道" in link["evidence"]


@pytest.mark.parametrize(
    ("right", "wrong", "are_one"),
    [
        pytest.param(project("遥山镜湖高端民宿度假区"), project("“逍山镜湖”乡村民宿文化园"), ONE, id="of a project"),
        pytest.param(project("遥山镜湖产业园"), project("遥山镜河产业园"), TWO, id="another water"),
        pytest.param(organisation("云岭区畜牧良种站"), organisation("云岭区畜收良种站"), ONE, id="of an organisation"),
        pytest.param(organisation("云岭区东风渠管理所"), organisation("云岭区西风渠管理所"), TWO, id="east and west"),
        pytest.param(campaign("清风行动"), campaign("情风行动"), ONE, id="of a campaign"),
        pytest.param(campaign("四个拜访"), campaign("四个家访"), TWO, id="another word"),
    ],
)
def test_a_misprinted_thing_is_joined_by_paper_and_likeness(
    press: Press, right: tuple[str, ...], wrong: tuple[str, ...], *, are_one: bool
) -> None:
    (one,) = press.print("2023-03-01", right)
    press.print("2023-04-01", right)
    (other,) = press.print("2023-09-01", wrong)
    assert press.resolve().are_one(one, other) is are_one
