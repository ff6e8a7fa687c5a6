"""The options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

Lake = Annotated[
    Path | None,
    typer.Option(
        "--lake",
        metavar="DIR",
        help="The lake's folder, or s3://bucket/prefix. [default: LAKE_HOME, else warehouse/lake]",
    ),
]
Source = Annotated[
    Path | None,
    typer.Option(
        "--source", metavar="DIR", help="Your issue files, at any depth; or s3://bucket/prefix. [default: seeds/issues]"
    ),
]
Memory = Annotated[
    str | None, typer.Option("--memory", metavar="SIZE", help="What looking for reprints may hold. [default: 4GB]")
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DAY", help="Take in no new file whose name says an earlier day, or none."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="Take in no new file whose name says a later day, or none.")
]
Rebuild = Annotated[
    list[str] | None,
    typer.Option(
        "--rebuild", metavar="STAGE", help="Run read, deduplicate, facts, resolve or publish again over everything."
    ),
]
At = Annotated[
    int | None, typer.Option("--at", metavar="N", min=1, help="As snapshot N shows it. [default: the newest]")
]
Corrections = Annotated[
    Path | None,
    typer.Option("--corrections", metavar="DIR", help="Your corrections in YAML. [default: seeds/corrections]"),
]
