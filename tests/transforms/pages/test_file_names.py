from datetime import date

import pytest

from transforms.pages.file_names import FileClues, read_file_name

DAY = date(2023, 3, 14)
READ = [
    (
        "chengxi-ribao/2023-03-14/p01.txt",
        FileClues("chengxi_ribao", None, DAY, "2023-03-14", "folder", 1),
    ),
    ("chengxi_ribao_20230314.txt", FileClues("chengxi_ribao", None, DAY, "20230314", "file_name")),
    ("chengxiribao20230314p2.txt", FileClues("chengxi_ribao", None, DAY, "20230314", "file_name", 2)),
    ("澄溪日报_20230314_03.txt", FileClues("chengxi_ribao", "澄溪日报", DAY, "20230314", "file_name", 3)),
    ("澄溪日報/x.txt", FileClues("chengxi_ribao", "澄溪日报")),
    (
        "yunling-chenbao-2023-07-04-p03-copy.txt.gz",
        FileClues("yunling_chenbao", None, date(2023, 7, 4), "2023-07-04", "file_name", 3),
    ),
    ("2023/03/14/A03.text", FileClues(None, None, DAY, "2023/03/14", "folder", 3, "A03")),
    ("2023/03/14.md", FileClues(None, None, DAY, "2023/03/14", "folder", 14)),
    ("2023-03-14/03.txt", FileClues(None, None, DAY, "2023-03-14", "folder", 3)),
    (
        "扫描/2023年3月14日/第十二版.txt",
        FileClues(None, None, DAY, "2023年3月14日", "folder", 12, "第十二版"),
    ),
    ("2023-03-14 03版.txt", FileClues(None, None, DAY, "2023-03-14", "file_name", 3, "03版")),
    ("old/2022-01-01/new-2023-03-14.txt", FileClues(None, None, DAY, "2023-03-14", "file_name")),
    ("2023-03-14号外.txt", FileClues(None, None, DAY, "2023-03-14", "file_name", edition="b")),
    ("2023-13-14.txt", FileClues()),
    ("2023-02-30.txt", FileClues()),
    ("1514-03-14.txt", FileClues()),
    ("2201-03-14.txt", FileClues()),
    ("scan_0017.txt", FileClues()),
    ("web_copy_03.txt", FileClues()),
    ("001_8f1ec7d4c76441fb.txt", FileClues()),
    ("clip.txt", FileClues()),
    ("'; DROP TABLE pages; --\n.txt", FileClues()),
]


@pytest.mark.parametrize(("file_name", "clues"), READ)
def test_a_path_says_paper_day_page_and_edition_or_nothing(file_name, clues):
    assert read_file_name(file_name) == clues
