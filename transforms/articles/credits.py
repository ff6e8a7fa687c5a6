"""Who wrote it: the people that openers, closing credits, bylines and picture credits name.

A credit is a list of roles, each followed by names: `本报记者 王 伟、李小明 通讯员赵一`. Spaces inside a name of two
characters are a typesetter's; between names they part them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from transforms.blocks.authors import COMMENTATOR, TEXT_AND_PICTURE, read_author
from transforms.blocks.rules import PAPER
from transforms.blocks.web_credits import written_by
from transforms.text.characters import HAN

ROLES = {
    "记者": "reporter",
    "特派员": "reporter",
    "通讯员": "correspondent",
    "实习生": "intern",
    "摄影": "photographer",
    "摄": "photographer",
    "编辑": "editor",
    "责编": "editor",
    "作者": "author",
}
PRINTER = "(?P<organisation>本报|新华社|中新社|中新网|人民网|新华网|" + PAPER + ")"
PRINTED_BY = re.compile(PRINTER)
OPENING_WORDS = re.compile(rf"^[{HAN}]+讯(?:[ \u3000]+|(?=[（(]|$))")
ROLE = re.compile(
    f"(?:{PRINTER}[ \u3000]*+)?"
    "(?P<prefix>(?:特约|特派|见习|首席|全媒体|融媒体|驻地|摄影|实习|学生|校园)*)(?P<role>记者|通讯员|实习生|特派员|责任编辑|责编|编辑|作者|文/图|图/文|摄影|摄)"
    "[ \u3000]*[:：]?"
)
STAFF = frozenset({"reporter", "intern"})
NAME = re.compile(rf"[{HAN}](?:[ \u3000]*[{HAN}])?(?:·?[{HAN}]+)*")
LONGEST_NAME = 4  # characters, but for names with a dot between
NOT_NAMES = frozenset({"本报", "综合", "报道", "文图", "供图", "采写", "整理", "本报综合", "手记", "编译"})
PICTURES = re.compile(
    rf"^(?:[{HAN}]{{2,4}}社[ \u3000]*发[ \u3000]*)?"
    r"[（(▲▼]?[ \u3000]*+(?:(?:本版(?:图片|照片)|本组图片|图片|题图|上图|下图|左图|右图)[ \u3000]*+)?[:：]?由?"
    r"(?P<credit>[^，。；！？（）()]{1,60}?)[ \u3000/／]*+(?:摄影报道|摄影|摄|提供)(?:[（(/ \u3000].{1,12})?[)）]?$"
)
DATELINE_CREDIT = re.compile(
    rf"^(?=[^（()。]{{3}})(?:据?{PRINTER})?[^（()。]{{0,30}}(?:电|讯)[ \u3000]*"
    r"[（(](?P<credit>[^（）()。]{2,80})[)）]"
)
PICTURES_TOO = re.compile(r"^(?:文[/／]图|图[/／]文)|(?:文[/／]图|图[/／]文|文并摄|文并图|摄影报道)$")
PEN_NAME = re.compile(rf"^(?:(?P<place>[{HAN}]{{3,16}})[ \u3000]+)?(?P<name>[{HAN}]{{2,4}})$")
BRACKETS = "（）()〔〕[]【】■□●▲◆：: \u3000"
WORDS_AFTER = re.compile(
    r"(?:发自[\u4e00-\u9fff]{2,8}|摄影报道|采写报道|采写|整理|综合报道|报道|文并摄|文并图|文/图|文／图|图/文)$"
)


@dataclass(frozen=True, slots=True)
class Contributor:
    """One credited person: role as in `contributors.role`, name without spaces, paper or agency where printed."""

    role: str
    name: str
    organisation: str | None = None


def read_credit(string: str, *, fallback: str | None = None) -> list[Contributor]:
    """Return the people of a credit in printed order; `fallback` is the role of names that no role stands before."""
    body = WORDS_AFTER.sub("", string.strip(BRACKETS))
    found = list(ROLE.finditer(body))
    people: list[Contributor] = []
    if fallback and (not found or found[0].start() > 0) and not body.endswith("供稿"):  # who sent it has not written it
        people += _named(body[: found[0].start() if found else None], fallback, None)
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(body)
        role = "intern" if "实习" in match["prefix"] else ROLES.get(match["role"], "reporter")
        people += _named(body[match.end() : end], role, match["organisation"])
    if PICTURES_TOO.search(string.strip(BRACKETS)):
        people += [Contributor("photographer", person.name, person.organisation) for person in people]
    return people


def read_picture_credit(string: str) -> list[Contributor]:
    """Return the photographers of a line such as `本版图片由王伟、李明摄` or `新华社记者 王伟摄`."""
    match = PICTURES.match(string)
    if not match:
        return []
    role = ROLE.search(match["credit"])
    names = ROLE.sub(" ", match["credit"]) if role else match["credit"]
    return _named(names, "photographer", role["organisation"] if role else None)


def read_dateline(string: str) -> list[Contributor]:
    """Return the people whom a dateline names in brackets: `新华社北京3月2日电（记者王伟）`.

    Its reporters are of the paper or agency that it begins with; a correspondent is of neither.
    """
    match = DATELINE_CREDIT.match(string)
    return _of_staff(read_credit(match["credit"], fallback="reporter"), match["organisation"]) if match else []


def read_opener(string: str) -> list[Contributor]:
    """Return the people of `本报讯（记者王伟 通讯员李小明）`; its reporters are of the paper that it begins with."""
    printer = PRINTED_BY.match(string)
    people = read_credit(OPENING_WORDS.sub("", string), fallback="reporter")
    return _of_staff(people, printer["organisation"] if printer else None)


def _of_staff(people: Iterable[Contributor], organisation: str | None) -> list[Contributor]:
    return [
        replace(person, organisation=person.organisation or organisation) if person.role in STAFF else person
        for person in people
    ]


def read_authors(string: str) -> list[Contributor]:
    """Return the people of a line such as `□ 王伟`, `读者 王伟` or `澄溪市农科所 王伟`."""
    both, commentator = TEXT_AND_PICTURE.match(string.strip()), COMMENTATOR.match(string.strip())
    if both:
        return [*_named(both["text"], "author", None), *_named(both["picture"], "photographer", None)]
    if commentator:
        return _named(commentator["name"] or "", "author", None)
    place, names = read_author(string)
    pen_name = None if names else PEN_NAME.match(string.strip())
    if pen_name:
        return [Contributor("author", pen_name["name"], pen_name["place"])]
    return [Contributor("author", name, place) for name in names]


def read_web_credit(string: str) -> list[Contributor]:
    """Return the people of a web copy's line such as `来源：澄溪日报 作者：记者 王伟 日期：2023-07-06`."""
    people: list[Contributor] = []
    for name, value in written_by(string):
        if value.endswith(("摄", "摄影")):
            people += read_picture_credit(value)
        else:
            people += read_credit(value, fallback=ROLES.get(name, "author"))
    return people


def distinct(people: Iterable[Contributor]) -> list[Contributor]:
    """Return the people once each, in printed order."""
    found: dict[tuple[str, str], Contributor] = {}
    for person in people:
        found.setdefault((person.role, person.name), person)
    return list(found.values())


def _named(string: str, role: str, organisation: str | None) -> list[Contributor]:
    return [Contributor(role, name, organisation) for name in _names(string)]


def _names(string: str) -> Iterator[str]:
    for group in re.split(r"[、，,/／；;]", string.strip(BRACKETS)):
        words = [word for word in re.split(r"[ \u3000]+", group.strip(BRACKETS)) if word]
        for name in _joined(words):
            if name not in NOT_NAMES and _is_name(name):
                yield name


def _joined(words: list[str]) -> Iterator[str]:
    """Join single characters to the name that a typesetter spaced out: `王 伟`, `王 小 明`, `石晨 平`."""
    held = ""
    for word in words:
        if held and (len(held) == 1 or len(word) == 1) and len(held) + len(word) < LONGEST_NAME:
            held += word
        else:
            if held:
                yield held
            held = word
    if held:
        yield held


def _is_name(string: str) -> bool:
    if "·" in string:
        return bool(re.fullmatch(rf"[{HAN}]+(?:·[{HAN}]+)+", string))
    return bool(re.fullmatch(rf"[{HAN}]{{2,{LONGEST_NAME}}}", string))
