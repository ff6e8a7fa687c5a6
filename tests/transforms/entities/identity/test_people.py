import pytest

from tests.transforms.entities.identity.press import Press, organisation, person, place

YUNLING = place("云岭区")
ONE, TWO = True, False


@pytest.mark.parametrize(
    ("first", "second", "are_one"),
    [
        pytest.param("云岭区委书记", "区委书记", ONE, id="the same office in full and in short"),
        pytest.param("云岭区副区长", "云岭区区长", ONE, id="promoted in one organisation"),
        pytest.param("区委常委、组织部长", "云岭区委组织部部长", ONE, id="one of two offices"),
        pytest.param("云岭区水务局副局长", "区水务局党组书记、局长", ONE, id="promoted in one bureau"),
        pytest.param("云岭区区长", "云岭区委书记", ONE, id="from government to party, in one district"),
        pytest.param("青石街道办事处主任", "青石街道党工委书记", ONE, id="two offices of one street"),
        pytest.param("云岭区水务局局长", "云岭区民政局局长", TWO, id="heads of two bureaus"),
        pytest.param("云岭区委书记", "澄北区委书记", TWO, id="the same post in two districts"),
        pytest.param("梧桐里社区居民", "云岭区民政局局长", TWO, id="an official and a villager"),
        pytest.param("青年画家", "云岭区民政局局长", TWO, id="an office, and none"),
        pytest.param(None, None, TWO, id="names alone"),
        pytest.param("梧桐里社区居民", "梧桐里社区居民", ONE, id="of one neighbourhood"),
        pytest.param("云岭区居民", "云岭区居民", TWO, id="of one district, which has half a million"),
        pytest.param("云岭区第二小学教师", "云岭区第二小学校长", TWO, id="a teacher is not surely the headmaster"),
    ],
)
def test_one_name_is_one_person_where_the_offices_meet(
    press: Press, first: str | None, second: str | None, *, are_one: bool
) -> None:
    (_, one) = press.print("2023-03-01", YUNLING, person("郑启明", first))
    (_, other) = press.print("2023-09-01", YUNLING, person("郑启明", second))
    assert press.resolve().are_one(one, other) is are_one


def test_a_district_of_the_paper_is_read_from_the_text_not_from_other_texts(press: Press) -> None:
    _, one = press.print("2023-03-01", YUNLING, person("郑启明", "区委书记"))
    _, other = press.print("2023-03-02", place("澄北区"), person("郑启明", "区委书记"))
    (nowhere,) = press.print("2023-03-03", person("郑启明", "区委书记"), page=9)
    assert len({press.resolve().entity(mention) for mention in (one, other, nowhere)}) == 3


def test_a_bare_name_is_the_articles_person(press: Press) -> None:
    titled, bare = press.print("2023-03-01", person("郑启明", "云岭区水务局局长"), person("郑启明"))
    assert press.resolve().are_one(titled, bare)


def test_a_name_that_print_stretched_is_the_same_name(press: Press) -> None:
    stretched, bare = press.print("2023-03-01", person("郑　明", "云岭区水务局局长"), person("郑明"))
    assert press.resolve().are_one(stretched, bare)


def test_two_people_of_one_name_in_one_article_keep_their_own_bare_names(press: Press) -> None:
    head, his, maker, hers = press.print(
        "2023-03-01",
        person("郑启明", "云岭区委书记"),
        person("郑启明"),
        person("郑启明", "城南小学校长"),
        person("郑启明"),
    )
    answer = press.resolve()
    assert answer.are_one(head, his)
    assert answer.are_one(maker, hers)
    assert not answer.are_one(head, maker)


def test_a_bare_name_is_the_one_person_of_its_page(press: Press) -> None:
    (titled,) = press.print("2023-03-01", person("郑启明", "云岭区水务局局长"))
    (bare,) = press.print("2023-03-01", person("郑启明"))
    (elsewhere,) = press.print("2023-03-01", person("郑启明"), page=2)
    answer = press.resolve()
    assert answer.are_one(titled, bare)
    assert not answer.are_one(titled, elsewhere)
    assert answer.decision("郑启明", "郑启明") is not None


def test_a_bare_name_beside_two_people_of_its_page_is_left_open(press: Press) -> None:
    (head,) = press.print("2023-03-01", person("郑启明", "云岭区水务局局长"))
    (maker,) = press.print("2023-03-01", person("郑启明", "城南陶器厂厂长"))
    (bare,) = press.print("2023-03-01", person("郑启明"))
    answer = press.resolve()
    assert len({answer.entity(mention) for mention in (head, maker, bare)}) == 3
    assert {link["decision"] for link in answer.links()} == {"kept_apart", "undecided"}


def test_namesakes_with_offices_on_one_page_are_kept_apart_and_it_is_said_why(press: Press) -> None:
    press.print("2023-03-01", YUNLING, person("郑启明", "区委书记"))
    press.print("2023-03-01", YUNLING, person("郑启明", "云岭区工商联副主席、青山陶瓷艺术大师"))
    (link,) = press.resolve().links(decided_by="entities.two-on-one-page")
    assert link["decision"] == "kept_apart"
    assert "工商联" in link["evidence"]


def test_offices_that_one_text_names_together_are_one_persons_everywhere(press: Press) -> None:
    _, head = press.print("2023-01-01", YUNLING, person("郑启明", "云岭区水务局局长"))
    press.print("2023-02-01", YUNLING, person("郑启明", "云岭区水务局局长、澄溪河长制协会会长"))
    (chair,) = press.print("2023-03-01", person("郑启明", "澄溪河长制协会会长"))
    assert press.resolve().are_one(head, chair)


def test_a_chain_of_offices_is_cut_where_its_ends_clash(press: Press) -> None:
    for day in ("2023-01-01", "2023-06-01"):
        press.print(day, person("郑启明", "云岭区水务局局长"))
        press.print(day, person("郑启明", "澄北区民政局局长"))
    press.print("2023-02-01", person("郑启明", "云岭区水务局局长、澄溪书画协会会长"))
    press.print("2023-03-01", person("郑启明", "澄北区民政局局长、澄溪书画协会会长"))
    answer = press.resolve()
    offices = dict(
        zip(
            answer.resolution.mention_entities["mention_id"],
            answer.resolution.mention_entities["entity_id"],
            strict=True,
        )
    )
    assert len(set(offices.values())) == 2
    (refused,) = answer.links(decided_by="entities.offices-of-one-text", decision="kept_apart")
    assert "at one time" in refused["evidence"]


def test_a_long_silence_parts_the_holders_of_one_office(press: Press) -> None:
    (early,) = press.print("2003-01-01", person("郑启明", "云岭区水务局局长"))
    (late,) = press.print("2019-01-01", person("郑启明", "云岭区水务局局长"))
    answer = press.resolve()
    assert not answer.are_one(early, late)
    assert answer.links()[0]["decided_by"] == "entities.long-silence"


def test_a_title_that_points_back_means_the_body_named_before(press: Press) -> None:
    _, of_street = press.print("2023-03-01", organisation("青石街道"), person("林可心", "该街道办事处主任"))
    (in_full,) = press.print("2023-08-01", person("林可心", "青石街道办事处主任"))
    _, of_other = press.print("2023-09-01", organisation("白沙街道"), person("林可心", "该街道办事处主任"))
    answer = press.resolve()
    assert answer.are_one(of_street, in_full)
    assert not answer.are_one(of_street, of_other)


def test_credits_are_people_of_their_paper(press: Press) -> None:
    press.print("2023-03-01", credited=[("reporter", "何一舟"), ("correspondent", "郑启明")])
    press.print("2023-03-02", credited=[("photographer", "何一舟")])
    press.print("2023-03-02", person("郑启明", "云岭区水务局局长"))
    press.print("2023-03-03", credited=[("reporter", "何一舟")], paper="chengxi_ribao")
    answer = press.resolve()
    written_by = answer.resolution.contributor_entities
    reporters = written_by.filter(contributor_no=1)["entity_id"]
    assert reporters.n_unique() == 2
    assert not set(written_by["entity_id"]) & set(answer.resolution.mention_entities["entity_id"])


def test_a_reprint_is_no_second_witness_and_no_second_person(press: Press) -> None:
    (one,) = press.print("2023-03-01", person("郑启明"), name="001")
    first = press.mentions[0]["article_uid"]
    for row in press.mentions:
        row["cluster_id"] = f"c-{first}"
    (other,) = press.print(
        "2023-03-08", person("郑启明"), paper="chengxi_ribao", cluster=f"c-{first}", is_canonical=False
    )
    answer = press.resolve()
    assert answer.are_one(one, other)
    assert answer.resolution.entities["text_count"].to_list() == [1]
    assert answer.resolution.entities["issue_count"].to_list() == [2]


def test_undated_issues_prove_no_clash_but_name_people(press: Press) -> None:
    (one,) = press.print(None, person("郑启明", "云岭区水务局局长"))
    (other,) = press.print("2023-03-01", person("郑启明", "云岭区水务局局长"))
    answer = press.resolve()
    assert answer.are_one(one, other)
    assert answer.resolution.entities["first_date"].null_count() == 0


def test_where_the_paper_is_unknown_credits_are_held_to_the_district_told_of(press: Press) -> None:
    by = [("reporter", "何一舟")]
    press.print("2023-03-01", YUNLING, YUNLING, credited=by, paper="unknown")
    press.print("2023-03-02", YUNLING, YUNLING, credited=by, paper="yunling_chenbao")
    press.print("2023-03-03", place("澄北区"), place("澄北区"), credited=by, paper="unknown")
    press.print("2023-03-04", credited=by, paper="unknown", page=4)
    assert press.resolve().resolution.contributor_entities["entity_id"].n_unique() == 3


def test_the_paper_itself_is_no_other_organisation_of_a_credit(press: Press) -> None:
    press.print("2023-03-01", credited=[("reporter", "何一舟")])
    press.print("2023-03-02", credited=[("reporter", "何一舟")])
    press.credits[-1]["organisation"] = "本报"
    assert press.resolve().resolution.contributor_entities["entity_id"].n_unique() == 1


def test_a_sort_of_body_without_its_name_is_the_one_named_before(press: Press) -> None:
    _, bare = press.print("2023-03-01", organisation("云岭区水务局"), person("郑启明", "局副局长"))
    (full,) = press.print("2023-05-01", person("郑启明", "云岭区水务局局长"))
    assert press.resolve().are_one(bare, full)


def test_an_office_that_was_held_before_clashes_with_none_of_today(press: Press) -> None:
    (before,) = press.print("2023-01-01", person("郑启明", "云岭区水务局局长"))
    press.print("2023-03-01", person("郑启明", "原云岭区水务局局长、云岭区商务局局长"), person("郑启明"))
    (after,) = press.print("2023-02-20", person("郑启明", "云岭区商务局局长"))
    assert press.resolve().are_one(before, after)


def test_villages_of_one_name_are_those_of_their_districts(press: Press) -> None:
    *_, one = press.print("2023-03-01", YUNLING, YUNLING, person("郑启明", "石桥村党支部书记"))
    *_, same = press.print("2023-03-02", person("郑启明", "云岭区石桥村党支部书记"))
    *_, other = press.print(
        "2023-03-02", place("澄北区"), place("澄北区"), person("郑启明", "石桥村党支部书记"), page=2
    )
    (nowhere,) = press.print("2023-03-02", person("郑启明", "石桥村党支部书记"), page=3)
    answer = press.resolve()
    assert answer.are_one(one, same)
    assert len({answer.entity(mention) for mention in (one, other, nowhere)}) == 3


def test_a_page_without_a_paper_makes_no_one_reporter_of_two_papers(press: Press) -> None:
    by = [("reporter", "何一舟")]
    for month, paper in enumerate(("yunling_chenbao", "unknown", "chengxi_ribao"), start=1):
        press.print(f"2023-0{month}-01", YUNLING, YUNLING, credited=by, paper=paper)
    answer = press.resolve()
    assert answer.resolution.contributor_entities["entity_id"].n_unique() == 2
    assert "two papers" in answer.links(kind="person", decision="kept_apart")[0]["evidence"]


@pytest.mark.parametrize("bureau", ["水务局", "民政局"])
def test_a_naming_of_two_offices_that_clash_joins_no_two_people(press: Press, bureau: str) -> None:
    press.print("2023-03-01", YUNLING, person("郑启明", f"云岭区{bureau}负责人"))
    press.print("2023-09-01", YUNLING, person("郑启明", "云岭区水务局局长、云岭区民政局局长"))
    answer = press.resolve()
    assert answer.links(decided_by="entities.offices-of-one-text", decision="kept_apart")
    joined = answer.links(decided_by="entities.one-organisation", decision="joined")
    assert [link["entity_id_a"] for link in joined] == [link["entity_id_b"] for link in joined]
    assert joined
