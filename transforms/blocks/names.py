"""Names of people as a line prints them: a surname, and one or two characters behind it."""

import re

from transforms.text.characters import HAN

# The Hundred Family Surnames, and what censuses add to them.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁"
    "杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙"
    "叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀浦尚农温别庄"
    "晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾沙乜"
    "养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫佟付仝代覃邸占苟晋楚丘仉冼亓但佘侍修揭练岳帅涂阳黑么呙撒买寸刀"
    "漆谌缑矫綦笪谯麦粟庹苑隋辜牟邝鄢"
)
# Frequent surnames: enough to know a name of two characters by, which may be any word.
FREQUENT = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯"
    "邹熊孟秦白江阎闫薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔"
)
COLUMN_ENDS = frozenset("台角窗园廊坛谈录苑眼季汇站馆吧线网榜志记街路村镇山河湖事讯闻报评版")  # of names of columns
COMPOUND_SURNAMES = (
    *("欧阳", "司马", "上官", "诸葛", "慕容", "司徒", "端木", "令狐", "皇甫", "东方", "南宫", "公孙", "尉迟", "夏侯"),
    *("宇文", "长孙", "独孤", "轩辕", "钟离", "闻人", "万俟", "赫连", "澹台", "呼延", "申屠", "太史", "濮阳", "拓跋"),
)
SPACE = re.compile("[ \u3000]+")
SHORTEST, LONGEST, LONGEST_COMPOUND = 2, 3, 4  # characters
FOREIGN = re.compile(rf"[{HAN}]+(?:·[{HAN}]+)+")


def is_name(string: str) -> bool:
    """Tell whether a word has the form of a person's name."""
    if string.startswith(COMPOUND_SURNAMES):
        return LONGEST <= len(string) <= LONGEST_COMPOUND
    is_short = SHORTEST <= len(string) <= LONGEST and bool(re.fullmatch(f"[{HAN}]+", string))
    return (is_short and string[0] in SURNAMES) or bool(FOREIGN.fullmatch(string))


def names_person(string: str) -> bool:
    """Tell whether a line is one person's name, and no other word; of two characters, with a frequent surname."""
    names = read_names(string)
    if names is None or len(names) > 1 or names[0][-1] in COLUMN_ENDS:
        return False
    return len(names[0]) > SHORTEST or names[0][0] in FREQUENT


def read_names(string: str) -> list[str] | None:
    """Return the names of a line that holds nothing else; None where it holds any other word."""
    words = split_names(string)
    return words if all(map(is_name, words)) else None


def split_names(string: str) -> list[str]:
    """Return the words of a line; two single characters are a name of two, spaced out: `王 伟`."""
    words: list[str] = []
    for word in re.split("[ \u3000、，]+", string.strip()):
        if words and len(words[-1]) == len(word) == 1:
            words[-1] += word
        else:
            words.append(word)
    return words
