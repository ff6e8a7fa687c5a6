"""The surnames of `name_characters.csv`, and how many people have each."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

from faker.providers.person.zh_CN import Provider
from people_corpus import COMPOUND_SURNAMES, NamedText

GIVEN_SHARE = 0.05  # of its sightings as a given name, in which a character must be a surname
COMPOUNDS = 5  # times as many compound surnames in made-up names as there are
RARE = 3e-5  # share of a surname that no source counts
RAREST_TOLD = 3e-6  # the same of one that only a dictionary tells of
RAREST = 1e-5  # share of people, below which a source's surname may be a mistake
RARE_SURNAMES = (
    "仝亓郗郏冼逯佘闫肖付代邸丛苑佟兰邹逄辜庹镡啜钭衣门海黑明战树信招青才鹿买火冷户揭缪粟麦卜尚来铁撒矫隋仉覃"
    "酆羿郤邴隗宓郦璩庾厍蒯缑谯笪雒蹇訾甯芶禚戢郇佴贠竺郐夔桓侍佐巢咎暨揣汲蔚宰凤闪洛牧昌寿操滑暴鱼库"
    "岑侬麻蒙韦农银班禤展排仉尧阳旷楚晁郜栗牟漆谌阙敖阚鞠修初迟么种保白木和税续忻罕妥锁攸恽言延承折岩笃校"
)
# The Hundred Family Surnames (百家姓, 10th century), those of one character.
HUNDRED_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴郁胥能苍双闻莘党翟谭贡劳逄姬申扶堵"
    "冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东"
    "欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公"
)
# The further surnames of one character that CC-CEDICT (2023-11-07, CC BY-SA 4.0) tells of.
TOLD_SURNAMES = (
    "三丌丑世丘业中义乘也乾亢京亶仈仵休伭佉佚佫佳佽侴偃傕傿僖僚兀兆兑兴冒冠冬冮凯刀刑剪力加劭励匮区南卬卲原召台吾呙哙商嘉"
    "园围土坊坐墨士壴奂奄奭妁妘妫姒委姞姣娲嫘嫚嫪嬴孺官宛宜室宽密寪尉尧尨展岐岳崇帅帙年幺庱归录彤律徒微忽怕恒恪扁扆扬拓挚"
    "摇撖教敫敻斐新昊昔春晋晟朐朴机杞枚枪棸楀楼樛檀殴民沇沓泠洙济涂涓淖清渠渫港湳溥滹潞潭澄澧澹炅炔炤燮爨爰犇环琮瑶瓮甪甸"
    "番疏百皇皦盚盱直盵眭睢瞫矍礼祢祭福禢离秉稽穰立策筦篯籀糗累纡纳组绍维缯羌羲翦翰翼耍耏肃肜臣臾舍芈苌苟苴菑萨蒉蔌蕑薳藇"
    "藉蘧虢蚩蜎蟜衙袟裨襄观角訇訚谏谓赅赫轧轩轷达过还适遇遴遹邘邝邨邲邳邺邽邾郄郅郈郊郕郞郯鄅鄐鄘鄚鄢鄦鄫鄹鈬鑢钏钦铎铫错"
    "闳陎随隰隽雪霅露靖鞮顼颇颉颍题颛馀驺驾骈骓鬲鱄鲰麋麯麴黥鼂齧"
)
# The most frequent surnames of Japan that are no ordinary words, as Chinese papers write them.
JAPANESE_SURNAMES = re.findall(
    "..",
    "佐藤铃木高桥田中伊藤渡边山本中村小林加藤吉田山田山口松本井上木村斋藤阿部池田桥本石川山崎山下小川石井后藤冈田近藤前田藤田"
    "远藤坂本村上太田藤井西村三浦竹内中川冈本松田原田中野小野田村藤原中山石田小岛和田森田内田柴田酒井横山安藤宫崎岛田工藤宫本杉山"
    "今井丸山增田高田村田平野大塚菅原武田小山野口松井菊地佐野河野野村渡部本田安倍岸田福岛大江川端三岛黑泽宫泽细川羽田桥下",
)


def surname_shares(counts: Counter[str]) -> Counter[str]:
    """Return each surname's share: a third each from Faker's list, the corpus and ORCID; and a little for rare ones."""
    shares: Counter[str] = Counter()
    for source in (Provider.last_names, counts, orcid_surnames()):
        total = sum(source.values())
        for surname, count in source.items():
            shares[surname] += count / total / 3
    for surname in (*RARE_SURNAMES, *HUNDRED_SURNAMES):
        shares[surname] = max(shares[surname], RARE)
    for surname in (*COMPOUND_SURNAMES, *JAPANESE_SURNAMES):
        shares[surname] = max(shares[surname], RARE)
    shares = Counter({surname: share for surname, share in shares.items() if share >= RAREST})
    for surname in TOLD_SURNAMES:
        shares.setdefault(surname, RAREST_TOLD)
    return shares


def orcid_surnames() -> dict[str, float]:
    """Return the surnames of ORCID's researchers; a part of them wrote their given name in the surname's place."""
    data = Path(str(find_spec("sinonym").origin)).with_name("data")
    given: Counter[str] = Counter()
    for row in csv.DictReader((data / "givenname_orcid.csv").open(encoding="utf8")):
        given[row["character"]] += float(row["ppm"])
    rows = csv.DictReader((data / "familyname_orcid.csv").open(encoding="utf8"))
    found = {row["surname"]: float(row["ppm"]) for row in rows}
    return {
        surname: count
        for surname, count in found.items()
        if (len(surname) == 1 or surname in COMPOUND_SURNAMES) and count > GIVEN_SHARE * given[surname]
    }


def favour_compounds(shares: Mapping[str, float]) -> dict[str, float]:
    """Return the shares with more of surnames of two characters, so that there are some to fit to."""
    return {surname: share * (COMPOUNDS if len(surname) > 1 else 1) for surname, share in shares.items()}


def ordinary_compounds(texts: Iterable[NamedText]) -> Counter[str]:
    """Count the surnames of two characters where they are no part of a name."""
    surnames = {*COMPOUND_SURNAMES, *JAPANESE_SURNAMES}
    counts: Counter[str] = Counter()
    for text in texts:
        at = 0
        for start, end in [*((name.start, name.end) for name in text.names), (len(text.text), len(text.text))]:
            counts.update(pair for n in range(at, start - 1) if (pair := text.text[n : n + 2]) in surnames)
            at = end
    return counts
