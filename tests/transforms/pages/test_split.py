import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.pages.split import PageText, split_pages

STORY = "区里召开推进会，把路修到每个村口，把水送到每户人家，把灯装到每条巷子，会上签下了责任书。\n"


def pages(*expected: tuple[int | None, str | None, str]) -> tuple[PageText, ...]:
    return tuple(PageText(index, *page) for index, page in enumerate(expected))


SPLITS = {
    "one page without a mark": (STORY, pages((None, None, STORY))),
    "a mark at the top gives the number": (f"第3版\n{STORY}", pages((3, "第3版", f"第3版\n{STORY}"))),
    "scraps over the first mark belong to it": (
        f"\n星\n第3版\n{STORY}",
        pages((3, "第3版", f"\n星\n第3版\n{STORY}")),
    ),
    "two marks, two pages": (
        f"第3版\n{STORY}A04版 文化\n{STORY}",
        pages((3, "第3版", f"第3版\n{STORY}"), (4, "A04版", f"A04版 文化\n{STORY}")),
    ),
    "text before the first mark is a page of its own": (
        f"{STORY}\n第二版\n{STORY}",
        pages((None, None, f"{STORY}\n"), (2, "第二版", f"第二版\n{STORY}")),
    ),
    "name and day over a mark go with it": (
        f"第1版\r\n{STORY}\r\n澄溪日报\r\n\r\n2023年7月6日 星期四\r\n第2版\r\n{STORY}",
        pages(
            (1, "第1版", f"第1版\r\n{STORY}\r\n"),
            (2, "第2版", f"澄溪日报\r\n\r\n2023年7月6日 星期四\r\n第2版\r\n{STORY}"),
        ),
    ),
    "the same number again begins no page": (
        f"第3版\n{STORY}第3版\n{STORY}",
        pages((3, "第3版", f"第3版\n{STORY}第3版\n{STORY}")),
    ),
    "marks below their pages end them": (
        f"{STORY}第1版\n{STORY}第2版\n",
        pages((1, "第1版", f"{STORY}第1版\n"), (2, "第2版", f"{STORY}第2版\n")),
    ),
    "a list of pages is no split": (
        f"今日导读\n第2版 文化\n第3版 体育\n{STORY}",
        pages((None, None, f"今日导读\n第2版 文化\n第3版 体育\n{STORY}")),
    ),
    "mentions are no marks": (
        f"{STORY}（下转第四版）\n{STORY}详见第3版\n上接第一版\n{STORY}",
        pages((None, None, f"{STORY}（下转第四版）\n{STORY}详见第3版\n上接第一版\n{STORY}")),
    ),
    "a running head that says again what stands at the top": (
        f"体育\nA11\n{STORY}A11 体育新闻\n{STORY}",
        pages((11, "A11", f"体育\nA11\n{STORY}A11 体育新闻\n{STORY}")),
    ),
    "form feeds split": (f"{STORY}\f第2版\n{STORY}", pages((None, None, STORY), (2, "第2版", f"第2版\n{STORY}"))),
    "a sheet of white space is no page": (f"{STORY}\f \n\f{STORY}\f", pages((None, None, STORY), (None, None, STORY))),
    "nothing but white space holds no page": (" \n\f\n", ()),
}


@pytest.mark.parametrize(("text", "expected"), SPLITS.values(), ids=SPLITS.keys())
def test_a_file_is_split_into_its_pages(text, expected):
    assert split_pages(text) == expected


LINES = st.sampled_from(
    [
        "第1版",
        "第2版",
        "第三版",
        "A04版 文化",
        "澄溪日报",
        "2023年7月6日 星期四",
        "",
        " ",
        STORY.strip(),
        "详见第3版",
        "星",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\f", ""])


@given(st.lists(st.tuples(LINES, ENDS), max_size=25))
def test_nothing_is_lost_but_form_feeds_and_white_sheets(lines):
    text = "".join(line + end for line, end in lines)
    found = split_pages(text)
    kept = "".join(sheet for sheet in text.split("\f") if sheet.strip())
    assert "".join(page.text for page in found) == kept
    assert [page.page_index for page in found] == list(range(len(found)))
    assert all(page.text.strip() for page in found)
    assert all((page.page_no is None) == (page.page_label is None) for page in found)
