import pytest

from tests.damage.score import Read, Tally, score_page, total

FIRST = "麦坡镇东岗村的麦田里水顺着新渠漫进田垄。种粮大户任存粮蹲在地头看墒情。"
SECOND = "实验二小的后厨里家长代表拿着检查表逐项看。从本学期起全区推行家长陪餐制度。"
TRUTH = [
    {"headline": "一渠春水润麦苗", "kicker": "春管进行时", "people": [["reporter", "何一舟"]], "body": FIRST},
    {"headline": ["家长走进", "校园后厨"], "kicker": None, "people": [], "body": SECOND},
]
PERFECT = [
    Read("一渠春水润麦苗", "春管进行时", FIRST, frozenset({("reporter", "何一舟")})),
    Read("家长走进校园后厨", None, SECOND, frozenset()),
]


def scores(found: list[Read]) -> dict[str, float]:
    return score_page(TRUTH, found).scores()


def test_a_page_read_as_it_is_scores_best() -> None:
    assert scores(PERFECT) == {
        "b3_f1": 1.0, "lost": 0.0, "cer": 0.0, "exact": 0.0, "headline": 1.0, "kicker": 1.0, "people_f1": 1.0
    }  # fmt: skip


def test_the_order_of_the_articles_does_not_matter() -> None:
    assert scores(PERFECT[::-1]) == scores(PERFECT)


def test_two_articles_run_together_are_half_right() -> None:
    merged = scores([Read("一渠春水润麦苗", None, f"{FIRST}\n{SECOND}", frozenset())])
    assert merged["b3_f1"] == pytest.approx(2 / 3, abs=1e-4)
    assert merged["lost"] == 0.0
    assert merged["headline"] == 0.5


def test_an_article_in_pieces_has_less_recall() -> None:
    first, second = FIRST.split("。")[:2]
    pieces = [Read("一渠春水润麦苗", None, first, frozenset()), Read(None, None, second, frozenset()), PERFECT[1]]
    assert scores(pieces)["b3_f1"] == pytest.approx(0.8571, abs=1e-4)


def test_a_missing_article_is_lost_with_all_that_it_says() -> None:
    alone = scores(PERFECT[:1])
    assert (alone["lost"], alone["headline"]) == (0.5, 0.5)
    assert alone["cer"] == pytest.approx(0.5, abs=0.05)


def test_a_sentence_is_found_by_its_two_ends() -> None:
    misread = Read("一渠春水润麦苗", None, FIRST.replace("的麦田里", "的麦日里"), frozenset())
    assert scores([misread, PERFECT[1]])["lost"] == 0.0


@pytest.mark.parametrize(
    ("body", "cer", "exact"),
    [
        pytest.param(FIRST.replace("。", "．"), 0.0, 2 / 71, id="marks count in exact alone"),
        pytest.param(FIRST + "\n", 0.0, 0.0, id="white space counts in neither"),
        pytest.param(FIRST[1:], 1 / 69, 1 / 71, id="a letter counts in both"),
    ],
)
def test_edits_are_counted_with_and_without_marks(body: str, cer: float, exact: float) -> None:
    found = scores([Read("一渠春水润麦苗", None, body, frozenset()), PERFECT[1]])
    assert (found["cer"], found["exact"]) == (pytest.approx(cer, abs=2e-3), pytest.approx(exact, abs=2e-3))


def test_people_are_scored_with_their_roles() -> None:
    wrong = Read("一渠春水润麦苗", None, FIRST, frozenset({("photographer", "何一舟")}))
    assert scores([wrong, PERFECT[1]])["people_f1"] == 0.0


def test_a_page_without_people_or_kickers_is_perfect_in_them() -> None:
    page = score_page(TRUTH[1:], PERFECT[1:]).scores()
    assert (page["people_f1"], page["kicker"]) == (1.0, 1.0)


def test_counts_add_up() -> None:
    assert total([Tally(sentences=2, lost=1), Tally(sentences=3)]) == Tally(sentences=5, lost=1)
