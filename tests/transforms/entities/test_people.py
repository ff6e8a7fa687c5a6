import pytest

from transforms.entities.name_tables import NameTables
from transforms.entities.people import find_people
from transforms.entities.records import Mention
from transforms.printed import PrintedArticle


def people_in(body: str, tables: NameTables, *, credited: tuple[str, ...] = ()) -> list[Mention]:
    article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body, credited=credited)
    return find_people(article, tables)


def surfaces(body: str, tables: NameTables, *, credited: tuple[str, ...] = ()) -> list[str]:
    return [mention.surface for mention in people_in(body, tables, credited=credited)]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("区民政局局长何琳说，服务窗口已经搬到一楼。", ["何琳"]),
        ("“路修好了，出门方便多了。”村民李长河高兴地说。", ["李长河"]),
        ("该村84岁的宋福安天天来听戏。", ["宋福安"]),
        ("据区委书记张伟介绍，项目下月开工。", ["张伟"]),
        ("座谈会上，居民代表赵一山、钱多多、孙小梅等先后发言。", ["赵一山", "钱多多", "孙小梅"]),
        ("她的丈夫周建国说，桃树要剪枝。", ["周建国"]),
        ("护士长欧阳珊守了一夜。", ["欧阳珊"]),
        ("老社区里有个热心人叫王秀英，今年六十八岁。", ["王秀英"]),
        ("大家都喊吴志强同志一声老班长。", ["吴志强"]),
        ("会议由副区长郑海洋主持。", ["郑海洋"]),
        ("县文旅局局长隗长明、选手库小曼到场。", ["隗长明", "库小曼"]),
        ("人物名片：任大勇，男，1978年出生。", ["任大勇"]),
        ("会议决定任命程远山为副县长，免去阮志安的局长职务。", ["程远山", "阮志安"]),
        ("公司董事长乐正阳说，总算做成了。", ["乐正阳"]),
        ("副区长计伟、教体局局长宫立分别讲话。", ["计伟", "宫立"]),
        ("村民王有财养了三百只羊。", ["王有财"]),
        ("技术员申保田、税小琴随队下乡。", ["申保田", "税小琴"]),
        ("他的儿子邢建国回来了。", ["邢建国"]),
        ("传承人温长江带着徒弟试烧。", ["温长江"]),
        ("退捕渔民查福贵直摇头：“天天看。”", ["查福贵"]),
        ("牧民敖日其楞赶着羊群上山。", ["敖日其楞"]),
        ("优秀教师名单：毕淑兰 车一鸣 禹丹", ["毕淑兰", "车一鸣", "禹丹"]),
        (
            "会议任命：\n祁连山为清浦市副市长；\n安然、甄文秀为清浦市人民法院审判员。",
            ["祁连山", "安然", "甄文秀"],
        ),
        ("免去：闻人达的清浦市发展和改革委员会主任职务；商国柱的清浦市卫生局局长职务。", ["闻人达", "商国柱"]),
        ("他十二岁拜花玉堂为师。", ["花玉堂"]),
        ("记者从澄溪市统计局获悉，全市收入增长。", []),
        ("县里更名为区农业农村局，李健任局长。", ["李健"]),
        ("任命：王芳为县教育局局长；谢文芳兼任县卫生局局长。", ["王芳", "谢文芳"]),
        ("“虾多了，”做了十年生意的万春生说，价钱就低。", ["万春生"]),
        ("总经理敬川汇报说，厂房封顶了。", ["敬川"]),
        ("女欧阳晓棠、婿毕建新泣告。", ["欧阳晓棠", "毕建新"]),
        ("编辑：宋小曼　校对：贺文杰", ["宋小曼", "贺文杰"]),
    ],
)
def test_names_are_found_by_what_stands_beside_them(body: str, names: list[str], tables: NameTables) -> None:
    assert surfaces(body, tables) == names


@pytest.mark.parametrize(
    "body",
    [
        "全区上下坚持高质量发展，成立工作专班，方便群众办事。",
        "会议强调，要严格落实责任，任何单位不得推诿。",
        "项目位于平安路以东、黄河路以北，占地三百亩。",
        "龙头企业带动农户增收，水平明显提高。",
        "国家和省里都给了支持，时间表已经排定。",
        "市民李女士说，吴先生和张老师都来了。",
        "被执行人王某和李某某拒不履行。",
        "会议决定任命：\n工作人员为大家服务；\n安排的任务要完成。",
        "一位奶奶抱着孙子来道谢。",
        "栽下杨树三百株，亩产杨梅两千斤。",
        "社区刘师傅当天就来了，吴护士也来了。",
        "清晨5时，高凉市根竹镇的市场开了。",
    ],
)
def test_words_that_begin_like_names_are_none(body: str, tables: NameTables) -> None:
    assert surfaces(body, tables) == []


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("技术员陈光以一敌三，修好了水泵。后来，陈光又去了邻村。", "陈光"),
        ("技术员陈光义一早就到了，修好了水泵。后来，陈光义又去了邻村。", "陈光义"),
        ("副主任沈可在现场说，水退了。沈可一夜没睡。", "沈可"),
    ],
)
def test_two_or_three_characters_is_told_by_the_next_word_and_by_the_other_namings(
    body: str, name: str, tables: NameTables
) -> None:
    assert set(surfaces(body, tables)) == {name}


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("巴基斯坦总理伊姆兰·汗举行会谈。", ["伊姆兰·汗"]),
        ("尼斯市长克里斯蒂安·埃斯特罗西表示欢迎。", ["克里斯蒂安·埃斯特罗西"]),
        ("护边员阿卜杜·热合曼走了三十年。", ["阿卜杜·热合曼"]),
        ("美国总统克林顿发表讲话。", ["克林顿"]),
        ("骑手叶尔江·巴合提以6分48秒夺冠。", ["叶尔江·巴合提"]),
        ("副局长吉克拉哈说，水管接好了。", ["吉克拉哈"]),
        ("清晨，乌云其木格赶着羊群上山。", ["乌云其木格"]),
        ("热依扎、拉姆、阿不都拉三名学生获奖。", ["热依扎", "拉姆", "阿不都拉"]),
        ("弗拉基米尔·普京说，谈判有进展。会后，普京会见了记者。", ["弗拉基米尔·普京", "普京"]),
        ("“背不动了。”阿力木江腼腆地说。老伴苏阿果乐呵呵地说，不累。", ["阿力木江", "苏阿果"]),
    ],
)
def test_names_written_by_their_sound_are_found_whole(body: str, names: list[str], tables: NameTables) -> None:
    assert surfaces(body, tables) == names


@pytest.mark.parametrize(
    "body",
    [
        "深入学习贯彻习近平生态文明思想。",
        "剧团排演了《李亚仙》，演了三十场。",
        "驻巴基斯坦、伊拉克的机构照常办公。",
        "停水范围：柳渚街以北、砚津路以东。",
        "到河南凌高达明电气设备有限公司走访。",
        "弘扬焦裕禄精神，走好新的赶考路。",
        "大剧院正在上演黄梅戏《天仙配》。",
        "李宁公司在省城开了一家店。",
        "“格桑花”筛查队来到县里。",
        "查干淖尔旗修了路。",
        "驻阿尔及利亚、乌兹别克斯坦的商人前来洽谈。",
    ],
)
def test_what_is_called_after_a_person_or_a_place_names_nobody(body: str, tables: NameTables) -> None:
    assert surfaces(body, tables) == []


def test_names_that_mislead_are_listed(tables: NameTables) -> None:
    mentions = people_in("认真落实习近平总书记重要讲话精神。", tables)
    assert [(m.surface, m.title, m.rule_id) for m in mentions] == [("习近平", "总书记", "person.office-behind")]


def test_a_sure_name_is_found_wherever_it_stands(tables: NameTables) -> None:
    body = "村支书田满仓说，井打成了。水是田满仓领着人找到的。提起田满仓，大家都夸。"
    assert surfaces(body, tables) == ["田满仓"] * 3


def test_a_list_that_is_cut_off_behind_its_mark_has_no_further_name(tables: NameTables) -> None:
    assert surfaces("出席的有区长周建国、王志强、李文斌、", tables) == ["周建国", "王志强", "李文斌"]


def test_credited_names_are_sure(tables: NameTables) -> None:
    body = "云深处是林下溪的老家。"
    assert surfaces(body, tables, credited=("林下溪",)) == ["林下溪"]


@pytest.mark.parametrize(
    ("body", "title", "organisation"),
    [
        ("云岭区委常委、常务副区长赵锋说，要快。", "云岭区委常委、常务副区长", "云岭区委"),
        ("区住房和城乡建设局局长何琳说，要快。", "区住房和城乡建设局局长", "区住房和城乡建设局"),
        ("记者看到赵一山和区教育局局长何琳在门口。", "区教育局局长", "区教育局"),
        ("“来吧。”区工商联主席张海燕说。", "区工商联主席", "区工商联"),
        ("据该村党支部书记何琳介绍，路修好了。", "村党支部书记", "村党支部"),
        ("去年春天，在县城打工的村民何琳回来了。", "村民", None),
        ("何琳老师教了三十年书。", "老师", None),
        ("何琳今年六十岁，村民何琳很高兴。", None, None),
        (
            "市文化广电和旅游局党组成员、副局长何琳说，要快。",
            "市文化广电和旅游局党组成员、副局长",
            "市文化广电和旅游局党组",
        ),
        (
            "市住房和城乡建设局副局长兼市燃气办公室主任何琳说。",
            "市住房和城乡建设局副局长兼市燃气办公室主任",
            "市住房和城乡建设局",
        ),
        ("该院检察长何琳主持。", "检察长", None),
        ("省政协副主席、民盟省委会主委何琳说。", "省政协副主席、民盟省委会主委", "省政协"),
        ("青禾家庭农场主何琳说。", "青禾家庭农场主", None),
        ("云岭区审计局原党组书记、局长何琳被查。", "云岭区审计局原党组书记、局长", "云岭区审计局"),
        ("任命：王芳为县财政局局长；何琳为县教育局局长。", "县教育局局长", "县教育局"),
        ("任命：何琳、王芳兼任县教育局局长。", "县教育局局长", "县教育局"),
        ("免去：何琳为县教育局局长职务。", None, None),
        ("局里更名，何琳任局长。", "局长", None),
        ("村民以何琳为榜样。", None, None),
        ("该局副局长何琳说，要快。", "副局长", None),
        ("云岭大学地球与环境系教授何琳说，要快。", "云岭大学地球与环境系教授", "云岭大学地球与环境系"),
        ("村民与镇党委书记何琳说起修路的事。", "镇党委书记", "镇党委"),
        ("编剧是镇文化站站长何琳。", "镇文化站站长", "镇文化站"),
        ("云岭区工商联副主席、中国工艺美术大师何琳说，要快。", "云岭区工商联副主席、中国工艺美术大师", "云岭区工商联"),
        ("河南同盛瑞工贸有限公司负责人何琳说，要快。", "河南同盛瑞工贸有限公司负责人", "河南同盛瑞工贸有限公司"),
        ("银行网点里，柜员何琳说，别急。", "柜员", None),
        ("一等奖获得者、市实验小学教师何琳说，要快。", "一等奖获得者、市实验小学教师", "市实验小学"),
        ("当年的学生、如今已是县中医院副院长的何琳说，要快。", "县中医院副院长", "县中医院"),
        ("县文联名誉主席何琳送来挽联。", "县文联名誉主席", "县文联"),
        ("新任董事长何琳说，要快。", "董事长", None),
        ("慰问团团长何琳说，要快。", "慰问团团长", "慰问团"),
        ("新华社云岭10月16日电区教育局局长何琳16日说，要快。", "区教育局局长", "区教育局"),
        ("《云岭》杂志发表区教育局局长何琳的文章。", "区教育局局长", "区教育局"),
        ("应印度总理何琳邀请，代表团出访。", "印度总理", None),
        ("应县教育局局长何琳说，要快。", "应县教育局局长", "应县教育局"),
        ("何山将军视察云岭县县长何琳的家。", "云岭县县长", "云岭县"),
        ("和田地区教育局局长何琳说，要快。", "和田地区教育局局长", "和田地区教育局"),
        ("同济医院院长何琳说，要快。", "同济医院院长", "同济医院"),
        ("云岭轴承有限公司总经理何琳说，要快。", "云岭轴承有限公司总经理", "云岭轴承有限公司"),
        ("云岭集团董事长兼总经理何琳说，要快。", "云岭集团董事长兼总经理", "云岭集团"),
        ("云岭技术有限公司外事经理何琳说，要快。", "云岭技术有限公司外事经理", "云岭技术有限公司"),
        ("县第二医院急诊科副主任医师何琳说，要快。", "县第二医院急诊科副主任医师", "县第二医院急诊科"),
        ("县医院（县总医院）院长何琳说，要快。", "县医院（县总医院）院长", "县医院"),
        ("离休干部、原云岭县水利局局长何琳说，要快。", "离休干部、原云岭县水利局局长", "云岭县水利局"),
        ("驻村第一书记何琳说，要快。", "驻村第一书记", None),
        ("“90后”大学生村官何琳说，要快。", "“90后”大学生村官", None),
    ],
)
def test_the_office_is_whole_and_no_more(
    body: str, title: str | None, organisation: str | None, tables: NameTables
) -> None:
    mention = next(m for m in people_in(body, tables) if m.surface in {"赵锋", "何琳", "张海燕"})
    assert (mention.title, mention.organisation) == (title, organisation)
    if mention.title is not None:
        assert body[mention.title_start : mention.title_end] == mention.title
