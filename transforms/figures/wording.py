"""The words around figures by what they do: where a measure begins and ends, and what of it is filler.

Each vocabulary is a list of patterns with blanks between them; a word that may also begin another one says what must
not follow it.
"""

import re


def _any(words: str) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "|".join(sorted(words.split(), key=lambda word: (-len(word), word)))


# Between what is counted and the number: `总投资达44亿元`.
LINKS = (
    "达到了 达到 达 为 是 至 (?<![拥持占享具含])有 仅有 只有 就有 已有 还有 共有 占到 到了 分别为 分别是 "
    "共计 总计 合计 累计 总共 一共 共 仅 只 的 了 也 则 就 又 和 与 及 以 按 每 从 由 将 "
    "增加到 增长到 提高到 提升到 上升到 跃升到 跃升至 攀升至 下降到 升到 降到 降至 "
    "增至 升至 扩大到 提到 扩到 提至 扩至 增到 缩短到 减少到 调整为 "
    "首次 要?力争 争取到? 之多 高达 多达 长达 ： : “ ‘ （ [(]"
)
LINKS_AT_END = re.compile(f"(?:{_any(LINKS)})+\\Z")
# At the head of a measure they lead into it and say nothing of what is counted.
LEADS = (
    "其中包括 其中 并且 而且 并(?!网|购|联) 且 还(?!款|贷) 又 也 则 及 和(?!谐|美) 与(?!会) 等(?:人(?!才))?(?!级) "
    "共计 总计 合计 累计 先后 分别 成功 同时 目前 预计 据统计 据悉 据介绍 此外 另外 "
    "[之以]?前(?=完成|建成|新[建增]|改[建造]|实现|投[资用产入]|达|开工|竣工|培) "
    "[我咱他]们 当天 当日 近日 日前 了 的 着 ： ” ） ’ 、"
)
CORRECTED = re.compile(".*(?:应[为是]|更正为)[“‘]")  # `“总投资2亿元”应为“总投资`3亿元
LEADS_AHEAD = re.compile(f"(?:{_any(LEADS)})+")
SCOPES = (
    "全[国省市县区镇乡村校院厂街] 全街道 我[国省市县区] [该本][省市县区镇乡村校院厂局站所社馆园] "
    "[该本][线桥路园] [该本](?:公司|企业|中心|项目|单位|集团|街道|园区|基地|部门|平台)"
)
SCOPE_AHEAD = re.compile(f"(?=[^比较占于]*[全我该本])[^比较占于]*(?:{_any(SCOPES)})")  # each begins with one of these
JOINT = re.compile("[、的在将把]")
# A number of a unit of measurement tells the size of what stands before it, when the words there end so.
SIZES = (
    "投资 投入 金 剩余 余下 剩下 金额 总额 额 费 费用 产值 收入 贷款 奖励 税 价 造价 租金 利润 损失 款 "
    "退税 减费 缴纳 赔付 成本 GDP 存款 余额 债券 资本 资产 支出 营收 销售 人均 工资 月薪 日薪 "
    "花 花费 用去 耗资 出资 斥资 筹资 融资 授信 "
    "补贴 补助 均价 票价 亩产 单产 总产 率 量 数 值 比重 增速 占 总计 合计 得分 成绩 总分 得 "
    "人口 就业 面积 里程 长 长度 高 高度 宽 深 厚度 距离 占地 用地 耕地 海拔 直径 胸围 树龄 气温 温度 水温 降雨 水压 "
    "用时 耗时 历时 时长 时间 用工 缩短 减少 增加 增长 下降 提高 降低 上升 节约 节省 提前 推迟 跌 涨 升 降"
)
SIZE_ENDS = tuple(SIZES.split())
# Behind a number of things, the phrase that names them ends before one of these.
STOPS = (
    "将(?!军) 已 (?<![关由对位属])于 被(?!执行人|告) 把 在(?![职校建册岗编]) (?<![人平户])均 (?<![首成])都(?!市) "
    "(?<!参)与(?!会) 和(?!谐|美|地区) (?<![以普涉])及 (?<!合)并(?!网) 是 (?<![自理])由 从(?!业|事) "
    "(?<![方面导意动走倾取志定单双])向 (?<![原基])因 "
    "按 比(?=计划|[去上往同前]年|原|预[计期定]|以[往前]|过去|平时|同期|上[个月周]) "
    "其中 尚未 同时 "
    "没有 成为 组成 进行 完成 获得 获评 上榜 符合 落实 深入 发放 合并 赴 逐个 逐一 "
    "达到 通过 列入 集中 全部 入选 进驻 入驻 驻(?=[点守厂校]|村(?![工干第书帮队员])) 实现 实行 举办 开展 推行 "
    "开工 竣工 投用 投产 建成 通车 动工 加快 加速 参与 参加 参展 走进 进入 受益 享受 分布 涉及 覆盖 "
    "占(?!地) 带来 提供 贡献 用于 总投资 总面积 "
    "累计 合计 总计 预计 计划(?=投资|完成|总投资) 实际(?=完成|到位|投资|利用) 共(?=完成|投资|实现|到位|计) "
    "投资(?=完成) [上下]月(?!球) [本当]年(?=累计|共|完成|投资) 年度(?=累计|完成|投资|计划) "
    "全年(?!龄) [上下]半年 [今去当]年 年内 前[二两三]季度 [一二三四]季度 截至 \\d+(?:[-—至年月])"
)
STOP = re.compile(_any(STOPS))
NO_NAMES = (
    "(?!\\dA级|\\d{1,3}周?岁(?:及?以[上下]|的))[^\\u4e00-\\u9fffA-Za-z“‘（(] "
    "[将已于把在均都与和及并是由从向因按以之即则就也还又才而且有后时起] [左右上下不了过来去着地至到] "
    "被(?!告|执行人|害人|访|保险|帮扶|征地|救助|监护|查处) "
    "(?:增加|增长|增|提高|提|提升|上升|升|上涨|涨|扩大|扩建?增?|下降|降低|降|减少|减|缩短|压缩|压减|缩|调整|调|延长|发展|壮大)"
    "[到至为] "
    "未(?!成年|婚|来) 只(?=[用需要有能花]) 仅 需(?!求) [捐交转发送分返][还赠]?给 "
    "[户人亩村]均(?!衡) 中有 大关 全部 年[内底初末] 每(?=小时|立方米|平方|升) "
    "待命 备勤 值守 调整[为到至] 一[份斤只套碗盘瓶箱亩](?![\\u4e00-\\u9fff]) 为好 "
    "为宜 不等 之间 主要 用于 用来 其中 同比 环比 增长 下降 提高 提升 上升 上涨 "
    "增加 增至 减少 减至 降到 降至 升到 升至 涨到 涨至 缩短 变成 变为 等(?!级)"
)
BARE = re.compile("[，。；：！？、）)]|[已被因在均都未将尚正]|来自|全部|分别|\\Z")  # behind a counter that stands alone
OTHER_UNIT = re.compile("\\A[（(][^\\W\\d]{1,2}[）)]")  # 142台（套）设备
NO_NAME = re.compile(_any(NO_NAMES))  # what follows a number so does not name what it counts
GIVEN_SHARE = re.compile("[占达率]|比重|相当|完成|实现|目标")  # a share of what is said before it
RISES = (
    "增长 下降 上升 提高 提升 增加 减少 降低 回落 下滑 上涨 下跌 增收 减收 "
    "增产 减产 多增 少增 多收 少收 扩大 收窄 缩小 改善"
)
SINCE = "同比|环比|同期|[比较][^，。；]{1,8}?"
RISE = re.compile(
    f"(?:(?:增[速幅长]|[降涨]幅)(?=[比较]))?(?:{SINCE}){{0,2}}(?:{_any(RISES)}|增幅|降幅|减幅|涨幅|跌幅|增速)了?"
)
MORE = re.compile(
    f"(?:增[速幅])?(?:{SINCE}){{0,2}}(?:(?:高于|低于|快于|慢于|超过)[^，。；]{{0,10}}|高出?|低|多出?|少)了?"
)
MORE_THAN = re.compile(f"(?:{SINCE}){{1,2}}(?:高出?|低|多出?|少)了?")  # of counts and sums as well: 比上年多11个
RISE_AT_END = re.compile(f"(?:同比|环比)?(?:{_any(RISES)})\\Z|(?:高于|低于)[^，。；]{{0,8}}\\Z")
# A clause that tells of the number before it, and of another time: 人均收入4800元，去年达到1.6万元.
TIME = "(?:19|20)\\d\\d年|[今去前上]年|[一二三四]季度|[上下]半年"
GOES_ON = re.compile(
    f"(?:大关)?[，；](?:(?:{TIME})(?:为|是|预计|计划|要?力争|争取到?)?"
    "|(?:[^，。；]{0,7}(?:[年月底末]|季度|目前))?[已则又再更就]?(?:达到?|(?:增|升|涨|降|减|增加|增长|提高|下降|减少)[到至]|突破|超过)了?)"
)
# These give a part of something else, which nothing then grows from.
SHARE_OF = re.compile("占|相当于|为|.*(?:计划|目标|任务|预算|进度)\\Z")
# A time behind these belongs to the phrase (`占全年计划`), another one only leads into it (`去年完成投资`).
NEEDS_TIME = re.compile("(?:占|完成|达到|恢复[到至]|相当于|为|于|比|较|的)[^，。；]{1,6}\\Z")
# What differs from issue to issue while the measure stays the same.
KEY_FILLER = re.compile(
    r"[（(][^）)]*[）)]|[“”‘’\"'「」『』《》\s·]|[、，](?=.{0,2}$)|同比"
    rf"|[比较](?:上年|去年)(?:同期)?(?={_any(RISES)})"
    r"|(?<=[一二三四五六]期)(?:工程|项目)|^(?:项目|工程)(?=总?投资|概算|占地|总?用地|总?建筑|完成)"
    r"|[第前](?:[一二三四五六七八九十]|\d+)[批期轮](?!次)|首批|首期|本年度|已经|已"
    r"|(?:^|(?<=完成))(?:[本当全]年|年[度内])(?:累计|共|实际)?(?=完成|投资|$)|^(?:项目|工程)?(?:累计|共|实际)(?=完成)|(?<=完成投资)总?额"
)
KEY_ORDER = re.compile(  # 投资完成 is 完成投资
    "(?<!资产)(?<!工业)(?<!民间)(?<!开发)(?<!设施)投资(?:总?额)?完成(?:总?额)?$"
)
# That a sum was reached says nothing of what sum it is: 完成一般公共预算收入, 社会消费品零售总额实现.
SUMS = "固定资产投资 工业投资 民间投资 开发投资 设施投资 收入 总值 增加值 产值 税收 总额 零售额 进出口 利润 支出 产量"
KEY_REACHED = re.compile(
    f"^(?:完成|实现|达到)(?=.{{0,12}}(?:{_any(SUMS)})(?:增长)?$)"
    f"|(?:{'|'.join(f'(?<={word})' for word in SUMS.split())})(?:完成|实现|达到?)$"
    "|(?:稳定|控制|保持|维持)?在$|(?<![就需主只还都])要$"
)
WEAK = (
    "安排 初步谋划 谋划 确定 加速推进 全力推进 推进 推动 实施 部署 逐一部署 初定 "
    "梳理出 梳理 排查出 排查 包括 涉及 现有 已有 共有 拥有 "
    "有(?![机线效色限关序偿轨声人]) 共计 共 累计 先后 成功 其中 合计 总计 分别 目前 当前 [区县]级?(?=重[点大])"
)
WEAK_AHEAD = re.compile(f"(?:{_any(WEAK)})+")
