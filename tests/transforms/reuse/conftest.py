"""Invented articles: long enough to compare, never the same twice by chance."""

from collections.abc import Callable
from random import Random

import polars as pl
import pytest

WORDS = (  # noqa: SIM905 -- as a list it is a page long
    "春耕 渠水 秧苗 果园 集市 山路 桥墩 学堂 课桌 琴声 茶馆 渔船 堤坝 麦浪 仓库 车站 邮差 信件 灯塔 码头 "
    "木匠 石磨 油坊 窑洞 瓷碗 布鞋 棉田 纺车 染缸 河滩 柳树 槐花 蜂箱 羊群 牧场 雪地 炉火 煤矿 井架 铁轨 "
    "邻居 老人 孩童 医生 教师 匠人 歌手 鼓手 船工 猎户 修好 种下 运来 送到 打开 搬进 量出 看见 听说 记住 "
    "清晨 傍晚 去冬 今夏 昨夜 正午 南坡 北岸 东门 西街 高兴 安静 热闹 结实 崭新 干净 缓慢 明亮 厚重 整齐 "
    "于是 接着 后来 终于 渐渐 忽然 几乎 仍旧 一同 各自 将 向 从 在 与 给 和 沿线 环绕 靠近"
).split()

Article = dict[str, object]


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
