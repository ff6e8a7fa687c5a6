"""Who printed a page: its path says so, else its masthead, else its colophon. A report about a paper is no evidence."""

import re
from dataclasses import dataclass

from transforms.blocks.rules import is_colophon
from transforms.pages.file_names import read_file_name
from transforms.pages.mastheads import read_masthead
from transforms.pages.papers import KIND, UNKNOWN, newspaper_id_of

TOP_LINES = 6  # a name alone is a masthead only among the first printed lines; with a day or a page, anywhere
COLOPHON_NAMES = tuple(  # in order of weight: who publishes it, whose house it is, whose press prints it
    re.compile(pattern)
    for pattern in (
        rf"([\u4e00-\u9fff]{{1,8}}?(?:{KIND}))社?(?:编辑出版|出版|主办|主管)",
        rf"(?:主办|出版|主管)(?:单位)?[:： ]*([\u4e00-\u9fff]{{1,8}}?(?:{KIND}))社?",
        rf"印刷[:： ]*([\u4e00-\u9fff]{{1,8}}?(?:{KIND}))社?印",
        rf"(?:^|[^\u4e00-\u9fff])([\u4e00-\u9fff]{{1,8}}?(?:{KIND}))社",
    )
)


@dataclass(frozen=True, slots=True)
class Newspaper:
    """The paper: its id (`unknown` where nothing says it), its printed name, and path, masthead or colophon."""

    newspaper_id: str
    newspaper: str | None
    basis: str | None


def find_newspaper(file_name: str, clean_text: str) -> Newspaper:
    """Find the paper of a page. Where the path gives only an id, the page gives the name, if it is the same paper's."""
    path = read_file_name(file_name)
    printed = {name: basis for basis, name in _printed_names(clean_text)}
    if path.newspaper_id:
        same = (name for name in printed if newspaper_id_of(name) == path.newspaper_id)
        return Newspaper(path.newspaper_id, path.newspaper or next(same, None), "path")
    for name, basis in printed.items():
        return Newspaper(newspaper_id_of(name), name, basis)
    return Newspaper(UNKNOWN, None, None)


def _printed_names(clean_text: str) -> list[tuple[str, str]]:
    """Find the names that mastheads, then colophons print, the surest first, each after its basis."""
    lines = [line for line in clean_text.split("\n") if line.strip()]
    mastheads = [(place, read_masthead(line)) for place, line in enumerate(lines)]
    names = [
        ("masthead", masthead.paper)
        for place, masthead in mastheads
        if masthead and masthead.paper and (place < TOP_LINES or masthead.day or masthead.page_no)
    ]
    colophons = [line for line in lines if is_colophon(line)]
    found = (pattern.search(line) for pattern in COLOPHON_NAMES for line in colophons)
    return names + [("colophon", match[1]) for match in found if match]
