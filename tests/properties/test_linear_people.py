"""People and quotations take time in proportion to the text: each pattern is fed the worst for it."""

import pytest

from flows.reference import load_names
from tests.properties.test_linear import GENEROUS, LONG, Trap, headed, loops, ratio, repeated
from transforms.entities.people import find_people
from transforms.printed import PrintedArticle
from transforms.quotes.find import find_quotes

UNITS = (
    *(
        "王",
        "王伟、",
        "张伟说，",
        "“",
        "“”",
        "““”",
        "“王伟说。”",
        "他说，",
        "：“",
        "会议强调，",
        "区长、",
        "副书记，",
        "区长王伟",
        "84岁的王",
    ),
    *("建设局和", "（局长", "《", "·", "阿卜杜·", "总统", "王 ", "欧阳", "在会上", "负责人", "\n“春", "斯"),
)


def many_people(length: int) -> str:
    """Return a list of ever other people: what was found once is looked for everywhere."""
    given = (chr(code) for code in range(0x4E00, 0x9FA5))
    return "".join(f"局长王{character}明说，好。" for _, character in zip(range(length // 9), given, strict=False)) * (
        1 + length // 180_000
    )


TRAPS: dict[str, Trap] = {
    "loops": loops,
    "many people": many_people,
    **{f"{unit!r}": repeated(unit, "x。") for unit in UNITS},
    "office of endless words": headed("", "春", "局长王伟说。"),
    "list in front of an office": headed("", "春局长、", "王伟说。"),
    "endless quotation": headed("“", "春", "。”王伟说。"),
    "speaker far away": headed("“春。”", "春", "王伟说。"),
}


def find(text: str) -> None:
    article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=text)
    find_quotes(article, find_people(article, load_names()))


@pytest.mark.parametrize("trap", TRAPS)
def test_people_and_quotations_are_found_in_linear_time(trap: str) -> None:
    assert ratio(find, TRAPS[trap], LONG) < GENEROUS
