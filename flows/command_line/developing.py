"""Commands for those who change the code."""

from typing import Annotated

import typer

app = typer.Typer()


@app.command(
    "test",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    epilog="Examples:  ./lake test --fast   ./lake test tests/flows -k lock",
)
def run_tests(
    context: typer.Context,
    *,
    fast: Annotated[bool, typer.Option("--fast", help="Leave out the tests that start processes or servers.")] = False,
) -> None:
    """Check everything: lint, types, imports, tests, coverage. Further arguments go to pytest."""
    from flows.commands.test import run_checks

    raise typer.Exit(run_checks(context.args, fast=fast))


@app.command(
    epilog="Example:  ./lake bench text   prints how well pages are read; with --write, docs/text-quality.md too.  "
    "./lake bench reuse --size 100k   does so for copies, beside other finders; it installs those for itself.  "
    "./lake bench facts   does so for figures and names.  ./lake bench kills   kills runs, and verifies after each.",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def bench(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="text, reuse, facts, lake, search, kills or screenshots.")
    ],
) -> None:
    """Measure, on the samples and on the pages with known truth beside the checkout, where there are any."""
    from flows.commands.bench import run_bench

    raise typer.Exit(run_bench(name, context.args))


@app.command(epilog="Example:  ./lake docs && git diff docs")
def docs() -> None:
    """Write the generated pages of docs/ anew from the declarations."""
    from flows.commands.docs import write_generated_docs

    write_generated_docs()
