"""Every command of README.md and docs/*.md: it runs and says what the page shows, or tells why it is not run here."""

import shlex
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from flows.__main__ import app
from tests.docs.checkout import Scratch
from tests.docs.outputs import differ
from tests.docs.pages import CHECKOUT, Command, find_inline, find_loose, find_pages, read_commands

PAGES = find_pages()
RUN = {"./lake", ".venv/bin/python", "cat", "cp", "echo", "grep", "head", "ls", "mkdir", "mv", "printf", "rm", "sed"}
MOST_UNTESTED_SHARE = 0.45  # of all commands: what cannot run here is the exception


def name_page(page: Path) -> str:
    return str(page.relative_to(CHECKOUT))


def commands_of(page: Path) -> list[Command]:
    return read_commands(name_page(page), page.read_text(encoding="utf-8"))


def typed(page: Path) -> list[Command]:
    """The commands of a page that are run here."""
    return [command for command in commands_of(page) if command.untested is None]


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if typed(page)], ids=name_page)
def test_the_commands_of_a_page_say_what_it_shows(page: Path, scratch: Scratch):
    commands = typed(page)
    scratch.begin(commands)
    wrong = []
    for command in commands:
        code, said = scratch.type(command.text)
        place = f"{command.page}:{command.line}: $ {command.text}"
        if code != 0 and not any(line.startswith("lake: ") for line in command.shown):
            wrong.append(f"{place}\nended with {code}:\n" + "\n".join(said[-20:]))
        elif command.shown and (difference := differ(command.shown, said)):
            wrong.append(f"{place}\n{difference}\nall it said:\n" + "\n".join(said))
    assert not wrong, "\n\n".join(wrong)


def test_few_commands_are_not_run():
    commands = [command for page in PAGES for command in commands_of(page)]
    untested = [command for command in commands if command.untested is not None]
    assert len(untested) <= MOST_UNTESTED_SHARE * len(commands), f"{len(untested)} of {len(commands)} are not run"


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_what_is_not_run_is_at_least_written_as_the_command_line_takes_it(page: Path):
    text = page.read_text(encoding="utf-8")
    inline = [(line, f"{words} X") for line, words in find_inline(text)]  # an option may be named without its value
    written = [(command.line, command.text) for command in commands_of(page)] + inline
    faults = [f"{name_page(page)}:{line}: {words}: {fault}" for line, words in written if (fault := find_fault(words))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_what_is_run_starts_no_server_and_asks_no_network(page: Path):
    others = [command for command in typed(page) if command.program not in RUN]
    assert others == [], "mark it: # not tested: why"


@pytest.mark.parametrize("page", PAGES, ids=name_page)
def test_no_command_stands_where_nothing_runs_it(page: Path):
    assert find_loose(page.read_text(encoding="utf-8")) == []


def find_fault(text: str) -> str | None:
    """Say what the command line would not take of a `./lake` command: a name or an option; values are not looked at."""
    words = read_lake_words(text)
    if not words:
        return None
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    command = group.commands.get(words[0])
    if command is None:
        return None if words[0].startswith("-") else f"there is no command {words[0]}"
    context = typer.Context(command, info_name=words[0], **command.context_settings)
    try:
        command.make_parser(context).parse_args(words[1:])
    except TyperException as fault:
        return fault.format_message()
    return None


def read_lake_words(text: str) -> list[str]:
    """Take the words after `./lake` up to what a shell would take for itself; none of another command."""
    try:
        words = shlex.split(text, comments=True)
    except ValueError:
        return []
    if "./lake" not in words:
        return []
    rest = words[words.index("./lake") + 1 :]
    return rest[: next((place for place, word in enumerate(rest) if set(word) & set("|<>&;") and len(word) <= 2), None)]
