import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.copies import open_copy
from flows.settings import CORRECTIONS
from tests.flows.buckets import BUCKET, KEY_ID, SECRET, Machine, build, s3_server
from tests.flows.lakes import build_bare
from warehouse.buckets.bucket import Bucket

# Invented pages; the day stands in the name of each file.
PAGES = {
    "chengxi-ribao/2023-03-14/p01.txt": """澄溪日报

春灌放水 四万亩麦田喝上返青水

本报讯（记者 陆知远）3月13日上午，城西灌区渠首闸缓缓提起，今年春灌第一股水流进干渠。这一轮放水二十天。

为了让水走得快，冬天里清淤渠道三十一公里。种粮户谭守田说，往年水到地头要等六天，今年三天。

旧厂房变身社区食堂

本报讯（记者 纪明舟）停用八年的纺织厂库房，如今成了桂花巷社区食堂，每天供应午餐一百八十份。

社区书记何静说，食堂由居民投票定菜单，剩下的空间改成了阅览室，周末还开书法课。
""",
    "chengxi-ribao/2023-03-14/p02.txt": """第2版

图书馆延长开放到晚上十点

本报讯（记者 卢小满）从本周起，区图书馆自习室每天开放到晚上十点，新增座位六十个。

馆长苏念说，延长开放以后，值班由志愿者和馆员轮流担任，第一周每晚平均来了一百二十人。
""",
    "yunling-chenbao/2023-07-04/p01.txt": """云岭晨报

夜班公交新开两条线

本报讯（记者 邵晨）7月3日夜里十一点，夜班公交一号线从火车站发出首班车，每半小时一班，票价两元。

公交公司调度员丁一帆说，路线是按照夜间下班人流画出来的，医院、夜市和工业园都在路上。
""",
}


def write_pages(folder: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of three small pages of two issues."""
    return write_pages(tmp_path / "source", PAGES)


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of the three small pages. To read, not to change."""
    folder = tmp_path_factory.mktemp("standing")
    build_bare(write_pages(folder / "source", PAGES), folder / "lake", CORRECTIONS)
    return folder / "lake"


@pytest.fixture
def built(standing: Path, source: Path) -> Path:
    """The lake that a first run made of `source`, beside it, when its pages were as old as they are."""
    for name in PAGES:
        shutil.copystat(standing.with_name("source") / name, source / name)
    return shutil.copytree(standing, source.with_name("lake"))


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real S3 server, whose keys stand in the environment."""
    folder = tmp_path_factory.mktemp("s3") / "data"
    folder.mkdir()
    with s3_server(folder) as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        patch.setenv("AWS_REGION", "us-east-1")
        yield address


@pytest.fixture
def machine(endpoint: str, tmp_path: Path) -> Machine:
    """The environment of a machine: its own cache, and the server."""
    return lambda name: {"LAKE_CACHE": str(tmp_path / name), "AWS_ENDPOINT_URL": endpoint}


@pytest.fixture(scope="module")
def first(endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Bucket]:
    """A working copy with one snapshot, and its place. To copy, not to change."""
    folder = tmp_path_factory.mktemp("first")
    environ = {"LAKE_CACHE": str(folder / "cache"), "AWS_ENDPOINT_URL": endpoint}
    build(write_pages(folder / "source", PAGES), f"s3://{BUCKET}/first", environ)
    return open_copy(Path(f"s3://{BUCKET}/first"), environ), Bucket(BUCKET, "first", endpoint)
