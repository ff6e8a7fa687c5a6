"""Runs the project's own finder over a corpus, in a process of its own: articles in, a folder of tables out.

usage: python -m tests.benches.reuse.engine DOCS.parquet FOLDER
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from flows.lean import start_lean

NAMES = {"article_id": "id", "file_id": "id", "date_lower": "published_on", "date_upper": "published_on"}
"""Our names, and those of a corpus; one of texts alone has no headlines and no dates."""


def find_in_corpus(docs: Path, folder: Path) -> None:
    """Write the tables of the finder into the folder."""
    from pyarrow import parquet

    from flows.reuse_files import find_reuse_in_files

    body = "text" if "text" in parquet.read_schema(docs).names else "body"
    find_reuse_in_files([docs], folder, columns=NAMES | {"body": body})


def main(arguments: Sequence[str]) -> None:
    """Find."""
    docs, folder = map(Path, arguments)
    find_in_corpus(docs, folder)


if __name__ == "__main__":
    start_lean()  # as ./lake does
    main(sys.argv[1:])
