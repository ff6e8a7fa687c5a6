"""Small adversarial shelves: whatever hangs on numbers, order or neighbours comes often in them."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import polars as pl

from tests.transforms.reuse.conftest import WORDS
from transforms.reuse.prints import FACTS

DAY = date(2019, 3, 6)


def write(random: Random, sentences: int) -> str:
    return "".join("".join(random.choices(WORDS, k=8)) + "。" for _ in range(sentences))


def damage(text: str, random: Random) -> str:
    return "".join(random.choice("仄乇亍兀") if random.random() < 0.05 else character for character in text)


def iter_bodies(random: Random) -> Iterator[str]:
    """Copies, damaged, cut, joined and quoted; a series from one template; boilerplate; short and empty texts."""
    stock = [write(random, 12) for _ in range(4)]
    standing = write(random, 3)
    form = write(random, 5)
    while True:
        a, b = random.sample(stock, 2)
        middle = random.randrange(len(a) // 2)
        yield random.choice(
            [
                a,
                a.replace("。", " ,\n"),
                damage(a, random),
                a[: len(a) * 3 // 4],
                a[len(a) // 5 :],
                a[middle : middle + 110],
                a + b,
                write(random, 4) + a[middle : middle + 60] + write(random, 4),
                write(random, 6) + standing,
                standing + write(random, 2),
                form.replace("清晨", random.choice(WORDS)).replace("南坡", random.choice(WORDS))
                + str(random.randrange(9)),
                write(random, 9),
                a[:30],
                "停水通知见第四版",
                "",
            ]
        )


def make_shelf(seed: int, count: int) -> pl.DataFrame:
    """Make articles with ids in no order, many on one day, some undated, some in one file."""
    random = Random(seed)
    bodies = iter_bodies(random)
    rows = []
    for number in random.sample(range(16 * count), count):
        day = random.choice([None, *(DAY + timedelta(random.randrange(12)) for _ in range(4))])
        rows.append(
            {
                "article_id": f"huaishu_bao-{number:04}",
                "article_uid": f"{random.randrange(1 << 64):016x}",
                "newspaper_id": "huaishu_bao",
                "file_id": f"{random.randrange(count // 2):016x}",
                "kind": random.choice(["news", "news", "notice", "photo"]),
                "published_on": day,
                "date_lower": day,
                "date_upper": day and day + timedelta(random.choice([0, 0, 3])),
                "headline": random.choice([None, "县里的第二次集市", "县里的第三次集市", "集市"]),
                "body": next(bodies),
            }
        )
    return pl.DataFrame(rows, schema=FACTS | {"body": pl.String()})
