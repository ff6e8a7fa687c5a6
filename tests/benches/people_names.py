"""Names that could be somebody's, made up for texts whose names are replaced: none of the project's tables is asked."""

from tests.benches.people_corpus import NameMaker

# The hundred most frequent surnames of the census, most frequent first; and some rarer and compound ones.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
    "汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
RARE = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "汤",
    "康",
    "文",
    "安",
    "乔",
    "齐",
    "施",
    "柳",
    "鲁",
    "牛",
    "温",
    "岳",
    "关",
    "季",
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志文海春红梅云峰林飞龙玲珍燕萍鹏辉斌波宁浩宇航俊佳欣怡思雨梓涵"
    "子轩晨阳雪莹婷倩琳颖慧洁丹凯帆博旭东振光永庆福祥成德贵生荣学义长江山河水根民安康健亮晓小亚新立少世大天一中正元克景昌"
    "家才良兴发胜利全金宝富凤香莲翠银月秋冬青松柏森木木石岩泉清源泽润溪芸芝菊莉蓉薇蕾曼诗语琪瑶瑾瑜琦璐悦可心乐然昊睿铭"
)


def _shares() -> dict[str, float]:
    ranked = {surname: 1 / (rank + 8) for rank, surname in enumerate(SURNAMES)}
    return ranked | dict.fromkeys(RARE, 0.004)


CHARACTERS = dict.fromkeys(GIVEN, 1.0)
MAKER = NameMaker(_shares(), CHARACTERS, CHARACTERS, CHARACTERS)
