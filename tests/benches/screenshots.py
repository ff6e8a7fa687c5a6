"""Takes the pictures of docs/images: pages of the report of the sample issues, in headless Chromium.

`./lake bench screenshots` builds a lake of seeds/issues in a temporary folder and writes the pictures; `--lake DIR`
takes one that is there.
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from flows.settings import CHECKOUT, CORRECTIONS
from flows.site import read_rule_words
from tests.flows.lakes import build_bare
from warehouse.errors import SettingsFault
from warehouse.site.write import publish_report

IMAGES = CHECKOUT / "docs" / "images"
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


class Shot(NamedTuple):
    """One picture: a page, the size of the window in pixels, light or dark, and what is pointed at."""

    name: str
    page: str
    width: int
    height: int
    scheme: str = "light"
    pointed_at: str = ""


SHOTS = (
    Shot("overview", "index.html", 1200, 1000),
    Shot("article", "article/yunling_chenbao-2023-06-20-a-p0004-i001.html", 1200, 860, pointed_at="#t-f180"),
    Shot("figures", "entity/place-7fb32daaa524347e.html", 1200, 900),
    Shot("phone", "article/chengxi_ribao-2023-03-14-a-p0002-i001.html", 390, 844, "dark", "a.figure >> nth=3"),
)


def take(browser: Browser, report: Path, shot: Shot) -> Path:
    """Take one picture."""
    page = browser.new_page(viewport={"width": shot.width, "height": shot.height}, color_scheme=shot.scheme)
    page.goto((report / shot.page).as_uri())
    if shot.pointed_at:
        page.locator(f".sides {shot.pointed_at}").first.focus()
    path = IMAGES / f"{shot.name}.png"
    page.screenshot(path=path)
    page.close()
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Take all pictures, and name each with its size."""
    parser = argparse.ArgumentParser(prog="lake bench screenshots", description="Take the pictures of docs/images.")
    parser.add_argument("--lake", type=Path, help="a lake of the sample issues")
    lake = parser.parse_args(arguments).lake
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SettingsFault("Screenshots need Chromium on the PATH.")
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        if lake is None:
            lake = Path(folder) / "lake"
            build_bare(CHECKOUT / "seeds" / "issues", lake, CORRECTIONS)
        publish_report(lake, read_rule_words(), output=Path(folder) / "report")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for shot in SHOTS:
            path = take(browser, Path(folder) / "report", shot)
            print(f"{path.relative_to(CHECKOUT)}  {path.stat().st_size / 1000:.0f} kB")
        browser.close()


if __name__ == "__main__":
    main()
