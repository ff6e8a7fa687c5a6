from pathlib import Path

import pytest

from flows.correction_files import append_correction, hash_corrections, load_corrections, parse_corrections
from flows.settings import CORRECTIONS, read_corrections_folder
from transforms.corrections.records import Action
from warehouse.errors import SettingsFault

ENTRY = """\
- id: {id}
  file: {{sha256: 1234567890123456, name: a.txt}}
  action: set_date
  expect: unknown
  becomes: 2023-07-04
  reason: no
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_values_are_taken_as_they_are_written_not_as_yaml_types(tmp_path: Path):
    write(tmp_path, "a.yaml", ENTRY.format(id="one"))
    (correction,) = load_corrections(tmp_path)
    assert (correction.sha256, correction.becomes, correction.reason) == ("1234567890123456", "2023-07-04", "no")
    assert correction.written_in == f"{tmp_path.name}/a.yaml:1"


def test_all_files_of_the_folder_are_read_in_the_order_of_their_names(tmp_path: Path):
    write(tmp_path, "b.yml", ENTRY.format(id="two"))
    write(tmp_path, "a.yaml", ENTRY.format(id="one"))
    write(tmp_path, "notes.md", "- id")
    assert [correction.id for correction in load_corrections(tmp_path)] == ["one", "two"]


def test_no_file_is_passed_over_for_its_folder_or_the_case_of_its_suffix(tmp_path: Path):
    (tmp_path / "2023").mkdir()
    write(tmp_path, "2023/b.yaml", ENTRY.format(id="deep"))
    write(tmp_path, "A.YML", ENTRY.format(id="loud"))
    write(tmp_path, ".a.yaml", ENTRY.format(id="scratch"))
    found = load_corrections(tmp_path)
    assert [correction.id for correction in found] == ["deep", "loud"]
    assert found[0].written_in == f"{tmp_path.name}/2023/b.yaml:1"


def test_a_file_that_cannot_be_read_is_said_in_one_line(tmp_path: Path):
    (tmp_path / "a.yaml").symlink_to(tmp_path / "moved.yaml")
    for use in (load_corrections, hash_corrections):
        with pytest.raises(SettingsFault, match=r"a\.yaml cannot be read: "):
            use(tmp_path)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]"])
def test_a_file_may_hold_none(text: str):
    assert parse_corrections(text, named="a.yaml") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- id: [", "a.yaml is no YAML"),
        ("--- a\n--- b", "a.yaml is no YAML"),
        ("id: one", "no list of corrections"),
        ("- one", "a.yaml:1 is no correction"),
        (ENTRY.format(id="one") + "  reason: again\n", "a.yaml:1 has reason twice"),
        (ENTRY.format(id="one").replace("unknown", "[unknown]"), "a list or a mapping where text is expected"),
        (ENTRY.format(id="one").replace("set_date", "set_day"), "action is 'set_day'; it is one of set_date"),
        (ENTRY.format(id="one") * 2 + "  why: no\n", "a.yaml:7: correction one has unknown why"),
        ("- &a [*a]", "a.yaml:1 is no correction"),
    ],
)  # fmt: skip
def test_what_is_written_wrong_is_said_with_its_line(text: str, words: str):
    with pytest.raises(SettingsFault, match=words):
        parse_corrections(text, named="a.yaml")


def test_an_id_is_given_once(tmp_path: Path):
    write(tmp_path, "a.yaml", ENTRY.format(id="one"))
    write(tmp_path, "b.yaml", "\n" + ENTRY.format(id="one"))
    with pytest.raises(SettingsFault, match=r"Two corrections have the id one, .*a.yaml:1 and .*b.yaml:2"):
        load_corrections(tmp_path)


def test_bytes_that_are_no_text_are_said(tmp_path: Path):
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsFault, match="corrections are text in UTF-8"):
        load_corrections(tmp_path)


def test_the_hash_follows_what_is_written(tmp_path: Path):
    empty = hash_corrections(tmp_path)
    path = write(tmp_path, "a.yaml", ENTRY.format(id="one"))
    one = hash_corrections(tmp_path)
    path.write_text(ENTRY.format(id="two"))
    assert len({empty, one, hash_corrections(tmp_path)}) == 3


@pytest.mark.parametrize("before", [None, "", "# mine\n", ENTRY.format(id="first"), ENTRY.format(id="first").rstrip()])
def test_a_correction_is_added_behind_what_stands_there(tmp_path: Path, before: str | None):
    path = tmp_path / "new" / "a.yaml"
    if before is not None:
        path.parent.mkdir()
        path.write_text(before)
    facts = {"id": "added", "file": {"sha256": "1" * 16, "name": "甲.txt"}, "action": "set_part", "reason": "yes"}
    append_correction(path, facts | {"at": "一渠: #春水", "expect": "heading", "becomes": "caption"})
    assert path.read_text().startswith((before or "").rstrip("\n"))
    added = load_corrections(path.parent)[-1]
    assert (added.action, added.at, added.file_name) == (Action.SET_PART, "一渠: #春水", "甲.txt")


def test_a_file_that_cannot_take_one_stays_as_it_is(tmp_path: Path):
    path = write(tmp_path, "a.yaml", "[]\n")
    with pytest.raises(SettingsFault, match="is no YAML"):
        append_correction(path, {"id": "added"})
    assert path.read_text() == "[]\n"


def test_the_folder_is_the_users_or_the_projects(tmp_path: Path):
    assert read_corrections_folder() == CORRECTIONS
    assert read_corrections_folder(tmp_path) == tmp_path
    with pytest.raises(SettingsFault, match="No folder"):
        read_corrections_folder(tmp_path / "missing")


def test_the_corrections_that_come_with_the_project_are_well_formed():
    assert load_corrections(CORRECTIONS)
