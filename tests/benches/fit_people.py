"""Makes the tables of names in `seeds/reference/` and fits the weights of `transforms/entities/name_tables.py`.

usage: uv run --with jieba --with faker python tests/benches/fit_people.py 199801.txt [--write]
"""

import csv
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from math import exp, log
from pathlib import Path

import jieba
import numpy as np
import polars as pl
from faker.providers.person.zh_CN import Provider
from people_corpus import COMPOUND_SURNAMES, NamedText, NameMaker, pieces, read_corpus, renamed, whole

from transforms.entities.name_choice import POOL_WEIGHTS, choose_names, pool_namings
from transforms.entities.name_tables import LINE_SIGN, REACH, WEIGHTS, NameCharacter, NameContext, NameTables, Office
from transforms.entities.names import ANY_DIGIT, BEFORE, BEHIND, DIGIT, find_candidates, weigh_names
from transforms.entities.office_words import HONORIFICS, TITLES_BEHIND
from transforms.quotes.speech import SAYS

REFERENCE = Path(__file__).resolve().parents[2] / "seeds" / "reference"
FEWEST = 6  # sightings of a context beside a surname character: fewer say nothing
TRUST = 4.0  # sightings that a shorter context counts for
TELLING = 0.4  # log-odds by which a context must differ from the shorter one to be kept
DISCOUNT = 0.6  # sightings taken off each character of a given name: one sighting may be chance
UNSEEN = 0.15  # sightings given to a character that was never seen in one
PLACE_ENDS = "区镇村县乡街路庄寨屯"  # end names of places, which begin as people's do
ENDS_PLACE = -6.0  # log-odds that a name ends with one of them
HAN = re.compile("[\u4e00-\u9fff]{1,2}")
FEWEST_PAIRS = 15  # sightings of a pair of characters
TOGETHER = 8  # times as often together as chance would have it
HEAD = re.compile(
    "(?:长|书记|主任|经理|主席|总裁|教授|总理|总统|委员长)$"
)  # of these there is one: they lead to a name
HAN_PAIR = re.compile("[\u4e00-\u9fff]{2}")
FEWEST_PRINTED = 2  # of a word in the dictionary's corpora
COMMON = 55  # (log 55 = 4) an ordinary word of two characters so common is no name in the counts of contexts
RARE_SURNAMES = (
    "仝亓郗郏冼逯佘闫肖付代邸丛苑佟兰邹逄辜庹镡啜钭衣门海黑明战树信招青才鹿买火冷户揭缪粟麦卜尚来铁撒矫隋仉覃"
    "岑侬麻蒙韦农银班禤阳旷楚晁郜栗牟漆谌阙敖阚鞠修初迟么种保白木和"
)
GIVEN = (
    "梓涵轩宇浩然子欣怡诗雨泽睿晨熙雅萱彤妍琪瑶瑾昊辰逸皓铭航博嘉佳俊思一诺语桐萌婷倩莹蕾薇琳璐菲钰梦洁凯鹏飞"
    "杰磊超帅旭阳鑫淼焱森冰雪冉楠丹亚晓小文志建国军红艳丽娜芳静敏燕玲霞萍娟英华秀桂兰荣珍凤莲花春香伟强勇刚峰"
    "斌波辉涛亮明平成德玉学世永福贵全金银喜庆祥瑞振海江河山林松柏青云龙虎豹乐朵霖淇灿尧舜禹枫彦昱骁坤卓晟韬淳"
    "希依可心悦恩若馨蓉蓓甜颖洋帆远毅恒宁康健安民生胜利忠孝义信礼智仁"
)


def count_parts(texts: Iterable[NamedText]) -> dict[str, Counter[str]]:
    """Count surnames and the characters of given names: each name once, and what other lists of names add."""
    parts: dict[str, Counter[str]] = {part: Counter() for part in ("surname", "alone", "first", "last")}
    for name in {text.text[start:end] for text in texts for start, end in whole(text)}:
        _add(parts, name, 1)
    frequent = {surname for surname, count in parts["surname"].items() if count >= 8}
    for word, count, tag in dictionary():
        if tag == "nr" and len(word) == 3 and word[0] in frequent and count >= 3:
            parts["first"][word[1]] += 0.5
            parts["last"][word[2]] += 0.5
    for given in (*Provider.first_names_male, *Provider.first_names_female):
        _add_given(parts, given, 5)
    for character in GIVEN:
        for part in ("alone", "first", "last"):
            parts[part][character] += 2
    parts["surname"] = surname_shares(parts["surname"])
    parts["sound"] = Counter(
        c for text in texts for name in text.names if name.kind == "foreign" for c in text.surface(name) if c != "·"
    )
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


def surname_shares(counts: Counter[str]) -> Counter[str]:
    """Return each surname's share: half from Faker's list, half from the corpus, and a little for rare ones."""
    shares: Counter[str] = Counter()
    for source in (Provider.last_names, counts):
        total = sum(source.values())
        for surname, count in source.items():
            shares[surname] += count / total / 2
    for surname in RARE_SURNAMES:
        shares[surname] += 5e-5
    for surname in COMPOUND_SURNAMES:
        shares[surname] += 1e-5
    return Counter({surname: share for surname, share in shares.items() if share >= 2.5e-5 or len(surname) > 1})


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


def character_rows(parts: Mapping[str, Counter[str]], ordinary: Counter[str]) -> list[NameCharacter]:
    """Return the log-odds of each character at each place of a name; only surnames are a closed list."""
    total = sum(ordinary.values())
    sums = {part: sum(counts.values()) for part, counts in parts.items()}

    def odds(part: str, character: str) -> float | None:
        if len(character) > 1:
            return round(log(parts[part][character] / 1e-6), 2) if part == "surname" else None
        seen = parts[part][character]
        if part == "surname" and not seen:
            return None
        if part != "surname":
            seen = max(seen - DISCOUNT, 0.0) + UNSEEN
        value = log(seen / sums[part] / ((ordinary[character] + 3) / total))
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


def context_rows(texts: Iterable[NamedText], tables: NameTables, offices: Iterable[Office]) -> list[NameContext]:
    """Return the log-odds of what stands beside names, by what stands beside surname characters that begin none."""
    counts = {side: (Counter[str](), Counter[str]()) for side in ("left", "right")}
    for text in texts:
        padded = BEFORE + DIGIT.sub(ANY_DIGIT, text.text) + BEHIND
        names = set(whole(text))
        starts = {start for start, _ in names}
        others = {at for name in text.names if name.kind != "whole" for at in range(name.start, name.end)}
        seen = set()
        for found in weigh_names(text.text, tables):
            start, end = found.start + REACH, found.end + REACH
            common = tables.words.get(padded[start : start + 2], 0.0) > log(COMMON)
            if found.start in others or (common and found.start not in starts):
                continue
            if found.start not in seen:
                seen.add(found.start)
                counts["left"][found.start in starts].update(padded[start - k : start] for k in range(1, REACH + 1))
            right = (padded[end : end + k] for k in range(1, REACH))
            counts["right"][(found.start, found.end) in names].update(right)
    kinds = {o.word: o.kind + "-head" * bool(HEAD.search(o.word)) for o in offices if len(o.word) > 1}
    behind = dict.fromkeys(SAYS.split("|"), "says") | dict.fromkeys(TITLES_BEHIND.split("|"), "title")
    behind |= dict.fromkeys(HONORIFICS.split("|"), "honorific")
    behind = {word: kind for word, kind in behind.items() if 1 < len(word) <= REACH or word == "说"}
    return [*_side("left", *counts["left"], kinds), *_side("right", *counts["right"], behind)]


def _side(side: str, no: Counter[str], yes: Counter[str], kinds: Mapping[str, str]) -> list[NameContext]:
    """Return the contexts of one side that tell more than shorter ones, and all words of a kind."""
    base = log(sum(n for c, n in yes.items() if len(c) == 1) / sum(n for c, n in no.items() if len(c) == 1))
    odds: dict[str, float] = {"": base}
    kept: dict[str, float] = {}
    for context in sorted(set(yes) | set(no), key=lambda c: (len(c), c)):
        seen = yes[context] + no[context]
        if seen >= FEWEST and "\0" not in context:
            shorter = odds.get(context[1:] if side == "left" else context[:-1], base)
            share = (yes[context] + TRUST / (1 + exp(-shorter))) / (seen + TRUST)
            odds[context] = log(share / (1 - share)) if 1e-4 < share < 1 - 1e-4 else (9.2 if share > 0.5 else -9.2)
            if len(context) == 1 or abs(odds[context] - shorter) > TELLING:
                kept[context] = odds[context] - base
    for kind in sorted(set(kinds.values())):
        words = [word for word, its in kinds.items() if its == kind]
        ratio = (sum(yes[w] for w in words) + 1) / (sum(no[w] for w in words) + 1)
        for word in words:
            key = word[-REACH:] if side == "left" else word
            kept[key] = max(kept.get(key, -9.2), log(ratio) - base)
    ends = tuple(w[-REACH:] for w in kinds) if side == "left" else tuple(kinds)
    is_word = (lambda c: c.endswith(ends)) if side == "left" else (lambda c: c.startswith(ends))
    return [NameContext(side, c, is_word(c), round(value, 2)) for c, value in sorted(kept.items())]


def fit(texts: list[NamedText], make) -> dict[str, float]:
    """Fit a conditional logit (L2) by Newton's method: of the names that may begin at one character, or none.

    The log-odds are linear in the weights: each feature is what comes out under its weight alone.
    """
    columns = []
    for name in WEIGHTS:
        tables = make({other: float(other == name) for other in WEIGHTS})
        columns.append([c.log_odds for text in texts for c in weigh_names(text.text, tables)])
    x = np.array(columns).T
    y, group, keep, at = [], [], [], -1
    for text in texts:
        names, last = set(whole(text)), None
        others = {at for name in text.names if name.kind != "whole" for at in range(name.start, name.end)}
        for c in weigh_names(text.text, tables):
            at += c.start != last
            last = c.start
            y.append((c.start, c.end) in names)
            group.append(at)
            keep.append(c.start not in others)
    return dict(zip(WEIGHTS, conditional_logit(x[keep], np.array(y, float)[keep], np.array(group)[keep]), strict=True))


def fit_pool(texts: list[NamedText], tables: NameTables) -> dict[str, float]:
    """Fit the weights of what the other namings of an article say; again each feature is its weight alone."""
    x, y, group = [], [], []
    for text in texts:
        candidates = find_candidates(text.text, tables)
        columns = [
            [
                n.log_odds
                for n in pool_namings(candidates, text.text, weights={o: float(o == name) for o in POOL_WEIGHTS})
            ]
            for name in POOL_WEIGHTS
        ]
        names = set(whole(text))
        others = unsure(text)
        for candidate, row in zip(candidates, zip(*columns, strict=True), strict=True):
            if candidate.start not in others:
                x.append(row)
                y.append((candidate.start, candidate.end) in names)
                group.append((id(text), candidate.start))
    places = {place: number for number, place in enumerate(dict.fromkeys(group))}
    fitted = conditional_logit(np.array(x), np.array(y, float), np.array([places[place] for place in group]))
    return dict(zip(POOL_WEIGHTS, fitted, strict=True))


def unsure(text: NamedText) -> set[int]:
    """Return the places of names that are no whole ones: whether they are found says nothing here."""
    return {at for name in text.names if name.kind != "whole" for at in range(name.start, name.end)}


def print_weights(weights: Mapping[str, float]) -> None:
    for name, weight in weights.items():
        print(f'        "{name}": {weight:.2f},')


def print_scores(title: str, texts: Iterable[NamedText], tables: NameTables, pool: Mapping[str, float]) -> None:
    found = missed = wrong = 0
    for text in texts:
        names, others = set(whole(text)), unsure(text)
        chosen = choose_names(find_candidates(text.text, tables), text.text, weights=pool)
        given = {(n.start, n.end) for n in chosen if others.isdisjoint(range(n.start, n.end))}
        found += len(given & names)
        wrong += len(given - names)
        missed += len(names - given)
    print(
        f"{title}: precision {found / (found + wrong):.3f}, recall {found / (found + missed):.3f} of {found + missed}"
    )


def conditional_logit(x, y, group, penalty=0.3):
    weights = np.zeros(x.shape[1])
    for _ in range(40):
        odds = np.exp(np.clip(x @ weights, -30, 30))
        p = odds / (1 + np.bincount(group, odds))[group]
        means = np.stack([np.bincount(group, p * column) for column in x.T], axis=1)
        hessian = (x.T * p) @ x - means.T @ means + penalty * np.eye(len(weights))
        weights = weights - np.linalg.solve(hessian, x.T @ (p - y) + penalty * weights)
    return weights


def main() -> None:
    corpus = Path(sys.argv[1])
    texts = read_corpus(corpus)
    parts = count_parts(texts)
    maker = NameMaker(parts["surname"], *(evened(parts[part]) for part in ("alone", "first", "last")))
    chance = random.Random(5)
    training, held = pieces(texts, 0.6, chance)
    training = [renamed(text, maker, chance) for text in training]
    characters = character_rows(parts, ordinary_characters(texts))
    words = ordinary_words(corpus, set(parts["surname"]), {text.text[a:b] for text in texts for a, b in whole(text)})
    for pair, count in ordinary_pairs(texts, ordinary_characters(texts)).items():
        words.setdefault(pair, count)
    offices = [Office(*row) for row in csv.reader((REFERENCE / "offices.csv").open(encoding="utf8"))][1:]
    bare = NameTables.of(characters=characters, words=words, contexts=[], offices=offices, hopeless=-99)
    contexts = context_rows(training, bare, offices)

    def make(weights):
        return NameTables.of(
            characters=characters, words=words, contexts=contexts, offices=offices, weights=weights, hopeless=-1e9
        )

    middle = len(held) // 2
    fitting = [*held[:middle], *(renamed(text, maker, chance) for text in held[:middle])]
    weights = fit(fitting, make)
    print_weights(weights)
    pool = fit_pool(fitting, make(weights))
    print_weights(pool)
    print_scores("as printed", held[middle:], make(weights), pool)
    print_scores("renamed", [renamed(text, maker, chance) for text in held[middle:]], make(weights), pool)
    if "--write" in sys.argv:
        everything = [renamed(text, maker, chance) for text in texts]
        contexts = context_rows(everything, bare, offices)
        write("name_characters.csv", NameCharacter._fields, characters)
        write("name_contexts.csv", NameContext._fields, [c._replace(is_word=int(c.is_word)) for c in contexts])
        table = pl.DataFrame({"word": list(words), "count": pl.Series(list(words.values()), dtype=pl.UInt32)})
        table.write_parquet(REFERENCE / "words.parquet", compression="zstd", compression_level=19)


def write(name: str, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with (REFERENCE / name).open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows((v.replace("\n", LINE_SIGN) if isinstance(v, str) else v for v in row) for row in rows)


if __name__ == "__main__":
    main()
