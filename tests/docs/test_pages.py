"""How the commands of a page are read, and what it shows is held against what was said."""

import pytest

from tests.docs.checkout import read_plain
from tests.docs.outputs import differ
from tests.docs.pages import find_inline, find_loose, read_commands

PAGE = """# Page

Type `./lake views`, or `./lake sql "SELECT 1"`.

```console
$ ./lake sql "SELECT 1
  AS one"
one
$ ./lake status   # not tested: says other things each time
$ cat <<'END'
$ no command
END
```

```sql
SELECT 1
```

```console
# not tested: a bucket of your own
$ ./lake run --lake s3://papers/lake \\
    --memory 4GB
```
"""


def test_commands_are_read_with_what_is_shown_and_why_they_are_not_run():
    commands = read_commands("page.md", PAGE)
    assert [(command.line, command.text, command.shown, command.untested) for command in commands] == [
        (6, './lake sql "SELECT 1\n  AS one"', ("one",), None),
        (9, "./lake status", (), "says other things each time"),
        (10, "cat <<'END'\n$ no command\nEND", (), None),
        (21, "./lake run --lake s3://papers/lake \\\n    --memory 4GB", (), "a bucket of your own"),
    ]


def test_commands_within_a_sentence_are_found():
    assert [words for _, words in find_inline(PAGE)] == ["./lake views", './lake sql "SELECT 1"']


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (PAGE, []),
        ("    ./lake run", [1]),
        ("```sh\n./lake run\n```", [2]),
        ("```\n$ LAKE_LOG=json ./lake run\n```", [2]),
        ("See ./lake run.", []),
    ],
)
def test_a_command_where_nothing_runs_it_is_found(text: str, lines: list[int]):
    assert find_loose(text) == lines


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('./lake sql "SELECT count(*) FROM a | b"', ["sql", "SELECT count(*) FROM a | b"]),
        ("./lake run   # builds it", ["run"]),
        ("./lake correct x \\\n  --reason 'a b'", ["correct", "x", "--reason", "a b"]),
        ("./lake run --source ~/scans", ["run", "--source", "~/scans"]),
        ("./lake sql --csv 'FROM articles' > out.csv", None),
        ("LAKE_LOG=json ./lake run", None),
        ("./lake test tests/docs", None),
        ("ls", None),
    ],
)
def test_a_command_that_needs_no_shell_is_told_from_one_that_does(text: str, words: list[str] | None):
    assert read_plain(text) == words


@pytest.mark.parametrize(
    ("shown", "said", "is_same"),
    [
        (["a"], ["a"], True),
        (["a", ""], ["a"], True),
        (["a"], ["a", "b"], False),
        (["a", "..."], ["a", "b", "c"], True),
        (["...", "c"], ["a", "b", "c"], True),
        (["...", "b"], ["a", "b", "c"], False),
        (["a", "...", "b", "..."], ["a", "b", "b", "c"], True),
        (["a ..."], ["a long line"], True),
        (["b ..."], ["a long line"], False),
        (["Took 12.3 s"], ["Took 9 s"], True),
        (["files 18"], ["files 17"], False),
        (["started 2026-11-26 05:30"], ["started 2025-01-01 00:00:01"], True),
        (["day 2023-03-14"], ["day 2023-03-15"], False),
        (["| 18 | 4.5 MB |"], ["| 18  | 12 MB |"], True),
        (["| 18 | 4.5 MB |"], ["| 19 | 4.5 MB |"], False),
        (["growth 2.5"], ["growth 3.5"], False),
    ],
)
def test_what_is_shown_is_held_against_what_was_said(shown: list[str], said: list[str], is_same: bool):  # noqa: FBT001
    assert (differ(shown, said) is None) is is_same
