"""The report as a product of a run: the pages of warehouse/site, with the words of the rule book."""

from pathlib import Path

from transforms.rule_book import list_rules
from warehouse.site.write import publish_report


def make_report(root: Path) -> int:
    """Bring the report in a lake's own folder to its newest snapshot; count its pages."""
    return publish_report(root, read_rule_words())


def read_rule_words() -> dict[str, str]:
    """Return what each rule says, by its id; of an id that two columns share, both."""
    words: dict[str, str] = {}
    for entry in list_rules():
        words[entry.rule_id] = " ".join(dict.fromkeys(filter(None, (words.get(entry.rule_id), entry.says))))
    return words
