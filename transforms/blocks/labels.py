"""Names of columns: what is set over a headline to say in which corner of the paper it stands.

Such a name is known by its words (`读者信箱`, `记者调查`), or by the marks around it (`【对话】`, `□　深　度`) where a
headline-like line stands below.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.blocks.titles import ASIDE
from transforms.blocks.units import PLAIN, TITLE_LIKE, Unit, units_below
from transforms.text.characters import HAN

RULE_ID = "block.column-label"
MARKED = re.compile(
    rf"^(?:[■□◆◇▲★☆][ \u3000]*(?P<bare>[{HAN}](?:[ \u3000]*[{HAN}]){{1,5}})[ \u3000]*[■□◆◇▲★☆]?"
    rf"|[【〖\[](?P<held>[{HAN}·]{{2,8}})[】〗\]]"
    rf"|[·—-]{{1,2}}[ \u3000]*(?P<dotted>[{HAN}]{{2,8}})[ \u3000]*[·—-]{{1,2}})$"
)
# Of whom or what a column tells, and what it is.
SUBJECTS = (
    *("读者", "市民", "百姓", "群众", "记者", "本报", "编辑", "新闻", "热线", "民生", "社会", "生活", "健康", "养生"),
    *("法律", "法治", "农技", "农事", "科技", "科普", "教育", "校园", "学生", "学子", "习作", "作文", "少年", "亲子"),
    *("文化", "文学", "文艺", "书画", "读书", "理论", "思想", "人生", "情感", "家庭", "旅游", "消费", "维权", "投诉"),
    *("来信", "来电", "城市", "乡村", "乡土", "地方", "历史", "往事", "人物", "党建", "时事", "今日", "每周", "百家"),
    *("街谈", "网友", "灯下", "枕边", "致富", "创业", "侨乡", "场边", "赛场", "安全", "专家", "赛果"),
    *("乡镇", "部门", "基层", "县区", "机关", "小记者", "校长", "委员"),
)  # fmt: skip
KINDS = (
    *("信箱", "热线", "来信", "来电", "之声", "心声", "园地", "天地", "讲堂", "课堂", "记忆", "视点", "视窗", "话题"),
    *("顾问", "医院", "门诊", "提醒", "窗口", "广角", "一角", "茶座", "茶馆", "论坛", "沙龙", "调查", "观察", "走访"),
    *("探访", "体验", "帮办", "追踪", "回音", "反馈", "短评", "杂谈", "漫谈", "纵横", "广场", "速递", "传真", "问答"),
    *("访谈", "感悟", "随笔", "偶拾", "小札", "札记", "絮语", "驿站", "书架", "书评", "影评", "文摘", "钩沉", "拾遗"),
    *("掌故", "言", "谈", "故事", "闲话", "漫笔", "快评", "时评", "评论", "行情", "在线"),
    *("短波", "动态", "作品"),
)  # fmt: skip
ALONE = (
    *("有问必答", "你问我答", "帮你问", "帮您问", "微议", "微评", "声音", "来论", "争鸣", "一得之见", "街谈巷议"),
    *("书里书外", "追踪报道", "连续报道", "深度", "深度报道", "独家报道", "温馨提示", "特别提醒", "便民提示"),
    *("服务台", "便民服务", "服务信息", "市场行情", "以案说法", "以案释法", "今日评论", "本报评论"),
    *("答读者问", "读者问答"),
)  # fmt: skip
NAMED = re.compile(rf"^(?:(?:{'|'.join(SUBJECTS)})(?:{'|'.join(KINDS)})|{'|'.join(ALONE)})$")


BOX = re.compile(
    "手记|链接|背景|资料|点评|编后|编者按|延伸阅读|名词解释|小贴士|提示|回[音复应]|答复|反馈$"
)  # inside an article


def names_column(string: str) -> bool:
    """Tell whether a line is made of the words that name columns."""
    return bool(NAMED.match(bare_label(string) or string.strip()))


def bare_label(string: str) -> str | None:
    """Return what stands between the marks of a line that is set as the name of a column is; None without them."""
    marked = MARKED.match(string.strip())
    return "".join((marked["bare"] or marked["held"] or marked["dotted"]).split()) if marked else None


LETTER_QUESTION = re.compile("^(?:问|读者问)[ \u3000]*[:：][^。]{4,24}[？?]$")
SALUTATION = re.compile(
    "^(?:尊敬的(?:编辑|记者|主编|专家)|(?:编辑|记者|主编|专家)(?:部|同志|老师|先生|女士))[^，。：]{0,6}[：:！]$"
)
OPEN_LETTER = re.compile("(?:一封(?:公开)?信|公开信|倡议书?|(?:慰问|感谢|致歉|表扬)信|^告.{2,16}书)$")
ADDRESSED = re.compile(f"^[{HAN}、，（） \u3000]{{2,30}}[:：！]$")


def _heads_letter(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a question stands right over the words with which a letter to the paper begins."""
    below = units[index + 1].string.strip() if index + 1 < len(units) else ""
    return bool(LETTER_QUESTION.match(units[index].string.strip()) and SALUTATION.match(below))


def begins_letter(unit: Unit | None) -> bool:
    """Tell whether a line is how a letter to the paper begins: `编辑同志：`."""
    return unit is not None and unit.kind == "paragraph" and bool(SALUTATION.match(unit.string.strip()))


def heads_open_letter(titles: Sequence[Unit], below: Unit | None) -> bool:
    """Tell whether a headline is that of an open letter, with those below to whom it is written: `广大农民朋友：`."""
    is_addressed = below is not None and below.kind == "paragraph" and bool(ADDRESSED.match(below.string.strip()))
    return is_addressed and any(OPEN_LETTER.search(title.string.strip()) for title in titles)


def name_labels(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with the names of columns named titles that their marks make text, or their words a byline."""
    found = list(units)
    for index, unit in enumerate(units):
        if unit.rule_id == PLAIN and _heads_letter(units, index):
            found[index] = replace(unit, kind="title", rule_id=RULE_ID)
            continue
        may_be = unit.rule_id in {PLAIN, TITLE_LIKE} and not unit.opens
        label = bare_label(unit.string) if may_be else None
        below = next((each for each in units_below(units, index + 1) if each.kind not in ASIDE), None)
        if label and not BOX.search(label) and below is not None and below.kind == "title":
            found[index] = replace(unit, kind="title", rule_id=RULE_ID)
    return found
