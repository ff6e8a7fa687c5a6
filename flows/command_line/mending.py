"""Commands for the eyes of a person, and what these find."""

from pathlib import Path
from typing import Annotated

import typer

from flows.command_line.options import Corrections, Lake

app = typer.Typer()

CORRECT_EPILOG = """\
Examples:  ./lake correct chengxi_ribao-undated-8ccc35fcdf5be74a --set-date 2023-07-12 --reason "bound volume, p. 88"
  ./lake correct ARTICLE_ID --split-before 家长走进校园后厨 --reason "its headline was taken for a heading" """


@app.command(epilog="Examples:  ./lake review --reason no_headline   ./lake review chengxi_ribao-2023-03-14-a-p0002")
def review(
    subject: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="An article, page, issue or file to look at; without it the whole list."),
    ] = None,
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many entries of the list.")] = 20,
    reason: Annotated[str | None, typer.Option("--reason", help="Only this reason, e.g. truncated.")] = None,
    paper: Annotated[str | None, typer.Option("--paper", help="Only this paper, by name or newspaper_id.")] = None,
    lake: Lake = None,
) -> None:
    """List what needs a person's eyes, worst first; or show one of it, raw text beside clean."""
    from flows.commands.review import list_queue, show_subject

    if subject is None:
        list_queue(lake, limit=limit, reason=reason, paper=paper)
    else:
        show_subject(subject, lake)


@app.command(epilog=CORRECT_EPILOG)
def correct(
    subject: Annotated[
        str, typer.Argument(metavar="ID", help="The article, page, issue or file, as ./lake review has it.")
    ],
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why, for those who ask later: the proof of a date.")],
    at: Annotated[str | None, typer.Option("--at", metavar="WORDS", help="Where, in words as printed.")] = None,
    set_date: Annotated[str | None, typer.Option(metavar="DAY", help="2023-07-04, a range a..b, or unknown.")] = None,
    set_paper: Annotated[str | None, typer.Option(metavar="NAME", help="The paper's name.")] = None,
    split_before: Annotated[str | None, typer.Option(metavar="WORDS", help="An article begins there.")] = None,
    join_above: Annotated[bool, typer.Option("--join-above", help="Goes on from the article above.")] = False,
    join_after: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Goes on from the one that prints this.")
    ] = None,
    set_part: Annotated[str | None, typer.Option(metavar="KIND", help="Is a headline, caption, scrap ...")] = None,
    correct_text: Annotated[tuple[str, str] | None, typer.Option(metavar="OLD NEW", help="A misprint.")] = None,
    correct_contributor: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="OLD NEW", help="A credit, e.g. 'reporter 何舟' 'reporter 何一舟'."),
    ] = None,
    same_entity: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="ID WORDS", help="The name in --at and the one in these words there are one."),
    ] = None,
    different_entity: Annotated[
        tuple[str, str] | None, typer.Option(metavar="ID WORDS", help="They are two persons, places, ...")
    ] = None,
    lake: Lake = None,
    corrections: Corrections = None,
) -> None:
    """Mend what the reader cannot: try a correction on the raw pages, and write it down for the next run."""
    from flows.commands.correct import choose_fix
    from flows.commands.correct import correct as write_correction
    from transforms.corrections.records import Action

    options = {
        Action.SET_DATE: set_date,
        Action.SET_PAPER: set_paper,
        Action.SPLIT_ARTICLE: split_before,
        Action.JOIN_ARTICLES: join_after or ("" if join_above else None),
        Action.SET_PART: set_part,
        Action.CORRECT_TEXT: correct_text,
        Action.CORRECT_CONTRIBUTOR: correct_contributor,
        Action.SAME_ENTITY: same_entity,
        Action.DIFFERENT_ENTITY: different_entity,
    }
    fix = choose_fix(options, at=at, after=join_after)
    write_correction(subject, fix, reason=reason, lake=lake, corrections=corrections)


@app.command(epilog="Examples:  ./lake report --open   ./lake report --lake ~/scans-lake --output ~/report")
def report(
    lake: Lake = None,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="DIR", help="Where to. [default: report/ in the lake]")
    ] = None,
    is_whole: Annotated[
        bool,
        typer.Option("--all", help="Every page, in a lake of more than 500 articles too: about 20 s for each 500."),
    ] = False,
    is_opened: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
) -> None:
    """Write pages to look at: a static site that needs no server and no network."""
    from flows.commands.report import write_report

    write_report(lake, output, is_whole=is_whole, is_opened=is_opened)


@app.command("serve-report", epilog="Example:  ./lake serve-report --lake ~/scans-lake --port 8010")
def serve_report(
    lake: Lake = None,
    *,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where on this machine.")] = 8010,
) -> None:
    """Serve the same pages on demand, to this machine alone: for a lake of any size, with ranked search."""
    from flows.commands.serve_report import serve_pages

    serve_pages(lake, port)
