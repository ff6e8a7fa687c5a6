"""Pages to try laws on: random compositions of lines as newspapers print them, damaged in every way, and noise."""

from hypothesis import strategies as st

from flows.language import load_language
from transforms.pages.split import PageText
from transforms.read import PageRead, read_page

SENTENCES = (
    "麦坡镇东岗村的麦田里，水顺着新修的防渗渠漫进田垄，",
    "种粮大户任存粮说：“墒情正好，这一水浇下去，亩产少说能多收三四十斤。”",
    "去年冬天，镇里投资1280万元改造提灌站2座，铺设防渗渠17.6公里。",
    "共有1,200人参加（1亩≈666.67平方米），下午3:30结束……",
    "区里组织志愿者沿街清理垃圾，整条街道的环境卫",
    "生明显改善，商户们都说好。",
    "衛(wèi)東區(qū)開展環(huán)境(jìng)整治(zhì)，農(nóng)民(mín)高興(xìng)地說：",
    "乾县与世界卫生组织(WHO)合作，习近平(Xi Jinping)出席。",
    '他说,"好的."她也说:"行!"',
    "今年 以来， 我区把 城市更新 作为民生 工程来抓， 先后改造 老旧小区12 个。",
    "口袋公园口袋公园口袋公园建成。",
    "⼈⼤代表视察，ＧＤＰ增长６％。",
)
LINES = (
    "一渠春水润麦苗",
    "## 冷棚里结出“热”草莓",
    "**家长走进校园后厨**",
    "光明路街道便民点 亮出“文明范儿”",
    "——云岭区春灌见闻",
    "春管进行时",
    "本报讯（记者何一舟 通讯员林 溪）",
    "本报讯",
    "新华社北京3月2日电（记者何一舟）",
    "（本报记者 何一舟）",
    "何一舟 摄",
    "本报记者 何 一 通讯员 林溪",
    "澄溪日报 2023年7月6日 星期四 第2版",
    "本社地址：云溪路1号 邮编：460000 印刷：本社印刷厂",
    "责编：何一舟 校对：林溪",
    "新时代 新征程 新伟业",
    "一、加强领导",
    "刨",
    "停水公告",
)
BREAKS = ("\n", "\n\n", "\n\n\n\n", "\n\u3000\u3000", " ", "", "\n \n")

paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map("".join)
units = st.one_of(st.sampled_from(LINES), paragraphs)
printed_pages = st.lists(st.tuples(units, st.sampled_from(BREAKS)), min_size=1, max_size=14).map(
    lambda parts: "".join(unit + gap for unit, gap in parts)
)
noise = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=200)
chinese_noise = st.text(
    "春耕衛東(wèi) \u3000\n“”\"'，。,.#*记者摄本报讯（）1３％\u200b\ufeff⼈", min_size=1, max_size=200
)
pages = st.one_of(printed_pages, noise, chinese_noise)


def read(text: str) -> PageRead:
    return read_page(PageText(0, None, None, text), load_language())
