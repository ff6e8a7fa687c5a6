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
SEAT = re.compile(rf"^[{HAN}]{{2,12}}[区县市镇乡村]$")  # of names that begin as surnames do: 平川区 何一舟
WORK_BY = re.compile("[ \u3000]+著$")
SENDER = re.compile(
    rf"^[{HAN}]{{1,12}}(?:局|委|办|中心|公司|支队|大队|集团|[宣组]传?部|融媒|妇联|总工会|法院|检察院|供稿|供图)$"
)
FROM = re.compile("[（(][^（）()。]{2,16}[)）]$")  # behind a name: where its bearer lives, and what he does
TEXT_BY = re.compile("[ \u3000]*[/／](?:文|文图|图文)$")
# Where the writer works or lives; of one with such an end the name behind it signs a letter, an answer, an essay.
BELONGS = re.compile(
    rf"^[{HAN}]*(?:[（(][\d一二三四五六七八九十]{{1,2}}[)）])?"
    rf"(?:班|\d{{2,4}}级|总站|推广站|工人|司机|农民|战士|民警|护士|社工|志愿者|所|站|局|院|校|学|会|中心|公司|集团|厂|村|镇|乡|县|区|社|部|委|队|馆|园|学生|学员|教师|老师|教授|医生|医师|律师|个体户"
    rf"|职工|居民|村民|农户|社员|读者|业主)$"
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
    writer, text_by = WRITER.match(string), TEXT_BY.search(string) or WORK_BY.search(string)
    if writer:
        return read_names(string[writer.end() :]) is not None
    return text_by is not None and read_names(string[: text_by.start()]) is not None


TUTOR = re.compile(
    rf"[ \u3000]+[（(]?(?:指导|辅导)(?:教师|老师)[ \u3000]*[:：]?[ \u3000]*[{HAN}](?:[ \u3000]?[{HAN}]){{1,3}}[)）]?$"
)  # who taught the pupil that wrote


def read_author(string: str) -> tuple[str | None, list[str]]:
    """Return where the authors of a line belong, if it says so, and their names."""
    bare = TUTOR.sub("", _unbracketed(string))
    for words in (MARK, WRITER, TEXT_BY, WORK_BY, FROM):
        bare = words.sub("", bare)
    place, *rest = SPACE.split(bare, maxsplit=1)
    names = None if rest and SEAT.match(place) else read_names(bare)
    if names is not None:
        return None, names
    return (place, read_names(rest[0]) or []) if rest else (None, [])


def is_sender(string: str) -> bool:
    """Tell whether a bracket at the end of a report holds who sent it: names, or an authority."""
    words = string.strip("（）() \u3000")
    return read_names(words) is not None or bool(SENDER.match(words))


def _unbracketed(string: str) -> str:
    bare = string.strip()
    return bare[1:-1] if bare[:1] in "（(" and bare[-1:] in "）)" else bare


def is_signature(string: str) -> bool:
    """Tell whether a line is where a writer belongs, and a name: `云岭区农科所 何一舟`."""
    place, names = read_author(string) if len(TUTOR.sub("", string)) <= LONGEST else (None, [])
    return place is not None and bool(names) and bool(BELONGS.match(place))


TEXT_AND_PICTURE = re.compile(
    rf"^(?:文|撰文)[ \u3000]*[/／|｜:：][ \u3000]*(?P<text>[{HAN}](?:[ \u3000]?[{HAN}]){{1,3}})"
    rf"[ \u3000]+(?:图|摄|摄影)[ \u3000]*[/／|｜:：][ \u3000]*(?P<picture>[{HAN}](?:[ \u3000]?[{HAN}]){{1,3}})$"
)
COMMENTATOR = re.compile(
    rf"^(?:本报|本刊|[{HAN}]{{2,6}}报)(?:特约)?评论员(?:[ \u3000]+(?P<name>[{HAN}](?:[ \u3000]?[{HAN}]){{1,2}}))?$"
)


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
            Example(hit="何一舟 著", miss="何一舟 著作等身"),
            Example(hit="作者：何一舟", miss="作者：一个人的三十年"),
        ),
    ),
)
TEXT_AND_PICTURE_RULE: Rule[str] = Rule(
    id="block.text-and-picture",
    says="Who wrote the text below it, and who took its picture.",
    verdict="byline",
    test=lambda s: bool(TEXT_AND_PICTURE.match(s.strip())),
    examples=(
        Example(hit="文/何一舟 摄/林溪", miss="文/何一舟摄于水渠边"),
        Example(hit="文：何一舟　图：林 溪", miss="文：水渠的来历　图：水渠的走向图"),
    ),
)
COMMENTATOR_RULE: Rule[str] = Rule(
    id="block.commentator",
    says="The paper's commentator, by name or without: who wrote the comment below.",
    verdict="byline",
    test=lambda s: bool(COMMENTATOR.match(s.strip())),
    examples=(
        Example(hit="本报评论员", miss="本报评论员文章"),
        Example(hit="本报特约评论员 何一舟", miss="本报评论员说水渠"),
    ),
)
AUTHOR_IDS = frozenset(rule.id for rule in (*AUTHORS, TEXT_AND_PICTURE_RULE, COMMENTATOR_RULE))
