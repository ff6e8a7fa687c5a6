from collections.abc import Callable

import pytest

from tests.benches.facts_marked import NAME_KINDS
from tests.benches.facts_names import MAYBE
from tests.benches.marked import strip_marks
from transforms.entities.records import Mention

# As local papers print them, invented; marked as tests/golden/marked_*.txt are.
SENTENCES = """
{j|云溪县中医院新院区}主体结构已封顶，预计明年国庆前投入使用。
总投资3.6亿元的{j|梅岭康养小镇}近日在{l|沙洲镇}破土动工。
{o|望江区市场监管局}推出“{c|企业开办一件事}”套餐，材料由18份减到5份。
在{l|北屏街道}{l|柳荫社区}，“{c|红色驿站}”成了快递小哥歇脚的好去处。
{o|东升纺织有限公司}技术员老魏被工友们称为“{m|活字典}”，没有他修不好的织机。
{o|县司法局}组织律师进村，把“{c|法律明白人}”培养到每个村民小组。
{j|淮阴抽水蓄能电站}首台机组并网发电，{o|国网淮阴供电公司}全程保电。
村里建起“{c|孝心食堂}”，80岁以上老人一顿只花一元钱。
{j|青石岭隧道}左线贯通，{j|玉泉至青石高速公路}全线控制性工程再下一城。
市民反映的“{m|马路拉链}”问题，今年有望画上句号。
{j|龙泉路小学扩建项目}完工后可新增学位1080个。
{o|省农科院}专家到{l|双龙乡}指导春耕，{o|双龙乡农业综合服务中心}备足了早稻种子。
昨日，{j|宁州东站综合交通枢纽}开始试运行，市民可在此换乘地铁、公交。
{o|永新集团}与{o|江南大学}共建的{j|固态电池中试基地}落户{l|高新区}。
大棚里种出“金疙瘩”，番茄一亩卖了六万元。
{o|县纪委监委}紧盯“{c|吃拿卡要}”问题，查处典型案例9起。
{l|石塘村}评出“{c|最美庭院}”32户，家家户户比着种花。
{j|锦屏区档案馆新馆}今起试开放，市民凭身份证即可入内参观。
投资1.8亿元建设的{j|鹿鸣湖国际会议中心}选址{l|湖西街道}。
{l|柏杨村}的“{c|道德银行}”开张半年，村民用积分换走了日用品600多件。
比赛结束，这支草根球队被网友戏称为“泥腿子军团”。
{o|县医保局}打通参保缴费“{c|最后一步}”，把服务窗口设进了{m|乡镇卫生院}。
旧厂房里藏着“大乾坤”，这里如今聚集了40多家设计公司。
{j|桃源县第二人民医院迁建项目}通过竣工验收，设床位600张。
{o|华中农业大学}教授到{l|大堰镇}授课，{o|大堰镇供销社}准备了样品。
上午10时，{j|临川国际陆港}首趟班列驶出，满载本地产的家电。
戴上VR眼镜，孩子们直呼“太酷了”，久久不愿离开。
据{o|县文化广电旅游体育局}统计，假期全县接待游客12万人次。
{o|民盟江北区委}主委提交提案，{o|中国邮政}在村口设了揽收点，{o|恒岳铝业}等企业捐款。
以建设资源型城市转型升级示范区为引领，全区社区医院都装了新设备。
""".strip()


@pytest.mark.parametrize("marked", SENTENCES.splitlines())
def test_names_are_found_whole_and_of_their_kind(find: Callable[..., list[Mention]], marked: str) -> None:
    body, marks = strip_marks(marked)
    doubtful = {at for mark in marks if NAME_KINDS[mark.kind] == MAYBE for at in range(mark.start, mark.end)}
    found = [m for m in find(body) if doubtful.isdisjoint(range(m.start, m.end))]
    true = [(NAME_KINDS[mark.kind], body[mark.start : mark.end]) for mark in marks if NAME_KINDS[mark.kind] != MAYBE]
    assert [(mention.kind, mention.surface) for mention in found] == true
