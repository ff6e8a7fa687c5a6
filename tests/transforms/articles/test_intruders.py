from transforms.articles.intruders import Joint, return_intruders
from transforms.language.model import LanguageModel
from transforms.spans import Text
from transforms.text.wraps import remove_wrap_spaces

HOST = (
    "他们走访群众，了解生产生活情况，帮助解决实际困难，积极发展经 济增加收入，改善生"
    "产条 件。全村农民的生活水平不断提 高，今年人均收入达到两千元。"
)
INTRUDER = "产党的领导下，各族人民团"
CUT = HOST.index("济增加")
BROKEN = ("我们要在中国共", "结起来，为建设现代化国家而奋斗。")


def paragraph(raw: str) -> Text:
    return remove_wrap_spaces(Text.of(raw))


def test_nothing_moves_without_a_broken_sentence_to_move_to(language: LanguageModel) -> None:
    texts = [paragraph(HOST)]
    assert return_intruders(texts, [], language) == (texts, None)


def test_a_paragraph_without_intruders_stays(language: LanguageModel) -> None:
    texts = [paragraph(HOST), paragraph("".join(BROKEN))]
    restored, moved = return_intruders(texts, [Joint(1, len(BROKEN[0]))], language)
    assert ([text.string for text in restored], moved) == ([text.string for text in texts], None)


def test_a_line_of_another_column_goes_back_where_it_belongs(language: LanguageModel) -> None:
    raw = f"{HOST[:CUT]}{INTRUDER} {HOST[CUT:]}\n{''.join(BROKEN)}"
    page = paragraph(raw)
    end = page.string.index("\n")
    texts = [page.slice(0, end), page.slice(end + 1, len(page))]
    restored, moved = return_intruders(texts, [Joint(1, len(BROKEN[0]))], language)
    assert moved is not None
    assert moved.odds > 0
    assert [text.string for text in restored] == [HOST.replace(" ", ""), INTRUDER.join(BROKEN)]
    assert restored[1].origin(len(BROKEN[0])) == raw.index(INTRUDER)
