"""`./lake views`: what can be asked."""

from rich.console import Console
from rich.text import Text

from warehouse.view_files import describe_views


def show_views() -> None:
    """Print each view with what it says and an example query."""
    console = Console(markup=False, highlight=False, soft_wrap=True)
    for view in describe_views():
        console.print(Text(view.call, style="bold"))
        console.print(Text(f"  {view.says}"))
        console.print(Text(f"  {view.example}", style="green"))
