"""What reading a page costs by format: `uv run python -m tests.benches.inputs [pages]`. Texts are invented."""

import hashlib
import json
import sys
from collections.abc import Callable
from html import escape
from time import process_time

from flows.language import load_language
from tests.transforms.inputs.pdf_files import Printed, column, make_pdf
from transforms.inputs.extract import extract_pages
from transforms.read import read_file

PAGES = 40
SENTENCES = (
    "城西灌区渠首闸缓缓提起，今年春灌第一股水流进干渠，这一轮放水二十天。",
    "停用八年的纺织厂库房，如今成了桂花巷社区食堂，每天供应午餐一百八十份。",
    "区图书馆自习室每天开放到晚上十点，新增座位六十个，第一周平均来了一百二十人。",
)
ARTICLES, PARAGRAPHS = 6, 5  # of a page: some 3,500 characters, as a page of a daily
WIDTH = 16  # characters of a column


def articles(number: int) -> list[tuple[str, list[str]]]:
    """Make the articles of one page: headline and paragraphs, other ones for each page."""
    return [
        (
            f"{number}号渠首闸提起{at}次放水",
            [SENTENCES[(at + n) % 3] * 3 + f"第{number}号。" for n in range(PARAGRAPHS)],
        )
        for at in range(ARTICLES)
    ]


def as_text(number: int) -> bytes:
    return "\n\n".join("\n".join([head, *body]) for head, body in articles(number)).encode()


def as_html(number: int) -> bytes:
    parts = "".join(f"<h2>{escape(h)}</h2>{''.join(f'<p>{escape(p)}</p>' for p in b)}" for h, b in articles(number))
    return f"<!DOCTYPE html><html><body>{parts}</body></html>".encode()


def as_pdf(number: int) -> bytes:
    printed: list[Printed] = []
    for at, (head, body) in enumerate(articles(number)):
        x, y = 20 + at % 3 * 190, 40 + at // 3 * 780
        printed += [Printed(head, x, y, 14), *column("".join(body), x, y + 24, WIDTH)]
    return make_pdf([printed])


def as_alto(number: int) -> bytes:
    blocks = []
    for head, body in articles(number):
        lines = [head, *(part[at : at + WIDTH] for part in body for at in range(0, len(part), WIDTH))]
        words = "".join(f'<TextLine><String CONTENT="{line}"/></TextLine>' for line in lines)
        blocks.append(f"<TextBlock>{words}</TextBlock>")
    return f"<alto><Layout><Page>{''.join(blocks)}</Page></Layout></alto>".encode()


def as_records(number: int) -> bytes:
    records = [{"title": head, "body": "\n".join(body), "date": "2023-03-14"} for head, body in articles(number)]
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


FORMATS: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "text": ("p.txt", as_text),
    "html": ("p.html", as_html),
    "alto": ("p.xml", as_alto),
    "pdf": ("p.pdf", as_pdf),
    "jsonl": ("p.jsonl", as_records),
}


def measure(name: str, files: list[bytes]) -> tuple[float, float]:
    """Return the CPU milliseconds a page of taking out the text, and of all of reading."""
    started = process_time()
    for data in files:
        extract_pages(data, name)
    extracted = process_time()
    for data in files:
        read_file(data, file_name=name, sha256=hashlib.sha256(data).hexdigest(), language=load_language())
    return tuple(1000 * seconds / len(files) for seconds in (extracted - started, process_time() - extracted))  # type: ignore[return-value]


def main() -> None:
    """Print a row a format."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    for name, make in FORMATS.values():
        measure(name, [make(0)])  # what is loaded once
    print(f"{count} pages of {len(as_text(0).decode())} characters; CPU ms a page\nformat  kB a page  taken out  all")
    for file_format, (name, make) in FORMATS.items():
        files = [make(number) for number in range(count)]
        taken_out, all_of_it = measure(name, files)
        print(f"{file_format:6} {len(files[0]) / 1000:9.1f} {taken_out:10.1f} {all_of_it:6.1f}")


if __name__ == "__main__":
    main()
