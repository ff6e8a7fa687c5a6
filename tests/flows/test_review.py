"""`./lake review` and `./lake correct`, over a lake built from invented pages."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.__main__ import main
from flows.correction_files import load_corrections
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import build_bare

DAMAGED = {
    "clip.txt": "本报讯（记者 温时雨）桥头的修鞋摊开了三十年，师傅姓温，一双鞋收五元，街坊都来。\n",
    "two.txt": "澄溪日报 2023年5月2日 星期二 第1版\n\n"
    "新桥通车\n\n本报讯（记者 邵晨）东街新桥昨日通车，两岸居民少走三公里。\n"
    "\f澄溪日报 2023年5月3日 星期三 第2版\n\n老树挂牌\n\n本报讯（记者 邵晨）西街四棵老树昨日挂牌，树龄都过了三百年。\n",
}
CANTEEN = "chengxi_ribao-2023-03-14-a-p0001-i002"
CLIP = "unknown-undated-"

Lake = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of five files, one of them without a day; to read, not to change."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "empty.d").mkdir()
    write_pages(folder / "source", PAGES | DAMAGED | {"blank.txt": " \n"})
    build_bare(folder / "source", folder / "lake", folder / "empty.d")
    return folder


@pytest.fixture
def lake(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lake:
    """Call the command line in this process; what it prints on either stream comes back."""
    (tmp_path / "corrections").mkdir()
    monkeypatch.setenv("LAKE_HOME", str(built / "lake"))

    def call(*arguments: str, columns: int = 80) -> tuple[int, str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setattr("sys.argv", ["lake", *arguments])
        code = main()
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return call


class TestList:
    def test_the_worst_comes_first_with_its_reason_and_its_raw_lines(self, lake: Lake) -> None:
        code, text = lake("review")
        lines = text.splitlines()
        assert code == 0
        assert lines[0].split()[:2] == ["1.00", "empty"]
        shares = [float(line.split()[0]) for line in lines if line[:1].isdigit()]
        assert shares == sorted(shares, reverse=True)
        assert "      raw   本报讯（记者 温时雨）" in lines
        assert lines[-1].endswith("look at one: ./lake review ID")

    def test_it_can_be_cut_short(self, lake: Lake) -> None:
        _, text = lake("review", "--limit", "1")
        assert "1 of " in text
        assert "undated" not in text

    def test_one_reason_is_chosen(self, lake: Lake) -> None:
        _, text = lake("review", "--reason", "undated")
        assert [line.split()[1] for line in text.splitlines() if line[:1].isdigit()] == ["undated"]

    @pytest.mark.parametrize("paper", ["unknown"])
    def test_one_paper_is_chosen(self, lake: Lake, paper: str) -> None:
        _, text = lake("review", "--paper", paper)
        assert "clip.txt" in text
        assert "blank.txt" not in text

    @pytest.mark.parametrize(("option", "words"), [("--reason", "those that it has: empty"), ("--paper", "paper x")])
    def test_a_word_that_nothing_has_is_said(self, lake: Lake, option: str, words: str) -> None:
        code, text = lake("review", option, "x")
        assert code == 2
        assert words in text

    def test_a_lake_without_faults_needs_nobody(self, lake: Lake, tmp_path: Path) -> None:
        write_pages(tmp_path / "source", PAGES)
        build_bare(tmp_path / "source", tmp_path / "clean", tmp_path / "corrections")
        assert lake("review", "--lake", str(tmp_path / "clean")) == (0, "What needs a person's eyes: none\n")


class TestShow:
    def test_raw_stands_beside_clean_where_there_is_room(self, lake: Lake) -> None:
        _, text = lake("review", CANTEEN, columns=120)
        line = next(line for line in text.splitlines() if "记者 纪明舟" in line)
        assert "本报讯（记者 纪明舟）" in line
        head = next(line for line in text.splitlines() if "byline" in line)
        assert "block.opener" in head
        assert "as printed" in text

    def test_and_above_it_where_there_is_not(self, lake: Lake) -> None:
        _, text = lake("review", CANTEEN, columns=60)
        assert "        raw 旧厂房变身社区食堂" in text
        assert "      clean as printed" in text
        assert max(map(len, text.splitlines())) <= 60

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            (CANTEEN, ["article chengxi_ribao", "旧厂房变身社区食堂", "date   2023-03-14"]),
            ("chengxi_ribao-2023-03-14-a-p0001", ["春灌放水", "旧厂房变身", "of no article", CANTEEN]),
            ("chengxi_ribao-2023-03-14-a", ["春灌放水", "图书馆延长"]),
            ("clip.txt", ["file   clip.txt", "date   unknown", "修鞋摊"]),
            ("blank.txt", ["blank.txt was refused: empty"]),
        ],
    )
    def test_articles_pages_issues_and_files_can_be_looked_at(self, lake: Lake, name: str, words: list[str]) -> None:
        code, text = lake("review", name, columns=200)
        assert code == 0
        assert [word for word in words if word not in text] == []

    def test_a_name_that_the_lake_does_not_know_is_said(self, lake: Lake) -> None:
        code, text = lake("review", "nowhere")
        assert (code, text.count("\n")) == (2, 1)
        assert "no article, page, issue or file nowhere" in text


class TestCorrect:
    @pytest.mark.parametrize(
        ("name", "options", "written"),
        [
            ("clip.txt", ["--set-date", "2023-05-02"], ("unknown", None, "2023-05-02")),
            ("clip.txt", ["--set-paper", "云岭晨报"], ("unknown", None, "云岭晨报")),
            (CANTEEN, ["--split-before", "社区书记何静"], ("旧厂房变身社区食堂", "社区书记何静", "")),
            (CANTEEN, ["--join-above"], ("旧厂房变身社区食堂", "旧厂房变身社", "")),
            (CANTEEN, ["--set-part", "caption", "--at", "社区书记"], ("paragraph", "社区书记", "caption")),
            (CANTEEN, ["--correct-text", "何静", "何竞"], ("何静", "何静", "何竞")),
            (
                CANTEEN,
                ["--correct-contributor", "reporter 纪明舟", "author 纪明舟"],
                ("reporter 纪明舟", "旧厂房变身社", "author 纪明舟"),
            ),
            (
                CANTEEN,
                ["--at", "社区书记何静", "--same-entity", "chengxi-ribao/2023-03-14/p01.txt", "种粮户谭守田"],
                ("two", "社区书记何静", ""),
            ),
            ("two.txt", ["--set-date", "2023-05-02"], ("2023-05-02", None, "2023-05-02")),
            (
                "chengxi_ribao-2023-05-03-a-p0002-i001",
                ["--set-date", "2023-05-04"],
                ("2023-05-03", "老树挂牌", "2023-05-04"),
            ),
        ],
    )
    def test_a_fix_that_applies_is_written_down(
        self, lake: Lake, tmp_path: Path, name: str, options: list[str], written: tuple[str, str | None, str]
    ) -> None:  # fmt: skip
        folder = tmp_path / "corrections"
        code, text = lake("correct", name, *options, "--reason", "seen", "--corrections", str(folder))
        assert code == 0
        assert text.splitlines()[-1].startswith("Next: ./lake run --source /")  # the next run of this very lake
        assert text.splitlines()[-1].endswith(f" --corrections {folder}")
        (correction,) = load_corrections(folder)
        assert (correction.expect, correction.becomes) == (written[0], written[2])
        assert (correction.at or "").startswith(written[1] or "")
        assert (correction.at is None) == (written[1] is None)

    def test_what_is_written_does_what_it_says_at_the_next_run(self, lake: Lake, built: Path, tmp_path: Path) -> None:
        folder = tmp_path / "corrections"
        for options in (["--split-before", "社区书记何静"], ["--correct-text", "何静", "何竞"]):
            code, text = lake("correct", CANTEEN, *options, "--reason", "seen", "--corrections", str(folder))
            assert code == 0, text
        shutil.copytree(built / "source", tmp_path / "source")
        build_bare(tmp_path / "source", tmp_path / "lake", folder)
        _, text = lake("review", "chengxi_ribao-2023-03-14-a-p0001-i003", "--lake", str(tmp_path / "lake"))
        assert "社区书记何竞说" in "".join(text.split())

    @pytest.mark.parametrize(
        ("name", "options", "words"),
        [
            (CANTEEN, [], "Say one thing to mend"),
            (CANTEEN, ["--set-date", "2023-05-02", "--join-above"], "Say one thing to mend"),
            (CANTEEN, ["--set-date", "tomorrow"], "'tomorrow' is no day"),
            (CANTEEN, ["--split-before", "旧厂房变身"], "an article begins there already"),
            (CANTEEN, ["--split-before", "本报讯"], "more than once"),
            (CANTEEN, ["--correct-text", "何境", "何竞"], "found them nowhere"),
            (CANTEEN, ["--set-part", "caption", "--at", "春灌放水", "--join-above"], "Say one thing"),
            ("chengxi_ribao-2023-03-14-a-p0001", ["--join-above"], "is no article"),
            ("chengxi_ribao-2023-03-14-a", ["--join-above"], "several files"),
            ("nowhere", ["--join-above"], "no article, page, issue or file nowhere"),
            (CANTEEN, ["--at", "社区书记何静", "--different-entity", CANTEEN, "种粮户谭守田"], "are two already"),
            (CANTEEN, ["--same-entity", CANTEEN, "种粮户谭守田"], "Say which name is meant by --at"),
            (CANTEEN, ["--at", "社区书记何静", "--same-entity", CANTEEN, "停用八年"], "found none"),
        ],
    )
    def test_a_fix_that_does_not_apply_is_not_written(
        self, lake: Lake, tmp_path: Path, name: str, options: list[str], words: str
    ) -> None:
        folder = tmp_path / "corrections"
        code, text = lake("correct", name, *options, "--reason", "seen", "--corrections", str(folder))
        assert (code, text.count("\n")) == (2, 1)
        assert words in text
        assert list(folder.iterdir()) == []

    def test_an_issue_of_several_files_is_dated_file_by_file(self, lake: Lake, tmp_path: Path) -> None:
        folder = tmp_path / "corrections"
        issue = "chengxi_ribao-2023-03-14-a"
        lake("correct", issue, "--set-date", "2023-03-15", "--reason", "seen", "--corrections", str(folder))
        assert [(c.file_name[-7:], c.becomes) for c in load_corrections(folder)] == [
            ("p01.txt", "2023-03-15"),
            ("p02.txt", "2023-03-15"),
        ]

    def test_of_several_files_none_is_written_where_one_does_not_apply(self, lake: Lake, tmp_path: Path) -> None:
        folder = tmp_path / "corrections"
        second, issue = "chengxi-ribao/2023-03-14/p02.txt", "chengxi_ribao-2023-03-14-a"
        options = ["--reason", "seen", "--corrections", str(folder)]
        assert lake("correct", second, "--set-date", "2023-03-15", *options)[0] == 0
        code, text = lake("correct", issue, "--set-date", "2023-03-16", *options)
        assert code == 2
        assert "sets it too; keep one of them" in text
        assert [correction.becomes for correction in load_corrections(folder)] == ["2023-03-15"]
