"""A base of a few invented sentences, tagged as the real one is."""

from pathlib import Path

import numpy as np
import pytest

from tests.benches.reuse.base import Base, Writer, load_base

TAGGED = """
春风/n 吹过/v 河岸/n ，/w 渔民/n 张望/nr 把/p 木船/n 推进/v 水里/s 。/w 岸上/s 的/u 孩子/n 齐声/d 叫好/v 。/w
柳林/ns 的/u 集市/n 天亮/v 就/d 开张/v ，/w 菜农/n 李满仓/nr 挑来/v 两/m 担/q 萝卜/n ，/w 正午/t 便/d 卖完/v 了/u 。/w
白沙/ns 小学/n 添置/v 了/u ３２/m 张/q 课桌/n ，/w 老师/n 王秀英/nr 说/v ，/w 孩子/n 们/k 再/d 不用/d 挤着/v 写字/v 。/w
工人/n 连夜/d 抢修/v 水渠/n ，/w 石料/n 从/p 青山/ns 运来/v ，/w 今年/t 春灌/v 不会/v 误/v 了/u 农时/n 。/w
县城/n 的/u 戏台/n 重新/d 油漆/v ，/w 老艺人/n 赵长顺/nr 带着/v 徒弟/n 排练/v 了/u １５/m 天/q 。/w
"""


@pytest.fixture(scope="session")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the tagged corpus."""
    path = tmp_path_factory.mktemp("base") / "tagged.txt"
    path.write_text(TAGGED, encoding="utf8")
    return path


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Walk few texts at a time: a test reads no more."""
    monkeypatch.setattr(Writer, "BLOCK", 32)


@pytest.fixture
def base(tagged: Path) -> Base:
    """The corpus, read."""
    return load_base(tagged)


@pytest.fixture
def writer(base: Base) -> Writer:
    """A writer with chance of its own."""
    return Writer(base, np.random.default_rng(5))
