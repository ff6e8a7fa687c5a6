"""The words that say that somebody speaks, and the words for who it is where no name is printed."""

import re

from transforms.text.characters import HAN

SAYS = (
    "介绍说|介绍道|告诉记者|回忆说|回忆道|解释说|解释道|称赞道|补充说|补充道|分析说|分析道|笑着说|高兴地说|激动地说|自豪地说|"
    "感慨地说|感慨道|感叹道|欣慰地说|直言道|坦言道|评价道|总结道|打趣道|深情地说|如是说|算了一?笔账|算起了?账|算账|说道|表示|介绍|告诉|认为|"
    "指出|强调|坦言|直言|笑言|感慨|感叹|回忆|解释|透露|呼吁|称赞|建议|提出|要求|讲述|谈到|谈及|提到|提醒|补充|回应|回答|"
    "分析|宣布|答应|承诺|主张|希望|相信|坚信|觉得|感到|谈起|说起|笑道|坦陈|明确|讲道|谈道|写道|指示|号召|评价|总结|反问|通报|问道|喊道|说|称"
)
SAYING = re.compile(SAYS)
LEADS_TO_WORDS = re.compile(
    rf"(?:{SAYS}|(?<![演宣听播主开])讲)(?:道|说|称)?(?:记者)?[，：]"
)  # what is said follows the mark
MEETING = re.compile(  # and what it puts out
    "(?:会议|大会|全会|常委会|座谈会|推进会|动员会|工作会|部署会|例会|现场会"
    f"|(?<![{HAN}])(?:[该此本这份]{{0,2}}|(?:政府|工作|调查|审计|财政){{1,2}})(?:报告|意见|方案|公报|公告|倡议书|讲话|批示|社论)|(?:警方|气象部门|气象台))$"
)
CALLED = re.compile(f"[{HAN}](?:先生|女士|师傅|老师|大爷|大妈|大娘|大叔|大姐|大哥|阿姨|老伯|老汉|奶奶|爷爷)")
PRONOUN = re.compile("[他她](?:们)?$")
SUBJECT = re.compile("[他她](?![们给])")  # at the head of a clause that surely tells of speaking
SURELY_SAYS = frozenset("：说道讲算问喊")  # what such a clause ends with, or its verb begins with: `他扳着指头算账`
ANONYMOUS = re.compile(
    f"(?:[{HAN}]{{0,16}}(?:负责人|负责同志|工作人员|发言人|人士|专家|代表|村民们?|居民们?|市民们?|群众|家长们?|商户们?|老板|老人|同学们?|"
    "学生们?|游客们?|干部们?|工人们?|经理|主任|局长|书记|老师们?|医生|民警|法官|店主|业主们?|顾客|网友|师傅|"
    "先生|女士|大爷|大妈|大娘|大叔|大姐|大哥|阿姨|老伯|老汉|奶奶|爷爷))$"
)
ADVERBS = re.compile(
    f"(?:(?:还|也|又|则|都|曾|再次|进一步|同时|一再|反复|着重|特别|明确|充分|高度|笑着|高兴地|激动地|[{HAN}]{{1,3}}地)|"
    f"(?:在|对|向|就|跟|面对|接受)[{HAN}0-9]{{1,14}}(?:上|中|时|里|后|记者|方面)?)*$"
)
# Somebody who is brought in and not named: `一位卖菜的摊主报了警：“`; what is said behind the colon is theirs.
NEWCOMER = re.compile(
    f"(?:[一两几]|另一|有)[位名个对](?:[{HAN}]{{1,8}}?的)?[{HAN}]{{0,4}}?"
    "(?:[人主民员工户客生师者友兵士众孩][们]?|老[汉伯]|[大阿][爷妈娘叔婶哥姐嫂姨伯]|奶奶|爷爷|婆婆|小伙子?|姑娘|司机|店长|夫妇|夫妻)"
)
# Who was named and is spoken of by what he is: `这位老兵说`, `该局长说`, and where nothing comes before, `老人说`.
SPOKEN_OF = re.compile(f"(?:这位|这名|这个|该名|该位)[{HAN}]{{1,8}}$")
BARE = re.compile(
    "(?<![^，。；：！？“”\\n])(?:老人家?|老汉|老太太|老伯|大爷|大妈|大娘|老师傅|老兵|老党员|小伙子?|姑娘|小姑娘|老教授)"
    f"(?:[{HAN}]{{1,4}}[地着])?$"
)
# `励局长说`, `陈大姐说`: a surname and what somebody is called; `局长说`: the office alone.
BY_SURNAME = re.compile(
    f"(?<![{HAN}])(?P<surname>[{HAN}]{{1,2}}?)(?P<office>副?(?:书记|市长|区长|县长|镇长|乡长|局长|主任|处长|科长|主席|校长|院长|厂长|所长|"
    "站长|队长|团长|村长|支书|经理|董事长|总经理|总|教授|博士|医生|大夫|律师|法官|警官|老师|教练|师傅|先生|女士|大爷|大娘|大妈|大叔|大姐|"
    "大哥|大嫂|老人|老汉|老伯|奶奶|爷爷|阿姨))$"
)
BY_OFFICE = re.compile(
    f"(?<![{HAN}])(?:副?(?:书记|市长|区长|县长|镇长|乡长|局长|主任|处长|科长|主席|校长|院长|厂长|所长|站长|队长|团长|村长|支书|经理|董事长|总经理|教练|主教练))$"
)
HEARER = re.compile("给(?:记者|笔者|大家|大伙儿?|我们|你们|村民们?|乡亲们?)$")  # before the verb: `她给记者算账：“`
# What one who speaks is told to have said: `他的话引来掌声`.
SAID_WORDS = re.compile(
    "(?<![学访慰疑提请责审质追顾询设])[问喊嚷](?=[。，]|\\Z)|(?<![演宣听播主开])讲(?=[。，]|\\Z)|(?<=[他她们])的(?:一?番话|这?番话|话(?![题剧筒费务语机框本])|回答|话音|心声|感慨)"
)
# Speech that is urged on somebody: `叮嘱驻村干部李明，要把账算清`. Only what is to be done follows.
URGES = re.compile(
    f"(?:叮嘱|嘱咐|嘱托|勉励|告诫|鼓励|要求|提醒|希望|号召|呼吁)(?!记者)[{HAN}、]{{2,24}}"
    "[，：](?=[^，。]{0,6}?(?:要|应|必须|务必|不能|切[莫勿]|千万|继续|尽快|一定))"
)
URGED = re.compile(
    "(?:[他她你我咱]们?|大家|同志们?|干部|部门|单位|[乡村]?镇|各[县区乡村地]|街道|企业|群众|村民们?|职工|员工|同学们?|学生们?"
    "|师生|家长们?|市民|居民|农户|党员|代表|队员们?|官兵|民警|负责人|责任人)[，：]$"
)
# What a naming stands behind that is spoken to or of, and does not speak.
ADDRESSED = re.compile(
    "(?:(?:对|向|跟|给|(?<![慰访])问|见到?|陪同?|看望|告诉|采访|联系|关于|像|叮嘱|嘱咐|勉励|告诫)"
    "|(?<=[，；])(?:让|请|叫|托|替|搀着|扶着|带着|陪着)(?:妻子|丈夫|儿子|女儿|孙[子女]|外孙女?|外甥女?|侄[子女]|儿媳|女婿|老伴|徒弟|同事|战友)?)$"
)
