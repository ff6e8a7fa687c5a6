import pytest

from transforms.ids import article_id, article_uid, file_id

SHA = "8f1ec7d4c76441fb" + "0" * 48


def test_a_file_is_named_by_the_head_of_its_hash() -> None:
    assert file_id(SHA) == "8f1ec7d4c76441fb"


@pytest.mark.parametrize(("number", "suffix"), [(1, "i001"), (42, "i042"), (1000, "i1000")])
def test_an_article_is_named_by_its_place(number: int, suffix: str) -> None:
    assert article_id("chengxi_ribao-2023-03-14-a-p0001", number) == f"chengxi_ribao-2023-03-14-a-p0001-{suffix}"


def test_a_uid_is_the_same_in_every_run() -> None:
    assert article_uid(SHA, 0, [(3, 40), (42, 90)]) == "d8a505022bca86fd"


def test_a_uid_takes_any_iterable_of_spans() -> None:
    assert article_uid(SHA, 0, iter([(3, 40), (42, 90)])) == article_uid(SHA, 0, [(3, 40), (42, 90)])


@pytest.mark.parametrize(
    ("sha256", "page_index", "spans"),
    [
        pytest.param("0" * 64, 0, [(3, 40), (42, 90)], id="another file"),
        pytest.param(SHA, 1, [(3, 40), (42, 90)], id="another page"),
        pytest.param(SHA, 0, [(3, 40)], id="fewer characters"),
        pytest.param(SHA, 0, [(3, 40), (42, 91)], id="one character more"),
    ],
)
def test_a_uid_changes_with_what_it_names(sha256: str, page_index: int, spans: list[tuple[int, int]]) -> None:
    assert article_uid(sha256, page_index, spans) != article_uid(SHA, 0, [(3, 40), (42, 90)])
