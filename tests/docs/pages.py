"""The commands of README.md and docs/*.md, as they stand there. docs/README.md says how they are written."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PROMPT = "$ "
VARIABLE = re.compile(r"[A-Z_]+=")
FENCE = re.compile(r"[ \t]*(?P<marks>`{3,}|~{3,})(?P<language>[\w-]*)[^`]*")
HERE_DOCUMENT = re.compile(r"<<-?\s*['\"]?(?P<end>\w+)['\"]?")
NOT_TESTED = re.compile(r"(?:^|\s)# not tested: (?P<reason>\S.*)$")
INLINE = re.compile(r"`(?P<command>\./lake [^`\n]*)`")
LOOSE = re.compile(r"[ \t]*(?:\$ )?(?:[A-Z_]+=\S+ )*\./lake\b")  # a command outside of a block that is run


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a page: the line it stands in, its text, what is shown below it, and why it is not run, if so."""

    page: str
    line: int
    text: str
    shown: tuple[str, ...] = ()
    untested: str | None = None

    @property
    def program(self) -> str:
        """What it calls, after the variables that stand before it."""
        return next((word for word in self.text.split() if not VARIABLE.match(word)), "")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: the line of its first line, its language, its lines."""

    line: int
    language: str
    lines: tuple[str, ...]


def find_pages(checkout: Path = CHECKOUT) -> list[Path]:
    """List the pages whose commands are held to be true."""
    return [checkout / "README.md", *sorted((checkout / "docs").glob("*.md"))]


def read_commands(page: str, text: str) -> list[Command]:
    """Read the commands of all console blocks of a page, in order."""
    return [command for block in split_blocks(text)[0] if block.language == "console" for command in _read(page, block)]


def find_inline(text: str) -> list[tuple[int, str]]:
    """Find the commands that stand in a sentence or a table, each with its line."""
    prose = split_blocks(text)[1]
    return [(line, found["command"]) for line, words in prose for found in INLINE.finditer(words.replace("\\|", "|"))]


def find_loose(text: str) -> list[int]:
    """Find lines that look like commands to type and stand in no console block: nothing would run them."""
    blocks, prose = split_blocks(text)
    others = [
        (block.line + number, line)
        for block in blocks
        if block.language != "console"
        for number, line in enumerate(block.lines)
    ]
    return sorted(line for line, words in [*others, *prose] if LOOSE.match(words))


def split_blocks(text: str) -> tuple[list[Block], list[tuple[int, str]]]:
    """Split a page into its fenced blocks and the numbered lines between them."""
    blocks: list[Block] = []
    prose: list[tuple[int, str]] = []
    inside: tuple[int, str, str] | None = None
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        fence = FENCE.fullmatch(line)
        if inside is None and fence:
            inside, lines = (number + 1, fence["language"], fence["marks"]), []
        elif inside is None:
            prose.append((number, line))
        elif line.strip() == inside[2]:
            blocks.append(Block(inside[0], inside[1], tuple(lines)))
            inside = None
        else:
            lines.append(line)
    return blocks, prose


def _read(page: str, block: Block) -> Iterator[Command]:
    """Take a block apart. A note before its first command is for all of them."""
    note = next((found for line in block.lines[:1] if (found := NOT_TESTED.match(line))), None)
    reason = note["reason"] if note else None
    waiting: Command | None = None
    numbered = iter(enumerate(block.lines, start=block.line))
    for number, line in numbered:
        if line.startswith(PROMPT):
            if waiting:
                yield waiting
            text = line.removeprefix(PROMPT)
            while _is_open(text):
                text += "\n" + next(numbered)[1]
            waiting = _settle(Command(page, number, text, untested=reason))
        elif waiting:
            waiting = replace(waiting, shown=(*waiting.shown, line))
    if waiting:
        yield waiting


def _settle(command: Command) -> Command:
    note = NOT_TESTED.search(command.text)
    return replace(command, text=command.text[: note.start()].rstrip(), untested=note["reason"]) if note else command


def _is_open(text: str) -> bool:
    """Tell whether a command goes on in the next line: an open quote, a backslash, a here-document."""
    if found := HERE_DOCUMENT.search(text.splitlines()[0]):
        return text.splitlines()[-1] != found["end"] or len(text.splitlines()) == 1
    if text.endswith("\\"):
        return True
    try:
        shlex.split(text, comments=True)
    except ValueError:
        return True
    return False
