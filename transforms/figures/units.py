"""Units and counters, by what they measure: the norm unit, and how many of it one makes.

A counter (`个`, `家`, `人次`) keeps its word as the unit and has the norm unit `count`. Sources: GB 3100-93 for units
of measurement; 市制 for 亩, 斤 and 里 (1 斤 is 0.5 kg, 1 里 is 500 m). 亩 and 公顷 stay as they are: who reads
one looks for that one. 岁 and 周年 are no units here: an age and an anniversary are no figures.
"""

import re
from decimal import Decimal
from typing import NamedTuple

COUNT = "count"


class Unit(NamedTuple):
    """One printed unit is `factor` of `norm_unit`."""

    norm_unit: str
    factor: Decimal = Decimal(1)


UNITLESS = Unit(COUNT)  # of a number with a multiple and no unit: 参与人数达12.7万


def _each(norm_unit: str, words: str, factor: str = "1") -> dict[str, Unit]:
    return {word: Unit(norm_unit, Decimal(factor)) for word in words.split()}


MONEY = (
    _each("CNY", "元 块钱 元钱 元人民币")
    | _each("CNY", "角钱 毛钱 角", "0.1")
    | _each("CNY", "分钱", "0.01")
    | _each("USD", "美元 元美金 美金")
    | _each("EUR", "欧元")
    | _each("HKD", "港元 港币")
    | _each("JPY", "日元")
    | _each("GBP", "英镑")
    | _each("KRW", "韩元")
    | _each("RUB", "卢布")
    | _each("MOP", "澳门元 澳门币")
    | _each("TWD", "新台币")
    | _each("CHF", "瑞士法郎")
)
SHARE = (
    _each("percent", "% ％ ﹪")
    | _each("permille", "‰")
    | _each("percentage_point", "个百分点 百分点")
    | _each("times", "倍")
    | _each("percent", "成 折", "10")
)
LENGTH = (
    _each("km", "公里 千米 km")
    | _each("km", "华里 里地 里路", "0.5")
    | _each("nmi", "海里")
    | _each("m", "米 延米 延长米")
    | _each("m", "厘米 公分 cm", "0.01")
    | _each("m", "毫米 mm", "0.001")
    | _each("m", "微米", "0.000001")
)
AREA = (
    _each("m2", "平方米 平米 m² ㎡ m2")
    | _each("m2", "平方公里 平方千米 km² km2", "1000000")
    | _each("mu", "亩")
    | _each("hectare", "公顷")
)
VOLUME = _each("m3", "立方米 立方 方 m³ m3") | _each("litre", "升") | _each("litre", "毫升 ml", "0.001")
MASS = (
    _each("tonne", "吨")
    | _each("kg", "公斤 千克 kg")
    | _each("kg", "斤 市斤", "0.5")
    | _each("kg", "克", "0.001")
    | _each("mg", "毫克")
    | _each("mg", "微克", "0.001")
)
POWER = (
    _each("kWh", "千瓦时 度电 度 kWh")
    | _each("kWh", "兆瓦时 MWh", "1000")
    | _each("kWh", "吉瓦时 GWh", "1000000")
    | _each("kWh", "瓦时", "0.001")
    | _each("kW", "千瓦 kW")
    | _each("kW", "兆瓦 MW", "1000")
    | _each("kW", "吉瓦 GW", "1000000")
    | _each("kW", "瓦", "0.001")
    | _each("N", "千牛", "1000")
    | _each("kVA", "千伏安")
    | _each("V", "伏")
    | _each("V", "千伏", "1000")
    | _each("MPa", "兆帕")
    | _each("dB", "分贝")
    | _each("celsius", "摄氏度 ℃")
)
TIME = (
    _each("year", "年 个年头")
    | _each("month", "个月 个多月")
    | _each("day", "周 个星期 个多星期", "7")
    | _each("day", "天 日历天 个自然日 自然日")
    | _each("workday", "个工作日 工作日")
    | _each("hour", "小时 个小时 个多小时 个钟头")
    | _each("minute", "分钟")
    | _each("second", "秒 秒钟")
)
COUNTERS = (
    "人次 车次 架次 辆次 批次 场次 户次 班次 航次 件次 家次 例次 台次 册次 亩次",
    "个 项 件 条 种 类 款 例 起 宗 笔 单 批 份 次 回 遍 趟 轮 局 场 期 句",
    "人 名 位 户 家 所 口人 人份 国 省 省份 省市 县 县市",
    "处 座 间 栋 幢 套 层 孔 眼 口 片 块 幅 段 道 垄 畦 床 张 把 扇 盏",
    "根 杆 面 门 台 部 辆 列 艘 架 只 头 匹 尾 羽 峰 窝",
    "棵 株 朵 枝 枚 粒 颗 滴 支 瓶 罐 桶 箱 袋 包 盒 筐 篮 捆 盆 杯 碗 盘 桌 双 副 对 串 顶 卷 册 本 篇 首 集 幕 页 字",
    "管 剂 剂次 针 组 队 班 席 节 课时 学时 学分 门课 步 站 票 团 字节 像素 标箱 圈 顿 声 封 拨",
    "分 注",
    "脚 窑 棒 尊 具 垛 坛 缸 壶 穗 茬 笼 帖 丸 乘 瓣",
)
COUNT_UNITS = {word: Unit(COUNT) for line in COUNTERS for word in line.split()}
UNITS = MONEY | SHARE | LENGTH | AREA | VOLUME | MASS | POWER | TIME | COUNT_UNITS

# After a number these stand for other words: what may not follow a unit's character.
NO_UNIT_BEFORE = {
    "元": "旦宵月",
    "成": "功立为员果本绩长都熟品交效就形语型群套渝兰份分因",
    "折": "射叠旧腾",
    "方": "面法向案式",
    "升": "级至到学温高降旗起任为",
    "年": "级代版度龄初底末",
    "周": "年岁边围期末",
    "人": "均口民",
    "部": "门分委",
    "处": "理级",
    "位": "数于置移一",
    "国": "道际家",
    "集": "团中体装聚",
    "包": "机装括",
    "支": "付持撑",
    "县": "道级",
    "台": "湾风州阶",
    "对": "于接比应外象策",
    "组": "织成建合",
    "班": "级车列倒",
    "队": "伍员",
    "节": "日约能气点假省",
    "条": "例",
    "头": "部",
    "口": "径岸",
    "首": "批次先届",
    "分": "钟之别为批期层类册",
    "期": "间待限",
    "种": "植",
    "批": "准复示发",
    "次": "日年月",
    "票": "价房",
    "步": "行",
    "站": "点台",
    "字": "号",
    "层": "面级次",
    "场": "馆地所",
    "双": "方边",
    "团": "队员",
    "片": "区",
    "单": "元位体独价据一",
    "面": "积对向",
    "注": "册意入重目定射明资释销视解水浆塑",
    "门课": "程",
    "脚": "下步手踏印趾本",
    "窑": "洞厂址子",
    "棒": "球",
    "具": "有体备",
    "缸": "体",
    "乘": "客以坐积",
    "壶": "口",
}
RANKED = "(?!居(?!民))"  # 80多位居民, and not 居全省第3位居首
# 年发电量1200万度: with another number 度 is of heat, or a time.
POWER_ALONE = r"(?:(?<=[万亿]度)|(?<=[万亿][余多]度))(?!的?(?:高温|等离子))"
FOLLOWED = {word: f"(?![{rest}])" + (RANKED if word == "位" else "") for word, rest in NO_UNIT_BEFORE.items()} | {
    "度": POWER_ALONE
}


def _any_unit() -> str:
    """Return a pattern that takes the longest unit at a place; those that begin alike share their first character."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(UNITS, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]) + FOLLOWED.get(word, ""))
    groups = (f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items())
    return f"(?=[{''.join(map(re.escape, by_first))}])(?:{'|'.join(groups)})"


UNIT_PATTERN = _any_unit()
