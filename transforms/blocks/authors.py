"""Lines that name an author in the ways of letters, essays and comment: `□ 名`, `读者 名`, `文/名`."""

import re

from transforms.blocks.names import SPACE, read_names
from transforms.rules import Example, Rule
from transforms.text.characters import HAN

DOT = "·"  # between the words of a name written by its sound, and between a box's kind and what it tells of
LONGEST = 24  # characters of a line with several names
MARK = re.compile("^[□○◎■][ \u3000]*")
WRITER = re.compile(
    "^(?:(?:读者|市民|居民|村民|网友|观众|听众|学生|家长|教师|业主|职工|来信人|投稿人)[ \u3000]+"
    "|(?:作者|撰文|来信人)[ \u3000]*[:：]?[ \u3000]*|(?:文|撰文|文图|文[/／]图)[ \u3000]*[/／|｜:：][ \u3000]*)"
)
TEXT_BY = re.compile("[ \u3000]*[/／](?:文|文图|图文)$")
# Where the writer works or lives; of one with such an end the name behind it signs a letter, an answer, an essay.
BELONGS = re.compile(
    rf"^[{HAN}]*(?:所|站|局|院|校|学|会|中心|公司|集团|厂|村|镇|乡|县|区|社|部|委|队|馆|园|学生|学员|教师|老师|教授|医生|医师|律师|职工|居民|村民|农户|社员|读者|业主)$"
)


def is_marked_author(string: str) -> bool:
    """Tell whether a line is a mark and a name."""
    mark = MARK.match(string)
    return (
        mark is not None
        and len(string) <= LONGEST
        and DOT not in string
        and read_names(string[mark.end() :]) is not None
    )


def is_named_writer(string: str) -> bool:
    """Tell whether a line is a name and what makes it a writer's."""
    if len(string) > LONGEST:
        return False
    writer, text_by = WRITER.match(string), TEXT_BY.search(string)
    if writer:
        return read_names(string[writer.end() :]) is not None
    return text_by is not None and read_names(string[: text_by.start()]) is not None


def read_author(string: str) -> tuple[str | None, list[str]]:
    """Return where the authors of a line belong, if it says so, and their names."""
    bare = TEXT_BY.sub("", WRITER.sub("", MARK.sub("", string.strip("（）() \u3000"))))
    names = read_names(bare)
    if names is not None:
        return None, names
    place, *rest = SPACE.split(bare, maxsplit=1)
    return (place, read_names(rest[0]) or []) if rest else (None, [])


def is_signature(string: str) -> bool:
    """Tell whether a line is where a writer belongs, and a name: `云岭区农科所 何一舟`."""
    place, names = read_author(string) if len(string) <= LONGEST else (None, [])
    return place is not None and bool(names) and bool(BELONGS.match(place))


AUTHORS: tuple[Rule[str], ...] = (
    Rule(
        id="block.marked-author",
        says="A mark and a name: who wrote the text below it, or above.",
        verdict="byline",
        test=is_marked_author,
        examples=(
            Example(hit="□ 何一舟", miss="□ 相关链接"),
            Example(hit="○何一舟 林 溪", miss="○何一舟说，水渠通了"),
        ),
    ),
    Rule(
        id="block.writer",
        says="A name, and that it is the writer's: a reader's, the author's.",
        verdict="byline",
        test=is_named_writer,
        examples=(
            Example(hit="读者 何一舟", miss="读者 喜爱的十本书"),
            Example(hit="文/何一舟", miss="文/图来自网络"),
            Example(hit="作者：何一舟", miss="作者：一个人的三十年"),
        ),
    ),
)
AUTHOR_IDS = frozenset(rule.id for rule in AUTHORS)
