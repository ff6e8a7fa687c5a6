"""Commands that ask a lake."""

from pathlib import Path
from typing import Annotated

import typer

from flows.command_line.options import At, Lake

app = typer.Typer()

SEARCH_EPILOG = """\
Examples:  ./lake search 重点项目 投资 --since 2023-06-01 --newest
  ./lake search '"GDP 增速"' -- -房地产   quotes hold words together; after -- a word with - must not stand there"""

EXPORT_EPILOG = """\
Examples:  ./lake export --output lake.duckdb   ./lake export articles figures --format csv --output tables/
  ./lake export --sql "FROM figure_timeline WHERE subject = '云岭区'" --output timeline.xlsx
  ./lake export --star --output star.sqlite   The star itself lies in the lake's folder export/: see docs/bi.md."""


@app.command(epilog='Examples:  ./lake sql "FROM articles LIMIT 5"   ./lake sql --csv < query.sql > out.csv')
def sql(
    query: Annotated[str | None, typer.Argument(help="What to ask; without it a prompt, or the piped input.")] = None,
    *,
    lake: Lake = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV, all rows.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON array, all rows.")] = False,
    spreadsheet: Annotated[
        bool, typer.Option("--spreadsheet", help="Print CSV for a spreadsheet: no text is taken for a formula.")
    ] = False,
    at: At = None,
) -> None:
    """Ask the lake in SQL (DuckDB), read-only."""
    from flows.commands.sql import ask

    ask(query, lake, as_csv=csv, as_json=json, at=at, for_spreadsheet=spreadsheet)


@app.command(epilog=SEARCH_EPILOG)
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="All have to stand in the article.")],
    *,
    newspaper: Annotated[
        list[str] | None, typer.Option("--newspaper", metavar="PAPER", help="Only this paper, by name or newspaper_id.")
    ] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only news, feature, photo, ... of these.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="Printed that day or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Printed that day or earlier.")] = None,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first. [default: the best first]")] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many are shown.")] = 20,
    offset: Annotated[int, typer.Option("--offset", min=0, help="How many are left out before them.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    at: At = None,
    lake: Lake = None,
) -> None:
    """Find the articles that hold all the words; simplified words find traditional print, and the other way round."""
    from flows.commands.search import Asked, search_lake
    from flows.settings import read_day

    asked = Asked(
        words=" ".join(words),
        newspapers=tuple(newspaper or ()),
        kinds=tuple(kind or ()),
        since=read_day(since),
        until=read_day(until),
        is_newest=newest,
        limit=limit,
        offset=offset,
    )
    search_lake(asked, lake, at=at, as_json=json)


@app.command(epilog=EXPORT_EPILOG)
def export(
    names: Annotated[list[str] | None, typer.Argument(help="Tables and views. [default: all tables]")] = None,
    *,
    output: Annotated[Path, typer.Option("--output", metavar="PATH", help="The file, or the folder of several.")],
    kind: Annotated[
        str | None,
        typer.Option("--format", metavar="F", help="parquet, csv, xlsx, duckdb or sqlite. [default: by the output]"),
    ] = None,
    query: Annotated[str | None, typer.Option("--sql", metavar="QUERY", help="The answer to a query instead.")] = None,
    star: Annotated[bool, typer.Option("--star", help="Tables of the star, for reports, not of the lake.")] = False,
    at: At = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Put it in the place of what is there.")] = False,
    lake: Lake = None,
) -> None:
    """Write tables, views or an answer into a file for other programs; in CSV and Excel no text is a formula."""
    from flows.commands.export import export_lake

    export_lake(names or [], lake, query=query, kind=kind, output=output, star=star, at=at, overwrite=overwrite)


@app.command(epilog="Example:  ./lake views | less")
def views() -> None:
    """List the views: what each says, and a query to try."""
    from flows.commands.views import show_views

    show_views()


@app.command(epilog="Examples:  LAKE_HOME=~/scans-lake ./lake status   ./lake status --within 26h || tell-somebody")
def status(
    lake: Lake = None,
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="TIME", help="Fail where no run ended well in this time, e.g. 26h, 2d."),
    ] = None,
) -> None:
    """Show what the lake holds and how its last runs went."""
    from flows.commands.status import show_status

    show_status(lake, within)


@app.command(epilog='An id: ./lake sql --csv "SELECT article_id FROM articles LIMIT 1". An article_uid does as well.')
def explain(article_id: Annotated[str, typer.Argument(metavar="ARTICLE_ID")], lake: Lake = None) -> None:
    """Show where an article came from, line by line: raw text, rule, verdict, clean text."""
    from flows.commands.explain import explain_article

    explain_article(article_id, lake)
