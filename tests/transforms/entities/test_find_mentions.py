from tests.transforms.entities.conftest import Find
from transforms.entities.agreement import agree
from transforms.entities.records import Mention
from transforms.entities.stretches import Stretch, keep_longest


def test_nothing_overlaps_a_person(find: Find) -> None:
    body = "洛阳市领导何洛阳走访企业。"
    person = Mention(kind="person", surface="何洛阳", start=5, end=8, rule_id="person.office")
    assert [(m.kind, m.surface) for m in find(body, people=[person])] == [("place", "洛阳市"), ("person", "何洛阳")]


def test_the_longest_whole_naming_wins(find: Find) -> None:
    body = "洛阳市国际物流产业园管委会在洛阳市开会。"
    assert [(m.kind, m.surface) for m in find(body)] == [
        ("organisation", "洛阳市国际物流产业园管委会"),
        ("place", "洛阳市"),
    ]


def test_of_two_equal_namings_the_first_given_stays() -> None:
    organisation, project = Stretch(0, 4, "organisation", "a"), Stretch(0, 4, "project", "b")
    assert keep_longest([organisation, project, Stretch(3, 5, "place", "c")]) == [organisation]


def test_words_that_lead_to_a_name_found_alone_are_no_part_of_it() -> None:
    text = "硬化蓝屿物流园。蓝屿物流园开工。"
    led, alone = Stretch(0, 7, "project", "p"), Stretch(8, 13, "project", "p")
    assert agree(text, [led, alone], []) == [Stretch(2, 7, "project", "p"), alone]
    assert agree(text, [led, alone], [Stretch(0, 2, "place", "p")]) == [led, alone, Stretch(2, 7, "project", "p")]


def test_a_name_found_once_is_found_wherever_it_is_printed() -> None:
    text = "蓝屿物流园开工，走进蓝屿物流园"
    alone = Stretch(0, 5, "project", "p")
    assert agree(text, [alone], []) == [alone, Stretch(10, 15, "project", "p")]
