"""Names in a list whose noun says what they are: `甲公司、乙石墨等8家企业`, `望杏、槐台两个街道`.

Between two marks an item is whole; where the first begins is weighed. The noun alone proves little
(`食品、机械等企业`): an item must look like a name of the kind by its ending, or the number in print must be that of
the items.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from transforms.entities.records import Kind
from transforms.entities.starts import StartModel
from transforms.entities.stretches import Stretch

LONGEST_ITEM = 24  # characters
LONGEST_LIST = 200
LONGEST_ALONE = 6  # characters of a first item that fills its clause: it is whole
ITEM_CHARACTER = re.compile(r"[\u3400-\u9fffA-Za-z0-9（）·]")
ITEM = re.compile(r"[\u3400-\u9fffA-Za-z0-9（）·]{2,24}")
NEVER = re.compile(r"[的了在是将把被为等]|^[该各本每]|以及|或者")
NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
ETC = "等"
NUMBER = r"(?:\d{1,4}|[两二三四五六七八九十]|多)"
FUNCTION = "至到对向在与和由"
WORKPLACES = frozenset("厂站场园所")  # behind a verb they make a noun of it: 织布厂
LEAD = re.compile(
    f"下辖|辖有|涉及|包括|覆盖|涵盖|途经|位于|惠及|辐射|带动|横跨|遍及|走访|深入|[{FUNCTION}]"
)  # before the first item
# It begins with one of few characters, which is what makes it quick to look for: `等`, or that of a number.
MEASURE = (
    r"(?P<first>[等\d两二三四五六七八九十多])(?:(?<=\d)(?P<digits>\d{0,3})|(?<=等)(?P<after>"
    rf"{NUMBER})?|(?<![\d等]))[余多]?(?:一大?批|一系列)?(?:[家所个座条])?"
)


@dataclass(frozen=True, slots=True)
class ListNoun:
    """What a list is called by: the pattern of its noun, of endings that prove an item, and the kind of its items."""

    kind: Kind
    rule_id: str
    behind: re.Pattern[str]
    proof: re.Pattern[str]

    @staticmethod
    def of(kind: Kind, nouns: str, proof: str) -> "ListNoun":
        """Return the noun of lists of this kind; `proof` are alternatives of a pattern for an item's end."""
        behind = re.compile(rf"{MEASURE}[\u4e00-\u9fff]{{0,4}}?(?:{nouns})")
        return ListNoun(kind, f"{kind}.listed", behind, re.compile(rf"(?:{proof})$"))


def find_listed(
    text: str, noun: ListNoun, model: StartModel, is_own: Callable[[str], bool] = lambda _: False
) -> Iterator[Stretch]:
    """Yield the items of each list of this kind; is_own: whether an item is a name by itself, whatever it ends with."""
    for behind in noun.behind.finditer(text):
        items = list(_items(text, behind.start(), model))
        is_etc = behind["first"] == ETC
        written = (behind["after"] or "") if is_etc else behind["first"] + (behind["digits"] or "")
        is_counted = len(items) > 1 and NUMBERS.get(written, int(written) if written.isdigit() else 0) == len(items)
        proved = any(noun.proof.search(text[start:end]) or is_own(text[start:end]) for start, end in items)
        if is_counted or (proved and is_etc):
            yield from (Stretch(start, end, noun.kind, noun.rule_id) for start, end in items)


def _clause_start(text: str, end: int, floor: int) -> int:
    """Return where the run of characters that a name can hold begins that ends at `end`."""
    start = end
    while start > floor and ITEM_CHARACTER.match(text, start - 1):
        start -= 1
    return start


def _behind_lead(text: str, start: int) -> int:
    lead = LEAD.match(text, start)
    return lead.end() if lead else start


def _items(text: str, end: int, model: StartModel) -> Iterator[tuple[int, int]]:
    """Yield the items before `end`, the last first."""
    floor = max(0, end - LONGEST_LIST)
    while end > floor:
        mark = text.rfind("、", max(floor, end - LONGEST_ITEM - 1), end)
        item = text[mark + 1 : end]
        if mark >= 0 and ITEM.fullmatch(item):
            if not NEVER.search(item):
                yield mark + 1, end
            end = mark
            continue
        whole = _behind_lead(text, _clause_start(text, end, floor))
        whole = whole if text[whole + 2 : whole + 3] in WORKPLACES else model.behind_verbs(text, whole, end)
        if whole + LONGEST_ALONE >= end and not NEVER.search(text[whole:end]):
            yield whole, end
            return
        scored = max(model.score_starts(text, end - 1, floor), default=None)
        if scored is not None and not NEVER.search(text[scored[1] : end]):
            start = scored[1] + (text[scored[1]] in FUNCTION)
            yield model.behind_verbs(text, start, end), end
        return
