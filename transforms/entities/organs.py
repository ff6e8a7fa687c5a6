"""Organisations known by their words alone: organs of each level or of the country, and what a place has one of.

The organs that each level has (`区委`, `市政府`) need no name before them.
"""

import re
from collections.abc import Iterator, Sequence

from transforms.entities.stretches import Stretch

LEVEL, NATIONAL, NUMBERED = "organisation.level", "organisation.national", "organisation.numbered"
BRACKETED = "organisation.bracketed"
LOCAL_BODY = "organisation.of-place"

# 市一中, 湘溪三小: a school or hospital by its number.
# A level before it makes it sure, whatever comes behind but what goes on as a word: 市一中|将在.
LEVEL_SCHOOL = "[一二三四五六七八九十]{1,2}(?:中(?![院全心间等部级型小央])|小(?![时学区组麦型]))"
# The same without a level: 实验二小, 十六中的.
SCHOOL_ALONE = re.compile(
    "(?:(?<![\u4e00-\u9fff])|(?<=[在到与和及]))"
    "(?:(?:实验|外国语|铁路|育才)[一二三四五六七八九十]{0,2}[小中](?![学心间等国])|[一二三四五六七八九十]{1,3}中(?=[的、，。]))"
)
# The stores of the nation's grain: 中储粮|云岭|直属库.
# A company with its place in brackets: 远澈新材料（云岭）有限公司.
BRACKETED_FIRM = re.compile(
    "(?:(?<![\u4e00-\u9fff])|(?<=[由与和在对到为的]))(?:(?![的由与和在对到为])[\u4e00-\u9fff]){3,12}（[\u4e00-\u9fff]{2,6}）"
    "[\u4e00-\u9fff]{0,8}?(?:有限|股份|集团)[\u4e00-\u9fff]{0,4}?公司"
)
GRAIN_STORE = re.compile("中储粮[\u4e00-\u9fff]{2,4}?(?:直属库|分公司|粮库)")
NUMBERED_SHORT = "[一二三四五六七八九十]{1,2}[中小高院](?=[、，。；：”（\n的教师校在和与及举开门考]|$)"
# What may not stand before a level is asked for behind it: a pattern that begins with characters is quick to look for.
# 小区 and 城市 are no levels, but 涟城县 has its organs as 泽县 has.
DOUBTFUL = "[城小社园地山辖郊校厂灾新景街库全各某联同结加国红]"  # most levels stand behind none of these
NO_LEVEL = (
    f"(?>(?<!{DOUBTFUL}.)|(?<![全各某].)(?<![城小社园地山辖郊校厂灾新景街库]区)(?<!城[市镇乡])(?<!辖市)(?<!山乡)"
    "(?<![联同结加]盟)(?<![国红]旗))"
)
NO_AGENCY = NO_LEVEL + "(?<![片范军牧矿林港]区)"
LEVEL_ORGAN = re.compile(
    rf"[团省市区县镇乡州盟旗](?:(?<=团)[省市区县]委|(?<!团){NO_LEVEL}"
    r"(?:委(?![员托派会任屈])|政府|(?<!直辖市)(?<![、和及或].)人民政府|人大(?:常委会|(?!代表))|政协|纪委监委|纪委|监委|委组织部|委宣传部|委统战部|委政法委|委党校|委办公室"
    r"|政府办公室|委办|政府办|(?:(?:中级|高级)?人民)?法院|[中高]院(?=[的，。、在与和院副])|(?:人民)?检察院|人武部|总工会|工商联|农行(?!业)|工行(?![业动为])|建行(?![业为])|农发行|邮政局|妇联|青联|残联|文联|科协|侨联|团委|发改委|住建局|工信局|教体局|公安局"
    r"|三防办|防汛办|防指办?|文明办|双拥办|河长办|林长办|编办|外办|侨办|台办|网信办|爱卫办|安委办|食安办|创[建文]办|环委办|政研室|史志办|党史办|老干部?局|关工委|老促会|消协|消委会|贸促会|台联|计生协|融媒体中心|疾控中心|妇幼保健院|车管所"
    r"|第[一二三四五六七八九十]{1,3}(?:实验|高级|初级|中心|人民|中医)?(?:中学|小学|幼儿园|医院)"
    r"|第[一二三四五六七八九十]{1,3}(?:棉纺织?|毛纺|纺织|针织|丝绸|印染|化工|化肥|机械|机床|农机|钢铁|水泥|造纸|印刷|塑料|玻璃|陶瓷|制药|食品|酿酒|肉联|汽车|建筑|运输|自来水){1,2}(?:总?厂|公司)"
    r"|(?:无线电|化工|机械|机床|农机|食品|肉类|蛋品|纺织|印染|塑料|玻璃|陶瓷|轴承|五金|电机|仪表|皮革|服装|木器){1,2}(?:[一二三四五六七八九十]|联合加工|联合|加工|总)厂"
    r"|第[一二三四五六七八九十]{1,2}(?:百货|副食品?|蔬菜|粮油|医药|五金|商业|饮食)(?:商店|商场|大楼|公司)"
    rf"|{LEVEL_SCHOOL}|{NUMBERED_SHORT}))"
)
NATION_ORGAN = re.compile(
    r"党中央|中共中央(?:政治局)?|国务院(?:办公厅)?|全国人大(?:常委会)?|全国政协|中央军委|中央纪委|中央组织部|中央宣传部"
)
BUILDER = re.compile(
    r"中国?(?:铁|建|交|冶|核|水电|电建|能建|铁建)[一二三四五六七八九十]{1,3}局(?:集团)?(?:有限公司)?"
    "|中[铁交](?:[一二三四]?航|大桥|隧道|电气化|物资)(?:[局院](?![长里])|勘察设计院)(?:集团)?(?:有限公司)?"
)
# The surveys of the national bureau, one for each place: 国家统计局|云岭调查队.
SURVEY = re.compile("国家统计局[\u4e00-\u9fff]{2,8}?调查总?队")
NATION_FIRMS = "中国(?:移动|联通|电信|石化|石油|邮政|人寿|人保|平安|铁塔)"
NATION_FIRM = re.compile(f"{NATION_FIRMS}(?![\u4e00-\u9fff]{{0,8}}(?:公司|支行|分行|集团|储蓄|业))")
# What an organ of state is called after its tasks, however many: 县文化体育广播电视和旅游局.
AGENCY = re.compile(
    rf"[省市区县州盟旗]{NO_AGENCY}(?:发展|改革|经济|教育|体育|文化|文物|广播|广电|电视|影视|旅游|新闻|出版|卫生|健康|人力|资源|社会|保障"
    r"|民政|财政|住房|城乡|城市|建设|交通|运输|水利|农业|农村|畜牧|商务|应急|管理|市场|监督|生态|环境|自然|规划|统计|审计|医疗|民族|宗教|事务"
    r"|司法|公安|退役|军人|信访|综合|行政|执法|审批|政务|服务|数据|金融|工作|工业|和?信息化|科学|科技|技术|林业|园林|绿化|气象|税务|粮食|物资"
    r"|储备|招商|投资|促进|乡村|振兴|机关|档案|国有|资产|和|与){2,}(?:局|委员会|委|厅)"
)
# What the stations below it are called after: 市草原站, 县农技推广中心.
STATION = re.compile(
    rf"[省市区县州盟旗]{NO_AGENCY}(?:草原|农技|农业技术|农机|植保|植物保护|土肥|土壤肥料|种子|种子管理|畜牧|畜牧兽医|兽医|水产"
    r"|水利|林业|森防|蚕桑|果树|果业|茶叶|蔬菜|经作|园艺|能源|环境|气象|水文|血液|公路|客运|卫生防疫)"
    r"(?:技术|推广|监测|管理|服务|检测|检验|检疫|防治|指导|工作){0,3}(?:总站|站|中心(?!校|小学|学校|[村镇])|所(?![需占在用有谓以得]))"
)
# What a place has one of: 大堰镇|供销社. It needs no name but the place's.
OF_PLACE = re.compile(
    "供销(?:合作)?社(?:联合社)?|卫生院"
    "|中心校|中心(?:小学|学校|幼儿园|卫生院)|财政所|司法所|派出所"
    "|见义勇为(?:基金会|协会|促进会|工作协会)|慈善(?:总会|协会|会)|红十字会|志愿者协会|老年大学|老年协会"
    "|自然资源所|敬老院|文化站|林业站|农商行|信用社|人民法庭"
)
SCHOOL = re.compile(NUMBERED_SHORT)
LEVEL_PLACE = re.compile("[省市区县镇乡村]$|街道$")
PARTIES = re.compile(
    "(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)[\u4e00-\u9fff]{1,10}?"
    "(?:委员会|[省市区县]委(?!会)|工委|总支部?|基层委|支部|支社|小组)"
)
PATTERNS = (
    (LEVEL_ORGAN, LEVEL),
    (AGENCY, LEVEL),
    (STATION, LEVEL),
    (SURVEY, NATIONAL),
    (NATION_ORGAN, NATIONAL),
    (NATION_FIRM, NATIONAL),
    (PARTIES, NATIONAL),
    (BUILDER, NUMBERED),
    (SCHOOL_ALONE, NUMBERED),
    (GRAIN_STORE, NATIONAL),
    (BRACKETED_FIRM, BRACKETED),
)


def find_organs(text: str) -> Iterator[Stretch]:
    """Yield what these patterns find."""
    for pattern, rule_id in PATTERNS:
        for organ in pattern.finditer(text):
            if text[organ.start() - 1 : organ.start()] not in ("该", "本", "我"):
                yield Stretch(organ.start(), organ.end(), "organisation", rule_id)


def find_local_bodies(text: str, places: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield what stands right behind a place that has one of it; `places` are those found."""
    for place in places:
        body = OF_PLACE.match(text, place.end) if LEVEL_PLACE.search(text, place.start, place.end) else None
        if body:
            yield Stretch(place.start, body.end(), "organisation", LOCAL_BODY)
        elif school := SCHOOL.match(text, place.end):
            yield Stretch(place.start, school.end(), "organisation", LOCAL_BODY)
