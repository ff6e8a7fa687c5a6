import pytest

from transforms.articles.credits import (
    Contributor,
    distinct,
    read_authors,
    read_credit,
    read_dateline,
    read_opener,
    read_picture_credit,
    read_web_credit,
)

R, C, N, P, E = "reporter", "correspondent", "intern", "photographer", "editor"


def pairs(people: list[Contributor]) -> list[tuple[str, str]]:
    return [(person.role, person.name) for person in people]


@pytest.mark.parametrize(
    ("credit", "people"),
    [
        ("（记者王伟）", [(R, "王伟")]),
        ("（记者 王 伟）", [(R, "王伟")]),
        ("（记者王伟 通讯员李小明）", [(R, "王伟"), (C, "李小明")]),
        ("（本报记者 王 伟 李小明 通讯员 赵一、钱多多）", [(R, "王伟"), (R, "李小明"), (C, "赵一"), (C, "钱多多")]),
        ("（记者王伟、李小明 通讯员赵一山）", [(R, "王伟"), (R, "李小明"), (C, "赵一山")]),
        ("（记者王伟 实习生李小明）", [(R, "王伟"), (N, "李小明")]),
        ("（见习记者王伟）", [(R, "王伟")]),
        ("（实习记者王伟）", [(N, "王伟")]),
        ("（特约通讯员王伟）", [(C, "王伟")]),
        ("（全媒体记者王伟 文/图）", [(R, "王伟"), (P, "王伟")]),
        ("文/图 本报记者 王伟", [(R, "王伟"), (P, "王伟")]),
        ("（记者王伟 摄影李小明）", [(R, "王伟"), (P, "李小明")]),
        ("（记者欧阳明月）", [(R, "欧阳明月")]),
        ("（记者阿卜杜·热合曼）", [(R, "阿卜杜·热合曼")]),
        ("责编：王伟", [(E, "王伟")]),
        ("本报记者 王伟 采写", [(R, "王伟")]),
        ("（记者王伟，通讯员李小明；赵一山）", [(R, "王伟"), (C, "李小明"), (C, "赵一山")]),
        ("（记者）", []),
        ("（本报综合）", []),
    ],
)
def test_a_credit_names_roles_and_people(credit: str, people: list[tuple[str, str]]) -> None:
    assert pairs(read_credit(credit)) == people


def test_names_that_no_role_stands_before_have_the_fallback_role() -> None:
    assert pairs(read_credit("（王伟 通讯员李小明）", fallback=R)) == [(R, "王伟"), (C, "李小明")]
    assert pairs(read_credit("（王伟）")) == []


def test_the_paper_or_agency_is_kept_as_printed() -> None:
    people = read_credit("（澄溪日报记者王伟 通讯员李小明）")
    assert [person.organisation for person in people] == ["澄溪日报", None]


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("王伟 摄", ["王伟"]),
        ("王 伟 摄", ["王伟"]),
        ("（王伟 摄）", ["王伟"]),
        ("本报记者 王伟 摄", ["王伟"]),
        ("新华社记者 王伟 摄", ["王伟"]),
        ("本版图片由王伟、李小明摄", ["王伟", "李小明"]),
        ("王伟 李小明 摄影报道", ["王伟", "李小明"]),
        ("图片由王伟提供", ["王伟"]),
        ("资料图片", []),
        ("全区举办摄影展，市民踊跃参加", []),
        ("新华社发（王伟摄）", ["王伟"]),
    ],
)
def test_a_picture_credit_names_photographers(credit: str, names: list[str]) -> None:
    assert pairs(read_picture_credit(credit)) == [(P, name) for name in names]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("新华社北京3月2日电（记者王伟）会议召开。", [(R, "王伟")]),
        ("新华社北京3月2日电 （记者王伟、李小明）会议召开。", [(R, "王伟"), (R, "李小明")]),
        ("本报北京1月9日电（记者 王 伟 实习生 李小明）会议召开。", [(R, "王伟"), (N, "李小明")]),
        ("会议（记者王伟）召开。", []),
        ("新华社北京3月2日电 会议召开。", []),
    ],
)
def test_a_dateline_names_its_people(line: str, people: list[tuple[str, str]]) -> None:
    assert pairs(read_dateline(line)) == people


@pytest.mark.parametrize(
    ("line", "organisations"),
    [
        ("新华社北京3月2日电（记者王伟 通讯员李小明）会议召开。", ["新华社", None]),
        ("据新华社北京3月2日电 （记者王伟、李小明）会议召开。", ["新华社", "新华社"]),
        ("本报讯（记者王伟）会议召开。", ["本报"]),
        ("本报讯（澄溪晚报记者王伟）会议召开。", ["澄溪晚报"]),
        ("北京3月2日电（记者王伟）会议召开。", [None]),
    ],
)
def test_the_reporters_of_a_dateline_are_of_its_paper_or_agency(line: str, organisations: list[str | None]) -> None:
    assert [person.organisation for person in read_dateline(line)] == organisations


@pytest.mark.parametrize(
    ("line", "organisations"),
    [
        ("本报讯（记者王伟 通讯员李小明）", ["本报", None]),
        ("澄溪日报讯 记者王伟报道：", ["澄溪日报"]),
        ("晚报讯（记者王伟）", [None]),
        ("（记者王伟）", [None]),
    ],
)
def test_the_reporters_of_an_opener_are_of_its_paper(line: str, organisations: list[str | None]) -> None:
    assert [person.organisation for person in read_opener(line)] == organisations


def test_a_photographer_is_of_the_agency_that_the_credit_names() -> None:
    assert read_picture_credit("新华社记者 王 伟摄") == [Contributor(P, "王伟", "新华社")]


def test_a_person_credited_twice_is_one_in_printed_order() -> None:
    one, two = Contributor(R, "王伟", "澄溪日报"), Contributor(C, "李小明")
    assert distinct([one, two, Contributor(R, "王伟")]) == [one, two]
    assert len(distinct([one, Contributor(P, "王伟")])) == 2


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("□ 何 溪", [Contributor("author", "何溪")]),
        ("读者 何一舟", [Contributor("author", "何一舟")]),
        ("云岭区农科所 何一舟", [Contributor("author", "何一舟", "云岭区农科所")]),
        ("文/何一舟 摄/林溪", [Contributor("author", "何一舟"), Contributor(P, "林溪")]),
        ("本报评论员", []),
        ("老麦子", [Contributor("author", "老麦子")]),
        ("云岭区医院营养科 商陆", [Contributor("author", "商陆", "云岭区医院营养科")]),
        ("本报评论员 何一舟", [Contributor("author", "何一舟")]),
        ("（何一舟 林溪）", [Contributor("author", "何一舟"), Contributor("author", "林溪")]),
    ],
)
def test_an_authors_line_names_the_author_and_where_they_belong(line: str, people: list[Contributor]) -> None:
    assert read_authors(line) == people


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("来源：澄溪日报  作者：记者 何一舟 通讯员 林溪  日期：2023-07-06", ["reporter 何一舟", "correspondent 林溪"]),
        ("来源：澄溪日报  作者：何一舟  日期：2023-07-06", ["author 何一舟"]),
        ("来源：澄溪日报  作者：何一舟 摄  日期：2023-07-06", ["photographer 何一舟"]),
        ("2023-07-06 来源：澄溪日报 记者：何一舟 编辑：林溪", ["reporter 何一舟"]),
        ("来源：新华社", []),
    ],
)
def test_a_web_copys_line_names_who_wrote_it(line: str, people: list[str]) -> None:
    assert [f"{person.role} {person.name}" for person in read_web_credit(line)] == people


def test_pupils_who_report_are_reporters() -> None:
    people = read_credit("学生记者 何一舟 实习记者 林溪")
    assert [(person.role, person.name) for person in people] == [("reporter", "何一舟"), ("intern", "林溪")]


def test_who_sent_a_report_has_not_written_it() -> None:
    assert read_opener("本报讯（人事处 供稿）") == []
    assert [person.name for person in read_opener("本报讯（记者何一舟 人事处供稿）")][:1] == ["何一舟"]
