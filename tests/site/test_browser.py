"""The report in a real browser, from files and served: it renders, lights what belongs together, is searched."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.site.conftest import SCRIPT
from warehouse.reader import open_lake
from warehouse.site.addresses import FOLDERS

pytestmark = pytest.mark.slow

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ARTICLE = "article/yunling_chenbao-2023-06-20-a-p0004-i001.html"
FIGURE = "#t-f180"  # 2.7亿元, printed 2.7億(yì)元
LEFT = "net::ERR_ABORTED"  # what was still on its way when the test went on to the next page
PATIENCE_MS = 120_000  # a busy machine is no fault of a page
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
# What a page has to be for those who do not see it well: contrast as WCAG AA reckons it, landmarks, names of controls.
AUDIT = """
() => {
  const faults = [];
  const channel = (value) => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
  const parse = (colour) => { const parts = colour.match(/[\\d.]+/g).map(Number); return { rgb: parts.slice(0, 3), alpha: parts[3] ?? 1 }; };
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (element) => { for (let at = element; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor); if (c.alpha > 0.99) return c.rgb; } return [255, 255, 255]; };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility({ checkOpacity: true }) || element.closest("svg, noscript, script, .hidden, .skip")) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const [a, b] = [light(parse(style.color).rgb), light(ground(element))].sort((x, y) => y - x);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if ((a + 0.05) / (b + 0.05) < least) faults.push(`contrast ${((a + 0.05) / (b + 0.05)).toFixed(2)} of "${texts.currentNode.data.trim().slice(0, 20)}" in ${element.tagName}.${element.className}`);
  }
  for (const landmark of ["header", "nav", "main", "footer"]) if (!document.querySelector(landmark)) faults.push(`no ${landmark}`);
  if (!document.documentElement.lang) faults.push("no language");
  for (const control of document.querySelectorAll("a[href]:not(svg a), button, input")) {
    const name = control.ariaLabel || control.textContent.trim() || control.labels?.[0]?.textContent || control.title;
    if (!name && !control.hidden) faults.push(`a ${control.tagName} without a name: ${control.outerHTML.slice(0, 80)}`);
  }
  let last = 0;
  for (const heading of document.querySelectorAll("main h1, main h2, main h3")) { const level = Number(heading.tagName[1]); if (level > last + 1) faults.push(`${heading.tagName} after h${last}`); last = level; }
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`${document.documentElement.scrollWidth} pixels wide on ${innerWidth}`);
  return [...new Set(faults)].slice(0, 8);
}"""  # noqa: E501 -- a script reads better unbroken


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test where the browser complains of anything."""
    page = browser.new_page(viewport=DESK)
    page.set_default_timeout(PATIENCE_MS)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("requestfailed", lambda request: complaints.append(request.url) if request.failure != LEFT else None)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    page.close()
    assert complaints == []


def one_of_each(report: Path) -> list[str]:
    """A page of each kind, the largest of its kind."""
    of_things = [max((report / kind).glob("*.html"), key=lambda path: path.stat().st_size) for kind in sorted(FOLDERS)]
    return [path.relative_to(report).as_posix() for path in (*of_things, *sorted(report.glob("*.html")))]


@pytest.mark.parametrize(
    ("scheme", "sizes"), [("light", (PHONE, DESK)), ("dark", (DESK, PHONE))], ids=["light", "dark"]
)
def test_every_kind_of_page_renders_for_everyone(scheme: str, sizes, page: Page, sample_report: Path):
    """Each page is opened once on a phone and once on a desk, and then turned into the other."""
    page.emulate_media(color_scheme=scheme)
    for name in one_of_each(sample_report):
        page.set_viewport_size(sizes[0])
        page.goto((sample_report / name).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert page.text_content("footer [data-snapshot]").startswith("snapshot 1 of ")
        for size in sizes:
            page.set_viewport_size(size)
            assert page.evaluate(AUDIT) == [], f"{name}, {scheme}, {size['width']}"


@pytest.fixture(params=["file", "server"])
def start(request: pytest.FixtureRequest, sample_report: Path) -> str:
    """Where the report begins: both ways have to work alike."""
    return sample_report.as_uri() if request.param == "file" else request.getfixturevalue("served")


@pytest.fixture
def search(start: str, sample_lake: Path) -> tuple[str, Path]:
    return start, sample_lake


def lit(page: Page, side: str) -> str:
    return "".join(page.locator(f".sides .{side} .lit").all_text_contents())


def test_pointing_at_a_figure_shows_its_card_and_lights_the_printed_characters(
    start: str, page: Page, sample_lake: Path
):
    page.goto(f"{start}/{ARTICLE}")
    page.hover(FIGURE)
    card = page.locator("#card")
    expect(card).to_be_visible()
    with open_lake(sample_lake) as lake:
        query = "SELECT raw_text, norm_value FROM explain_figure('yunling_chenbao-2023-06-20-a-p0004-i001-f180')"
        ((raw, value),) = lake.sql(query).fetchall()
    assert raw == "2.7億(yì)元" == lit(page, "raw") == card.locator(".printed").first.text_content()
    assert lit(page, "clean") == "2.7亿元"
    assert float(card.locator("data.norm").get_attribute("value")) == float(value) == 270_000_000
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    assert lit(page, "raw") == ""


def test_a_figure_can_be_reached_kept_and_left_by_keys(start: str, page: Page):
    page.goto(f"{start}/{ARTICLE}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):
        if page.evaluate("document.activeElement.id") == FIGURE.removeprefix("#"):
            break
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == FIGURE.removeprefix("#")
    assert lit(page, "raw") == "2.7億(yì)元"
    page.keyboard.press("Enter")
    page.mouse.move(5, 5)
    expect(page.locator("#card.kept")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == FIGURE.removeprefix("#")


def test_repairs_are_walked_with_their_rule(start: str, page: Page):
    page.goto(f"{start}/{ARTICLE}")
    page.keyboard.press("n")
    assert (
        page.locator("#card").text_content().startswith("×RepairBefore萬After万Ruletext.scriptSaysTraditional script")
    )
    page.keyboard.press("n")
    assert "(wàn)" in page.locator("#card").text_content()
    page.keyboard.press("p")
    assert lit(page, "raw") == "萬"


def test_a_tap_on_a_phone_keeps_the_card_within_the_screen(browser: Browser, sample_report: Path):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto((sample_report / ARTICLE).as_uri())
    page.tap(FIGURE)
    box = page.locator("#card").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    assert "270,000,000" in page.locator("#card").text_content()
    assert page.locator(FIGURE).bounding_box()["y"] < box["y"]
    page.tap("#card .close")
    expect(page.locator("#card")).to_be_hidden()
    context.close()


# What is typed, the same in the form in which the lake holds it, and how many articles hold it at least.
SEARCHES = [
    ("重点项目", "重点项目", 4),
    ("重點項目", "重点项目", 4),
    ("项目 投资", "项目 投资", 3),
    ("３６.４亿元", "36.4亿元", 1),
    ("没有这个词组", "没有这个词组", 0),
]


@pytest.mark.parametrize(("typed", "held", "least"), SEARCHES)
def test_search_finds_every_article_that_holds_the_words(search: tuple[str, Path], page: Page, typed, held, least):
    start, lake = search
    page.goto(f"{start}/index.html")
    page.fill("#find-words", typed)
    page.press("#find-words", "Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_function("document.querySelector('#found').textContent.includes('article')")
    with open_lake(lake) as reader:
        expected = {article for (article,) in reader.sql("SELECT article_id FROM search($1)", [held]).fetchall()}
    found = page.eval_on_selector_all("#hits h2 a", "(links) => links.map((link) => link.getAttribute('href'))")
    assert {link.removeprefix("article/").removesuffix(".html") for link in found} >= expected
    assert page.text_content("#found").strip().startswith(str(len(found)))
    assert len(found) >= least
    lit_words = set(page.locator("#hits mark").all_text_contents())
    assert lit_words == (set(held.split()) if found else set())


def test_hostile_text_is_inert(page: Page, hostile_report: Path):
    for path in sorted(hostile_report.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.title().endswith(" · Broadsheet")
        assert page.locator("main img, main iframe").count() == 0
    page.goto((hostile_report / "search.html").as_uri() + "?q=" + "script")
    page.wait_for_selector("#hits li")
    assert page.title() == "Search · Broadsheet"
    assert SCRIPT[:21] in page.text_content("#hits")


def test_a_chart_leads_to_the_sentence_of_each_point(page: Page, sample_report: Path):
    page.goto((sample_report / "entity" / "place-7fb32daaa524347e.html").as_uri())
    point = page.locator(".chart a").first
    href = point.get_attribute("href")
    page.goto(page.url.rsplit("/", 1)[0] + "/" + href)
    expect(page.locator("#card.kept")).to_be_visible()
