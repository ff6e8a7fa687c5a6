"""Who says what: words in quotation marks with their speaker, and speech that is reported without marks.

A stretch in quotation marks is a quotation where somebody is said to speak beside it, or where it is a whole sentence;
terms and slogans (`“三个一批”`) are neither.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import methodcaller

from transforms.entities.records import Mention
from transforms.printed import PrintedArticle
from transforms.quotes.marks import Stretch, find_stretches
from transforms.quotes.records import Quote
from transforms.quotes.speakers import NOBODY, Speaker, Speakers
from transforms.quotes.speech import HEARER, LEADS_TO_WORDS, SAID_WORDS, SAYING, SAYS, SUBJECT, URGED, URGES
from transforms.quotes.turns import find_turns
from transforms.text.characters import HAN

SAID_BEHIND = "quote.said-behind"
SAID_BEFORE = "quote.said-before"
GOES_ON = "quote.goes-on"
TURN = "quote.turn"
WHOLE_SENTENCE = "quote.whole-sentence"
BESIDE = "quote.named-beside"
REPORTED = "quote.reported"
ACCORDING_TO = "quote.according-to"

REACH = 80  # characters of the clause beside a quotation that say whose it is
SHORTEST = 5  # characters of a quotation without a mark at its end
SENTENCE_END = re.compile("[。！？…，]$")  # one that a comma ends is a sentence's first half: `“修好了，”他说，“……”`
CLAUSE = re.compile(f"[，,]?([^。！？；\n“”]{{0,{REACH}}})")
CLAUSE_ENDS = re.compile("[。！？；\n“”]")
LEADS_IN = re.compile(rf"(?:{SAYS})(?:道|了|着)?[{HAN}]{{0,8}}[：，]?$")
SENTENCE_BEGINS_BEHIND = frozenset("。！？；”：\n")
UNKNOWN_SPEAKER = re.compile(f"[{HAN}·]{{2,16}}")
NO_SPEECH = re.compile(
    "(?:改为|规定|写着|题为|称为|名为|如下|是|有|叫)：?$"
)  # what follows is printed words, not spoken ones
WHICH = re.compile(f"[{HAN}0-9]{{1,12}}的")  # before a name: which one is meant
SENTENCE = re.compile("[^。！？\n]*")


def find_quotes(article: PrintedArticle, mentions: Sequence[Mention]) -> list[Quote]:
    """Return the quotations of the body, in order. `mentions` are those of the article."""
    text = article.body
    speakers = Speakers.of(text, mentions)
    stretches = find_stretches(text)
    turns = [_made(text, turn.words, turn.speaker, TURN) for turn in find_turns(text, speakers)]
    others = (*_direct(text, stretches, speakers), *_reported(text, stretches, speakers))
    return sorted([*turns, *_outside(turns, others)], key=lambda quote: quote.start)


def _outside(turns: Sequence[Quote], quotes: Iterable[Quote]) -> Iterator[Quote]:
    """Yield the quotations that are no part of somebody's turn."""
    starts = [turn.start for turn in turns]
    for quote in quotes:
        index = bisect_right(starts, quote.start) - 1
        if index < 0 or turns[index].end <= quote.start:
            yield quote


def _direct(text: str, stretches: Sequence[Stretch], speakers: Speakers) -> Iterator[Quote]:
    """Yield what stands in quotation marks and is said by somebody."""
    last: Quote | None = None
    for stretch in stretches:
        quote = _quote(text, stretch, speakers, last)
        if quote is not None:
            last = quote
            yield quote


def _quote(text: str, stretch: Stretch, speakers: Speakers, last: Quote | None) -> Quote | None:
    """Return the quotation that a stretch is, or None: a term."""
    words = text[stretch.start : stretch.end]
    is_sentence = bool(SENTENCE_END.search(words))
    if not is_sentence and len(words) < SHORTEST:
        return None
    before = _said_before(text, stretch, speakers, is_sentence=is_sentence)
    if before is not None:
        return _made(text, stretch, before, SAID_BEFORE)
    behind = _said_behind(text, stretch, speakers, is_sentence=is_sentence)
    if behind is not None:
        return _made(text, stretch, behind, SAID_BEHIND)
    is_spoken = is_sentence and _opens_sentence(text, stretch)
    if not is_spoken or NO_SPEECH.search(text, max(0, stretch.start - 6), stretch.start - 1):
        return None
    return _unled(text, stretch, speakers, last)


def _unled(text: str, stretch: Stretch, speakers: Speakers, last: Quote | None) -> Quote:
    """Return a whole sentence in marks that nobody is said to say: who spoke last says it, or who is named beside."""
    if last is not None and last.speaker_words and "\n" not in text[last.end : stretch.start]:
        return _made(text, stretch, Speaker(last.speaker, last.speaker_words), GOES_ON)
    is_led = text[stretch.start - 2 : stretch.start - 1] == "："  # by words that name nobody: `共同呼声：“`
    person = None if is_led else speakers.beside(stretch.start, stretch.end)
    if person is not None:
        return _made(text, stretch, Speaker(person, person.surface), BESIDE)
    return _made(text, stretch, NOBODY, WHOLE_SENTENCE)


def _opens_sentence(text: str, stretch: Stretch) -> bool:
    return stretch.start < 2 or text[stretch.start - 2] in SENTENCE_BEGINS_BEHIND  # noqa: PLR2004 - the opening mark


def _said_before(text: str, stretch: Stretch, speakers: Speakers, *, is_sentence: bool) -> Speaker | None:
    """Return who speaks by the words before the opening mark: `X说：`, `X告诉记者，`, `X笑得合不拢嘴：`."""
    end = stretch.start - 1
    start = _clause_start(text, end)
    clause = text[start:end]
    has_colon = clause.endswith("：")
    verb = LEADS_IN.search(clause)
    if verb is None and not has_colon:
        return None
    if verb is not None and not clause.endswith(("：", "，")) and not is_sentence:
        return None
    at = start + verb.start() if verb else end
    hearer = HEARER.search(text, start, at)
    speaker = speakers.before_verb(start, hearer.start() if hearer else at)
    if speaker == NOBODY and not (verb and is_sentence):
        return None
    return speaker


def _said_behind(text: str, stretch: Stretch, speakers: Speakers, *, is_sentence: bool) -> Speaker | None:
    """Return who speaks by the words behind the closing mark: `X说`, `他高兴地说`, `该局负责人介绍`."""
    clause = CLAUSE.match(text, stretch.end + 1)
    if clause is None or not clause[1]:
        return None
    start, end = clause.span(1)
    person = speakers.first_after(start, end)
    at_once = person is not None and _opens_with(text, start, person)
    if not is_sentence and not (at_once and _opens_sentence(text, stretch)):
        return None
    verb = SAYING.search(text, start, end) or SAID_WORDS.search(text, start, end)
    if verb is None and is_sentence and (pronoun := SUBJECT.match(text, start, end)):
        return speakers.by_pronoun((stretch.start, stretch.end), pronoun[0])  # `“……”他蹲在田埂上，半天没动。`
    if verb is None or (person is not None and person.start < verb.start()):
        return Speaker(person, person.surface) if person is not None and (at_once or verb) else None
    speaker = speakers.before_verb(start, verb.start(), quoted=(stretch.start, stretch.end))
    words = text[start : verb.start()]
    if speaker == NOBODY and is_sentence and UNKNOWN_SPEAKER.fullmatch(words):
        return Speaker(None, words)
    return speaker if speaker != NOBODY else None


def _opens_with(text: str, start: int, person: Mention) -> bool:
    """Tell whether a clause begins with a person, or with what tells which: `”8床的李明红了眼眶`."""
    at = person.start if person.title_start is None else min(person.start, person.title_start)
    return at <= start or WHICH.fullmatch(text, start, at) is not None


def _reported(text: str, stretches: Sequence[Stretch], speakers: Speakers) -> Iterator[Quote]:
    """Yield what somebody is said to say, without marks: the rest of the sentence."""
    quoted = iter(stretches)
    stretch = next(quoted, None)
    told = 0  # where the last of them ends: one sentence is told by one speaker
    for verb in sorted((*LEADS_TO_WORDS.finditer(text), *_urged(text, speakers)), key=methodcaller("start")):
        while stretch is not None and stretch.end <= verb.start():
            stretch = next(quoted, None)
        if verb.start() < told or (stretch is not None and stretch.start <= verb.end() + 1):
            continue  # the verb is quoted, or leads to a quotation
        start = _clause_start(text, verb.start())
        speaker = speakers.before_verb(start, verb.start())
        words = SENTENCE.match(text, verb.end()) if speaker != NOBODY else None
        if words and words[0].strip():
            told = words.end()
            rule_id = ACCORDING_TO if text.startswith("据", start) else REPORTED
            yield _made(text, Stretch(*words.span()), speaker, rule_id)


def _urged(text: str, speakers: Speakers) -> Iterator[re.Match[str]]:
    """Yield the words that urge somebody to do what follows: `叮嘱李明，`, `要求各部门，`."""
    for urged in URGES.finditer(text):
        if speakers.is_named_until(urged.end() - 1) or URGED.search(text, urged.start(), urged.end()):
            yield urged


def _clause_start(text: str, end: int) -> int:
    """Return where the clause begins that ends here: behind the last mark that ends a sentence, or some way back."""
    low = max(0, end - REACH)
    start = low
    for mark in CLAUSE_ENDS.finditer(text, low, end):
        start = mark.end()
    return start


def _made(text: str, stretch: Stretch, speaker: Speaker, rule_id: str) -> Quote:
    return Quote(
        text=text[stretch.start : stretch.end],
        start=stretch.start,
        end=stretch.end,
        is_direct=rule_id not in {REPORTED, ACCORDING_TO},
        speaker=speaker.mention,
        speaker_words=speaker.words,
        rule_id=rule_id,
    )
