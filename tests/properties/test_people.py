"""Laws of people and quotations: what is found stands where it says, and depends on its own article alone."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from flows.reference import load_names
from transforms.entities.people import find_people
from transforms.entities.records import Mention
from transforms.printed import PrintedArticle
from transforms.quotes.find import find_quotes

PIECES = (
    *(
        "云岭区委副书记、区长",
        "局长",
        "村民",
        "84岁的",
        "王伟",
        "欧阳珊",
        "李长河",
        "阿卜杜·热合曼",
        "和",
        "、",
        "，",
        "。",
        "\n",
        " ",
        "王 伟",
        "等",
    ),
    *(
        "“",
        "”",
        "说",
        "说，",
        "表示：",
        "据",
        "介绍，",
        "会议强调，",
        "他",
        "三个一批",
        "路修好了。",
        "高质量发展",
        "同志",
        "总书记",
        "（",
        "）",
        "·",
        "1",
        "张",
    ),
    *("区住房和城乡建设局", "的", "由", "在会上"),
)
bodies = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def article(body: str) -> PrintedArticle:
    return PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body, credited=("李长河",))


def people(body: str) -> list[Mention]:
    return find_people(article(body), load_names())


@given(bodies)
def test_namings_stand_where_they_say_and_never_overlap(body: str) -> None:
    found = people(body)
    assert all(body[mention.start : mention.end] == mention.surface for mention in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(bodies)
def test_an_office_stands_beside_its_name_and_holds_its_organisation(body: str) -> None:
    for mention in people(body):
        if mention.title is None:
            assert (mention.title_start, mention.title_end, mention.organisation) == (None, None, None)
            continue
        assert mention.title_start is not None
        assert mention.title_end is not None
        assert body[mention.title_start : mention.title_end] == mention.title
        assert mention.title_start < mention.title_end
        between = body[mention.title_end : mention.start] or body[mention.end : mention.title_start]
        assert not between.strip()
        assert mention.organisation is None or mention.organisation in mention.title


@given(bodies, bodies)
def test_what_is_found_depends_on_its_own_article_alone(one: str, other: str) -> None:
    before = people(one)
    people(other)
    assert people(one) == before


@given(bodies)
def test_quotations_stand_where_they_say_and_their_speakers_are_namings(body: str) -> None:
    mentions = people(body)
    quotes = find_quotes(article(body), mentions)
    assert all(body[quote.start : quote.end] == quote.text and quote.text.strip() for quote in quotes)
    assert all(left.start <= right.start for left, right in pairwise(quotes))
    assert all(quote.speaker is None or quote.speaker in mentions for quote in quotes)
    direct = [quote for quote in quotes if quote.is_direct]
    assert all(left.end < right.start for left, right in pairwise(direct))
