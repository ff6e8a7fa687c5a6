"""One article's facts: who and what it names, the figures it prints, and whom it quotes."""

from dataclasses import dataclass

from transforms.entities.find_mentions import find_mentions
from transforms.entities.knowledge import NameKnowledge
from transforms.entities.name_tables import NameTables
from transforms.entities.people import find_people
from transforms.entities.records import Mention
from transforms.figures.find import find_figures
from transforms.figures.records import Figure
from transforms.printed import PrintedArticle
from transforms.quotes.find import find_quotes
from transforms.quotes.records import Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTables:
    """What the finders know before they read: people's names and offices; organisations, places and projects."""

    people: NameTables
    names: NameKnowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one article states, each in the order of the body."""

    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...]


def find_facts(article: PrintedArticle, tables: FactTables) -> Facts:
    """Find all facts of one article. They hang on the article alone, so that a changed one changes no other."""
    mentions = find_mentions(article, find_people(article, tables.people), tables.names)
    return Facts(
        mentions=tuple(mentions),
        figures=tuple(find_figures(article, mentions)),
        quotes=tuple(find_quotes(article, mentions)),
    )
