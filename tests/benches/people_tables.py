"""Counts what names are made of, and the words that are none: rows of `name_characters.csv` and `words.parquet`."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log
from pathlib import Path

import jieba
from faker.providers.person.zh_CN import Provider
from people_corpus import COMPOUND_SURNAMES, NamedText, whole
from people_surnames import surname_shares

from transforms.entities.name_tables import NameCharacter

DISCOUNT = 0.6  # sightings taken off each character of a given name: one sighting may be chance
UNSEEN = 0.15  # sightings given to a character that was never seen in one
PLACE_ENDS = "区镇村县乡街路庄寨屯"  # end names of places, which begin as people's do
ENDS_PLACE = -6.0  # log-odds that a name ends with one of them
HAN = re.compile("[\u4e00-\u9fff]{1,2}")
FEWEST_PAIRS = 15  # sightings of a pair of characters
TOGETHER = 8  # times as often together as chance would have it
HAN_PAIR = re.compile("[\u4e00-\u9fff]{2}")
FEWEST_PRINTED = 2  # of a word in the dictionary's corpora
COMMON_WORD = 20  # sightings of a word in the dictionary's corpora: so many are no given name
COMMON_SOUND = 20  # sightings of a character in names that are written by their sound
HOPELESS_SURNAME = -3.5  # log-odds of a surname: of so common a character none is told
BORNE = "展种过"  # but of these, which many bear, and which begin few words
GIVEN = (
    "梓涵轩宇浩然子欣怡诗雨泽睿晨熙雅萱彤妍琪瑶瑾昊辰逸皓铭航博嘉佳俊思一诺语桐萌婷倩莹蕾薇琳璐菲钰梦洁凯鹏飞"
    "杰磊超帅旭阳鑫淼焱森冰雪冉楠丹亚晓小文志建国军红艳丽娜芳静敏燕玲霞萍娟英华秀桂兰荣珍凤莲花春香伟强勇刚峰"
    "斌波辉涛亮明平成德玉学世永福贵全金银喜庆祥瑞振海江河山林松柏青云龙虎豹乐朵霖淇灿尧舜禹枫彦昱骁坤卓晟韬淳"
    "希依可心悦恩若馨蓉蓓甜颖洋帆远毅恒宁康健安民生胜利忠孝义信礼智仁"
)


def count_parts(texts: Iterable[NamedText]) -> dict[str, Counter[str]]:
    """Count surnames and the characters of given names: each name once, and what other lists of names add."""
    parts: dict[str, Counter[str]] = {part: Counter() for part in ("surname", "alone", "first", "last")}
    for name in sorted({text.text[start:end] for text in texts for start, end in whole(text)}):
        _add(parts, name, 1)
    parts["sound"] = Counter(
        c for text in texts for name in text.names if name.kind == "foreign" for c in text.surface(name) if c != "·"
    )
    shares = surname_shares(parts["surname"])
    sounds = {character for character, count in parts["sound"].items() if count >= COMMON_SOUND}
    words = {word for word, count, tag in dictionary() if len(word) == 2 and count >= COMMON_WORD and tag != "nr"}
    for word, _, tag in dictionary():
        is_name = tag == "nr" and len(word) == 3 and word[0] in shares and not sounds.issuperset(word)
        if is_name and words.isdisjoint((word[1:], word[:2])):
            _add_given(parts, word[1:], 0.5)
    for given in (*Provider.first_names_male, *Provider.first_names_female):
        _add_given(parts, given, 5)
    for character in GIVEN:
        for part in ("alone", "first", "last"):
            parts[part][character] += 2
    parts["surname"] = shares
    return parts


def _add(parts: Mapping[str, Counter[str]], name: str, count: float) -> None:
    length = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    parts["surname"][name[:length]] += count
    _add_given(parts, name[length:], count)


def _add_given(parts: Mapping[str, Counter[str]], given: str, count: float) -> None:
    if len(given) == 1:
        parts["alone"][given] += count
    else:
        parts["first"][given[0]] += count
        parts["last"][given[1]] += count


def evened(counts: Counter[str]) -> dict[str, float]:
    """Return counts that favour the frequent less: the names made should be unlike those of the corpus."""
    return {character: count**0.8 for character, count in counts.items()}


def dictionary() -> Iterable[tuple[str, int, str]]:
    """Yield word, count and tag of jieba's dictionary."""
    for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf8").splitlines():
        word, count, tag = line.split()
        yield word, int(count), tag


def ordinary_characters(texts: Iterable[NamedText]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        at = 0
        for name in text.names:
            counts.update(text.text[at : name.start])
            at = name.end
        counts.update(text.text[at:])
    return counts


def character_rows(
    parts: Mapping[str, Counter[str]], ordinary: Counter[str], pairs: Mapping[str, int]
) -> list[NameCharacter]:
    """Return the log-odds of each character at each place of a name; only surnames are a closed list."""
    total = sum(ordinary.values())
    sums = {part: sum(counts.values()) for part, counts in parts.items()}

    def odds(part: str, character: str) -> float | None:
        if len(character) > 1:
            printed = (pairs[character] + 0.5) / total
            return round(log(parts[part][character] / printed), 2) if part == "surname" else None
        seen = parts[part][character]
        if part == "surname" and not seen:
            return None
        if part != "surname":
            seen = max(seen - DISCOUNT, 0.0) + UNSEEN
        value = log(seen / sums[part] / ((ordinary[character] + 3) / total))
        if part == "surname" and value < HOPELESS_SURNAME and character not in BORNE:
            return None
        return round(min(value, ENDS_PLACE) if character in PLACE_ENDS and part in {"alone", "last"} else value, 2)

    characters = sorted(c for c in set(ordinary).union(*parts.values()) if HAN.fullmatch(c))
    places = ("surname", "alone", "first", "last", "sound")
    return [NameCharacter(c, *(odds(part, c) for part in places)) for c in characters]


def ordinary_words(corpus: Path, surnames: set[str], names: set[str]) -> dict[str, int]:
    """Return the words of two characters, and of three or four that begin with a surname, that are no names.

    Both lists hold some names of three characters as common nouns; of two, a word may be both.
    """
    counts: Counter[str] = Counter()
    for printed in corpus.read_text(encoding="utf8").split():
        word, _, tag = printed.rpartition("/")
        if not tag.startswith("nr"):
            counts[word.lstrip("[")] += 1
    words = {word: 5 * count for word, count in counts.items() if 2 <= len(word) <= 4 and count >= 2}
    for word, count, tag in dictionary():
        if (
            count >= FEWEST_PRINTED
            and not tag.startswith("nr")
            and (len(word) == 2 or (len(word) <= 4 and word[0] in surnames))
        ):
            words[word] = max(words.get(word, 0), count)
    words = {word: count for word, count in words.items() if len(word) == 2 or word[0] in surnames}
    kept = (word for word in sorted(words) if len(word) == 2 or word not in names)
    return {word: words[word] for word in kept if all("\u4e00" <= c <= "\u9fff" for c in word)}


CLASSES = {
    "v": "v",
    "n": "n",
    "a": "a",
    "d": "d",
    "p": "p",
    "c": "c",
    "m": "m",
    "q": "m",
    "t": "t",
    "r": "r",
    "f": "f",
    "s": "f",
}


def word_classes(corpus: Path) -> dict[str, str]:
    """Return the class of each word of two characters: that of most of its sightings, else the dictionary's."""
    seen: dict[str, Counter[str]] = {}
    for printed in corpus.read_text(encoding="utf8").split():
        word, _, tag = printed.rpartition("/")
        if len(word) == 2 and (its := _class(tag.split("]")[0])):
            seen.setdefault(word, Counter())[its] += 1
    classes = {
        word: its
        for word, count, tag in dictionary()
        if len(word) == 2 and count >= FEWEST_PRINTED and (its := _class(tag))
    }
    classes |= {word: counts.most_common(1)[0][0] for word, counts in seen.items()}
    return {word: its for word, its in classes.items() if HAN_PAIR.fullmatch(word)}


def _class(tag: str) -> str:
    return "" if tag.startswith(("nr", "ng", "Ng")) else CLASSES.get(tag[:1], "")


def ordinary_pairs(texts: Iterable[NamedText], ordinary: Counter[str]) -> dict[str, int]:
    """Return pairs of characters that ordinary text prints together far more often than chance: `站在`."""
    counts: Counter[str] = Counter()
    for text in texts:
        at = 0
        for start, end in [*((name.start, name.end) for name in text.names), (len(text.text), len(text.text))]:
            counts.update(text.text[n : n + 2] for n in range(at, start - 1))
            at = end
    total = sum(ordinary.values())
    return {
        pair: count
        for pair, count in counts.items()
        if count >= FEWEST_PAIRS
        and HAN_PAIR.match(pair)
        and count * total > TOGETHER * ordinary[pair[0]] * ordinary[pair[1]]
    }
