"""Small invented pages for runs that are killed: three papers, two articles a page, now and then a reprint."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

PAPERS = {"chengxi-ribao": "澄溪日报", "yunling-chenbao": "云岭晨报", "hewan-wanbao": "河湾晚报"}
SURNAMES, GIVEN = "陆纪卢邵谭苏罗邰凌贺", ("知远", "明舟", "小满", "晨", "守田", "念", "青禾", "云舟", "小霜", "书瑶")
PLACES = ("桂花巷社区", "柳渚街道", "松涧镇", "麦坡镇", "城西灌区", "望江渡", "晚香路小学", "纺织厂旧址")
SUBJECTS = ("社区食堂", "夜班公交", "图书馆自习室", "春灌渠道", "老旧小区", "研学基地", "便民菜场", "口袋公园")
DEEDS = ("正式开放", "完成改造", "延长服务时间", "新添座位", "迎来首批居民", "通过验收", "启动二期工程", "换上新灯")
SENTENCES = (
    "{place}的{subject}{deed}，总投资{a}万元，每天接待居民{b}人次。",
    "项目负责人{name}说，前期走访了{b}户居民，收集意见{c}条。",
    "截至{month}月底，已完成工程量的{c}%，比去年同期提高{d}个百分点。",
    "居民{name}告诉记者，以前来回要走{c}分钟，现在出门就到。",
    "下一步，{place}还将增设{d}处休息点，预计惠及{b}名老人和学生。",
    "据介绍，{subject}由居民投票定下方案，剩下的空间改成了阅览室。",
)
FIRST_DAY = date(2023, 1, 2)
REPRINTED = 0.1  # share of articles that an earlier page printed as well


def write_press(source: Path, pages: int, chance: Random) -> None:
    """Write so many pages, each an issue of one page."""
    printed: list[str] = []
    for number in range(pages):
        write_page(source, number, chance, printed)


def write_page(source: Path, number: int, chance: Random, printed: list[str]) -> None:
    """Write one page, in place of the one of that number; `printed` are articles that may be reprinted."""
    folder, paper = list(PAPERS.items())[number % len(PAPERS)]
    articles = [_choose_article(chance, printed) for _ in range(2)]
    path = source / folder / f"{FIRST_DAY + timedelta(days=number // len(PAPERS))}" / "p01.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join([paper, *articles]) + "\n", encoding="utf-8")


def _choose_article(chance: Random, printed: list[str]) -> str:
    if printed and chance.random() < REPRINTED:
        return chance.choice(printed)
    words = {
        "place": chance.choice(PLACES),
        "subject": chance.choice(SUBJECTS),
        "deed": chance.choice(DEEDS),
        "month": chance.randint(1, 12),
    }
    sentences = [
        sentence.format(
            **words,
            name=_name(chance),
            a=chance.randint(20, 9000),
            b=chance.randint(10, 3000),
            c=chance.randint(5, 99),
            d=chance.randint(2, 9),
        )
        for sentence in chance.sample(SENTENCES, k=4)
    ]
    headline = f"{words['place']}{words['subject']}{words['deed']}"
    article = (
        f"{headline}\n\n本报讯（记者 {_name(chance)}）{sentences[0]}{sentences[1]}\n\n{sentences[2]}{sentences[3]}"
    )
    printed.append(article)
    return article


def _name(chance: Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)
