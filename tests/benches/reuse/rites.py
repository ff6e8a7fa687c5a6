"""What one paper prints again with hardly a word changed: visits, sessions, telegrams, notices and columns of the year.

Of an instance its guest, its ordinal or its day is another one, months or years later or on the same day, and all the
wording stays. All of it is invented.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benches.reuse.chance import Chance, pick

SLOT = re.compile(r"\{(\w+)\}")
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六")
LANDS = ("云泽", "西陵", "南屿", "北朔", "东崖", "沙洲", "海门", "罗浮", "青岬", "白山", "赤水", "金沙")


@dataclass(frozen=True, slots=True)
class Rite:
    """A form, with its headline; `days` lie between two instances at least and at most."""

    headline: str
    text: str
    days: tuple[int, int]


RITES = (
    Rite(
        "{host}同{land}国总统{guest}会谈",
        "{host}{day}日在迎宾馆同来访的{land}国总统{guest}举行会谈。双方积极评价两国关系的发展，就共同关心的问题深入交换意见，达成广泛共识。"
        "{host}指出，建交以来，两国始终相互尊重、平等相待，各领域合作不断取得新成果，给两国人民带来实实在在的利益。"
        "我们愿同{land}方一道，保持高层交往，深化经贸、农业、基础设施、人文等领域合作，把两国传统友好推向更高水平。"
        "{guest}表示，感谢多年来的宝贵支持，愿学习治国理政的经验，扩大务实合作，在国际事务中密切协调。"
        "会谈后，两国元首共同见证了多项合作文件的签署。会谈前，{host}在迎宾馆北大厅为{guest}举行欢迎仪式。",
        (0, 400),
    ),
    Rite(
        "{host}会见{land}国外长",
        "{host}{day}日下午在迎宾馆会见了{land}国外长{guest}一行。{host}说，两国是好邻居、好朋友、好伙伴，"
        "近年来双边关系保持良好发展势头。希望双方外交部门加强沟通，落实好两国领导人达成的重要共识，推动各领域合作走深走实。"
        "{guest}说，{land}方高度重视发展两国关系，愿不断扩大交流，共同维护地区的和平与稳定。会见时有关方面负责人在座。",
        (0, 300),
    ),
    Rite(
        "{body}第{number}次会议在{town}举行",
        "{body}第{number}次会议{day}日上午在{town}举行第一次全体会议。会议应到组成人员，实到人数符合法定人数。"
        "会议听取了关于法律草案审议结果的报告，听取了关于预算执行情况的报告和关于计划执行情况的报告，"
        "审议了关于任免案的说明。会议期间，组成人员分组审议了有关议案。列席会议的有各专门委员会成员、部分代表和有关部门负责人。"
        "会议由主任会议主持。会议将于本月下旬闭幕。",
        (55, 65),
    ),
    Rite(
        "{host}向{land}国总统致慰问电",
        "{host}{day}日就{land}国发生严重自然灾害向{land}国总统{guest}致慰问电。"
        "电文说，惊悉贵国部分地区遭受严重灾害，造成重大人员伤亡和财产损失，我谨向遇难者表示深切的哀悼，"
        "向遇难者家属和受伤者表示诚挚的慰问。相信在总统先生领导下，{land}国人民一定能够战胜灾害，重建家园。",
        (20, 700),
    ),
    Rite(
        "{host}致电祝贺{guest}当选{land}国总统",
        "{host}{day}日致电{guest}，祝贺他当选{land}国总统。{host}在贺电中指出，两国传统友好，各领域合作成果丰硕。"
        "我高度重视两国关系发展，愿同你一道努力，增进政治互信，拓展互利合作，更好造福两国人民。",
        (30, 900),
    ),
    Rite(
        "《{town}晚报》{year}年征订启事",
        "{year}年《{town}晚报》征订工作现已开始。本报立足本地，面向基层，及时报道党和政府的方针政策，反映群众呼声，服务百姓生活。"
        "新的一年，本报将进一步改进版面，增加信息量，办好各个专版和副刊，以更好的面貌同读者见面。"
        "全国各地邮局均可订阅，也可直接到本报发行部办理，欢迎广大读者踊跃订阅。零售网点遍布城乡，报刊亭均有销售。",
        (360, 370),
    ),
    Rite(
        "{town}举行升旗仪式庆祝节日",
        "今天清晨，{town}中心广场举行隆重的升旗仪式，庆祝第{number}个建城纪念日。清晨的广场上人潮涌动，市民早早来到这里等候。"
        "伴着雄壮的歌声，护旗队员迈着整齐的步伐走向旗杆，旗帜冉冉升起，数千名群众齐声高唱，放飞的鸽子掠过广场上空。"
        "带着孩子来看升旗的市民{guest}说，每年这一天全家都要来，看到旗帜升起来，心里特别激动。"
        "仪式结束后，许多市民久久不愿离去，在广场花坛前合影留念。",
        (364, 366),
    ),
    Rite(
        "{town}召开动员会部署防火工作",
        "{day}日，{town}召开森林防火工作动员会，对今冬明春的防火工作进行全面部署。{host}出席会议并讲话。"
        "会议强调，要充分认识当前防火形势的严峻性，克服麻痹思想和侥幸心理，落实责任，强化措施，严管野外火源，"
        "加强巡护值守，做好扑救准备，确保不发生重大火灾和人员伤亡。会议要求各乡镇层层签订责任书，把任务落实到山头地块。"
        "会上，{guest}通报了去冬今春的火情，三个乡镇的负责人作了发言。",
        (355, 375),
    ),
    Rite(
        "天文台：本月星空",
        "本月的夜空值得期待。{town}天文台研究员{guest}介绍，{day}日前后，日落以后，{planet}将出现在{side}方低空，"
        "肉眼可见，天气晴好时公众可以在视野开阔、远离灯光的地方观赏。用小型望远镜观看效果更佳。"
        "天文台提醒，观星时请注意保暖和安全，不要用望远镜直接对准太阳。天文台每周末晚上向公众开放，无需预约。",
        (28, 31),
    ),
    Rite(
        "书画院举办{name}作品展",
        "{name}书画作品展{day}日在{town}书画院开幕。此次展览共展出作者近年来创作的山水、花鸟、书法作品，"
        "作品题材广泛，笔墨精到，气韵生动，既有传统功力，又具时代气息，受到观众好评。"
        "作者自幼酷爱书画，师从名家，数十年笔耕不辍，作品多次入选各级展览，并为多家博物馆收藏。展览免费开放，为期半个月。",
        (10, 200),
    ),
)


def write_rites(
    count: int, *, names: Sequence[str], places: Sequence[str], random: Chance
) -> tuple[tuple[int, int], list[tuple[str, str]]]:
    """Write so many instances of one form, as headline and text; say how many days lie between two of them."""
    rite = RITES[int(random.integers(len(RITES)))]
    first = int(random.integers(1, 8))
    kept = {"host": pick(names, random), "town": pick(places, random), "body": pick(places, random) + "常务委员会"}
    instances = []
    for later in range(count):
        filled = kept | {
            "land": pick(LANDS, random),
            "guest": pick(names, random),
            "name": pick(names, random),
            "number": NUMERALS[(first + later) % len(NUMERALS)],
            "year": str(2012 + (first + later) % 12),
            "day": str(random.integers(1, 29)),
            "planet": pick(("木星", "土星", "金星", "火星", "水星"), random),
            "side": pick(("东", "西", "南", "东南", "西南"), random),
        }
        instances.append((_fill(rite.headline, filled), _fill(rite.text, filled)))
    return rite.days, instances


def _fill(form: str, filled: dict[str, str]) -> str:
    return SLOT.sub(lambda slot: filled[slot[1]], form)
