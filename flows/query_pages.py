"""Pages of questions: each ```sql block of a page is followed by its answer, which is written by the lake itself."""

import io
import re
from collections.abc import Callable

from rich.console import Console

from flows.answers import UNLIMITED_WIDTH, Answer, read_answer, show_answer
from warehouse.reader import LakeReader

QUESTION = re.compile(r"(```sql\n(?P<query>.*?)```\n)(?:\n```text\n.*?```\n)?", re.DOTALL)


def answer_page(page: str, lake: LakeReader) -> str:
    """Give a page with the answer to each of its queries below it, as `./lake sql` prints it, in the place of old ones.

    Raises SettingsFault where DuckDB refuses one.
    """
    return QUESTION.sub(_answer_with(lake), page)


def _answer_with(lake: LakeReader) -> Callable[[re.Match[str]], str]:
    def answer(question: re.Match[str]) -> str:
        return f"{question[1]}\n```text\n{_print(read_answer(lake.sql(question['query'])))}```\n"

    return answer


def _print(answer: Answer) -> str:
    said = io.StringIO()
    show_answer(answer, Console(file=said, width=UNLIMITED_WIDTH, markup=False, highlight=False, color_system=None))
    return "".join(f"{line.rstrip()}\n" for line in said.getvalue().splitlines())
