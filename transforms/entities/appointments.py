"""Names in lists of appointments, which print nothing but names and offices: `任命：` and then `李明为县教育局局长；`.

Whatever stands there between the head of an entry and `为` or `的` is a name, also what is a word elsewhere (`安然`).
"""

import re
from collections.abc import Iterator

from transforms.entities.name_tables import NameTables
from transforms.entities.names import Candidate
from transforms.text.characters import HAN

APPOINTED = 20.0  # log-odds: nothing else has this form
NAME = f"[{HAN}·]{{2,15}}?"
HEAD = re.compile(f"(?:任命|任免|免去|免职|聘任|选举|补选|推选|接受|决定)[{HAN}]{{0,10}}[：:]\\s*")
ENTRY = re.compile(
    f"(?P<names>{NAME}(?:、{NAME}){{0,11}})(?:（[{HAN}，、]{{1,12}}）)?(?:同志)?(?:兼?[为任]|的|辞去)(?P<office>[{HAN}（）、]{{3,50}}?)(?:的?职务)?(?:[；;。，]\\s*|\\n|$)"
)
# Who gives up an office, in the same lists: `接受李明因工作调动辞去…职务的请求`.
RESIGNS = re.compile(
    f"接受(?P<name>{NAME})(?:（[{HAN}，、]{{1,12}}）)?(?:同志)?(?:因[{HAN}]{{2,12}}?)?(?:提出的?|请求)?(?:辞去|辞职|关于辞去)"
)
OFFICE = re.compile("(?:[长员官]|主任|书记|主席|代表|顾问|助理|秘书|总监|经理|教授)$")
SHORT, LONG = 2, 4  # characters of a name that is not written by its sound


def find_appointed(text: str, tables: NameTables) -> Iterator[Candidate]:
    """Yield the names of each entry of a list of appointments."""
    for head in HEAD.finditer(text):
        at = head.end()
        while (entry := ENTRY.match(text, at)) and OFFICE.search(entry["office"]):
            yield from (name for name in _names(entry) if _may_be_name(text[name.start : name.end], tables))
            at = entry.end()
    for resigns in RESIGNS.finditer(text):
        if _may_be_name(resigns["name"], tables):
            yield Candidate(*resigns.span("name"), APPOINTED)


def _names(entry: re.Match[str]) -> Iterator[Candidate]:
    start = entry.start("names")
    for name in entry["names"].split("、"):
        yield Candidate(start, start + len(name), APPOINTED)
        start += len(name) + 1


def _may_be_name(words: str, tables: NameTables) -> bool:
    """Tell whether a name may be so written: behind a surname, or with a dot."""
    begins = words[0] in tables.surnames or words[:2] in tables.compound_surnames
    return "·" in words or (begins and SHORT <= len(words) <= LONG)
