import pytest

from transforms.pages.newspaper import Newspaper, find_newspaper
from transforms.pages.papers import newspaper_id_of

COLOPHON = "本社地址：澄溪市澄源大道116号 邮编：000000 印刷：澄溪日报社印刷厂 定价1.5元"
STORY = "本报讯（记者顾一凡）云岭晨报社记者昨日采访了春城晚报社。\n《春城晚报》2023年7月6日第3版刊登了长文。"
UNKNOWN = Newspaper("unknown", None, None)

SLUGS = [
    ("平顶山日报", "pingdingshan_ribao"),
    ("人民日报", "renmin_ribao"),
    ("重庆晨报", "chongqing_chenbao"),
    ("春城都市报", "chuncheng_dushibao"),
    ("大江报", "dajiang_bao"),
    ("绿洲青年报", "lvzhou_qingnianbao"),
]
PAPERS = {
    "the path gives the id alone": ("chengxi-ribao/p01.txt", STORY, Newspaper("chengxi_ribao", None, "path")),
    "the page gives the name to the path's id": (
        "chengxi-ribao/p01.txt",
        f"{STORY}\n{COLOPHON}",
        Newspaper("chengxi_ribao", "澄溪日报", "path"),
    ),
    "the name of another paper is not taken": (
        "yunling-chenbao/p01.txt",
        f"{STORY}\n{COLOPHON}",
        Newspaper("yunling_chenbao", None, "path"),
    ),
    "a path in Han gives both": ("澄溪日报/p01.txt", STORY, Newspaper("chengxi_ribao", "澄溪日报", "path")),
    "the masthead before the colophon": (
        "p01.txt",
        f"云岭晨报 2023年7月6日\n{STORY}\n{COLOPHON}",
        Newspaper("yunling_chenbao", "云岭晨报", "masthead"),
    ),
    "a masthead far down, with its page": (
        "p01.txt",
        f"{STORY}\n" * 5 + "云岭晨报 第2版",
        Newspaper("yunling_chenbao", "云岭晨报", "masthead"),
    ),
    "the colophon": ("p01.txt", f"{STORY}\n{COLOPHON}", Newspaper("chengxi_ribao", "澄溪日报", "colophon")),
    "who publishes before who prints": (
        "p01.txt",
        f"{STORY}\n春城晚报社出版 社址：文津路 邮编：000000 印刷：澄溪日报社印刷厂",
        Newspaper("chuncheng_wanbao", "春城晚报", "colophon"),
    ),
    "reports about a paper are no evidence": ("p01.txt", STORY, UNKNOWN),
    "a name far down is none either": ("p01.txt", f"{STORY}\n" * 5 + "云岭晨报", UNKNOWN),
    "nothing says it": ("p01.txt", "区里召开推进会。", UNKNOWN),
}


@pytest.mark.parametrize(("name", "slug"), SLUGS)
def test_a_name_gives_a_stable_slug_of_place_and_kind(name, slug):
    assert newspaper_id_of(name) == slug


@pytest.mark.parametrize(("file_name", "text", "paper"), PAPERS.values(), ids=PAPERS.keys())
def test_the_paper_is_known_by_path_then_masthead_then_colophon(file_name, text, paper):
    assert find_newspaper(file_name, text) == paper
