"""Invented articles: long enough to compare, never the same twice by chance."""

from collections.abc import Callable
from random import Random

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from transforms.reuse.normal import Codes

WORDS = (  # noqa: SIM905 -- as a list it is a page long
    "春耕 渠水 秧苗 果园 集市 山路 桥墩 学堂 课桌 琴声 茶馆 渔船 堤坝 麦浪 仓库 车站 邮差 信件 灯塔 码头 "
    "木匠 石磨 油坊 窑洞 瓷碗 布鞋 棉田 纺车 染缸 河滩 柳树 槐花 蜂箱 羊群 牧场 雪地 炉火 煤矿 井架 铁轨 "
    "邻居 老人 孩童 医生 教师 匠人 歌手 鼓手 船工 猎户 修好 种下 运来 送到 打开 搬进 量出 看见 听说 记住 "
    "清晨 傍晚 去冬 今夏 昨夜 正午 南坡 北岸 东门 西街 高兴 安静 热闹 结实 崭新 干净 缓慢 明亮 厚重 整齐 "
    "于是 接着 后来 终于 渐渐 忽然 几乎 仍旧 一同 各自 将 向 从 在 与 给 和 沿线 环绕 靠近"
).split()

TELEGRAM = (
    "新华社北京{day}日电　主席今天下午致电{country}共和国总统阁下{name}先生，代表全国人民，就该国境内{place}在本月上旬"
    "遭受严重{disaster}灾害表示慰问。电报说，惊悉灾情严重，许多村庄房屋倒塌，我们感到十分难过，谨向受灾民众转达诚挚的"
    "同情，相信灾区人民在政府带领下，一定能够早日战胜困难，重建家园。"
)
GUESTS = (
    {"day": 3, "country": "萨维亚", "name": "文森蒂", "place": "沿海两省", "disaster": "飓风"},
    {"day": 5, "country": "多兰", "name": "塔尔诺", "place": "北方山地", "disaster": "地震"},
    {"day": 9, "country": "切特里", "name": "古尔达", "place": "首都近郊", "disaster": "洪水"},
    {"day": 14, "country": "阿夸迪", "name": "莫雷斯", "place": "中部高原", "disaster": "泥石流"},
)
TELEGRAMS = tuple(TELEGRAM.format(**guest) for guest in GUESTS)
"""One form, filled in four times: two of them alone look like an edit of each other."""

Article = dict[str, object]


def take_empty(numbers: NDArray[np.int64]) -> Codes:
    """Give texts of which nothing is known but their links."""
    return Codes(np.empty(0, np.uint16), np.zeros_like(numbers), np.zeros_like(numbers))


@pytest.fixture
def write() -> Callable[[int, int], str]:
    """A text of its own for each seed, of so many sentences of about 16 characters."""

    def write_text(seed: int, sentences: int) -> str:
        random = Random(seed)
        return "".join("".join(random.choices(WORDS, k=8)) + "。" for _ in range(sentences))

    return write_text


@pytest.fixture
def misread() -> Callable[[str, float], str]:
    """OCR noise: so many of the characters are read as others, lost or doubled, the same ones each time."""

    def misread_text(text: str, share: float) -> str:
        random = Random(len(text))
        changes = {character: random.choice([random.choice("仄乇亍兀凫劢卅"), "", character * 2]) for character in text}
        return "".join(changes[character] if random.random() < share else character for character in text)

    return misread_text


@pytest.fixture
def shelve() -> Callable[..., pl.DataFrame]:
    """Articles with ids from their place in the list; each dict says what is not the default."""

    def shelve_articles(*articles: Article) -> pl.DataFrame:
        defaults: Article = {
            "headline": None,
            "published_on": None,
            "date_lower": None,
            "date_upper": None,
            "kind": "news",
        }
        rows = [
            {
                "article_id": f"huaishu_bao-undated-{number:016x}-p0001-i001",
                "article_uid": f"{number:016x}",
                "newspaper_id": "huaishu_bao",
                "file_id": f"{number:016x}",
                **defaults,
                **article,
            }
            for number, article in enumerate(articles)
        ]
        dates = dict.fromkeys(("published_on", "date_lower", "date_upper"), pl.Date())
        return pl.DataFrame(rows, schema_overrides={**dates, "headline": pl.String(), "body": pl.String()})

    return shelve_articles
