"""The cases of the real pages, as the project's own finders see them. Truth is stored as hashes of names."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from flows.language import load_language
from flows.reference import load_looks, load_name_knowledge, load_names
from tests.transforms.entities.identity.press import CREDITS, MENTIONS
from transforms.entities.find_mentions import find_mentions
from transforms.entities.people import find_people
from transforms.entities.resolve import Resolution, resolve_mentions
from transforms.pages.date import date_page
from transforms.printed import PrintedArticle
from transforms.read import read_file

pytestmark = pytest.mark.shared
NAMESAKES = "a3a0bafd0bee"  # the district's party secretary, and an artist
MISPRINTED = ("25e074298aa0", "673aa42262e4")  # one head of a street, in two spellings

PARK = {"cee54f27a0fc", "f3b21e730947"}  # the first characters of one park's name, in two spellings


def hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Pages:
    mentions: pl.DataFrame
    resolution: Resolution

    def entities_of(self, name_hash: str) -> list[str]:
        named = self.mentions.filter(pl.col("surface").map_elements(hashed, return_dtype=pl.String) == name_hash)
        return named.join(self.resolution.mention_entities, on="mention_id")["entity_id"].to_list()


@pytest.fixture(scope="module")
def pages(shared: Path) -> Pages:
    mentions, credited = [], []
    for path in sorted((shared / "seeds").glob("*.txt")):
        found = read_page(path)
        mentions += found[0]
        credited += found[1]
    frames = pl.DataFrame(mentions, schema=MENTIONS), pl.DataFrame(credited, schema=CREDITS)
    return Pages(frames[0], resolve_mentions(frames[0].lazy(), frames[1].lazy(), looks=load_looks()))


def read_page(path: Path) -> tuple[list[dict], list[dict]]:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    read = read_file(path.read_bytes(), file_name=path.name, sha256=sha256, language=load_language())
    mentions, credited = [], []
    for page in read.pages:
        dating = date_page(read.file_name, page.clean_text)
        for article in page.articles:
            uid = hashlib.sha256(f"{sha256}{page.page_index}{article.article_no}".encode()).hexdigest()[:16]
            known = {
                "article_id": f"{dating.newspaper_id}-undated-{sha256[:16]}-p0001-i{article.article_no:03d}",
                "article_uid": uid,
                "newspaper_id": dating.newspaper_id,
                "headline": article.parts["headline"].string if "headline" in article.parts else None,
                "date_lower": dating.date_lower,
                "date_upper": dating.date_upper,
                "cluster_id": None,
                "is_canonical": True,
            }
            printed = PrintedArticle(
                article_id=known["article_id"],
                newspaper_id=dating.newspaper_id,
                headline=known["headline"],
                body=article.parts["body"].string,
                credited=tuple(person.name for person in article.contributors),
            )
            people = find_people(printed, load_names())
            for mention in find_mentions(printed, people, load_name_knowledge()):
                row = {name: getattr(mention, name) for name in ("kind", "surface", "title", "organisation", "code")}
                row |= {"start_char": mention.start, "end_char": mention.end}
                mentions.append(known | row | {"mention_id": f"{known['article_id']}-m{mention.start}"})
            for number, person in enumerate(article.contributors, start=1):
                row = {"role": person.role, "name": person.name, "organisation": person.organisation}
                credited.append(known | row | {"contributor_no": number})
    return mentions, credited


def test_two_people_of_one_name_on_one_page_are_two(pages: Pages) -> None:
    entities = pages.entities_of(NAMESAKES)
    assert len(set(entities)) == 2
    assert min(entities.count(entity) for entity in set(entities)) >= 3
    links = pages.resolution.entity_links.filter(decided_by="entities.two-on-one-page")
    assert set(links["decision"]) == {"kept_apart"}
    assert {hashed(name) for name in links["surface_a"]} == {NAMESAKES}


def test_a_misprinted_head_of_a_street_is_one_person_with_evidence(pages: Pages) -> None:
    first, second = (set(pages.entities_of(name)) for name in MISPRINTED)
    assert len(first | second) == 1
    (link,) = pages.resolution.entity_links.filter(decided_by="entities.misprint-in-office").to_dicts()
    assert link["score"] >= 0.8
    assert {hashed(link["surface_a"]), hashed(link["surface_b"])} == set(MISPRINTED)


def test_no_other_two_names_of_people_are_joined(pages: Pages) -> None:
    people = pages.resolution.entities.filter(kind="person")
    assert people.filter(pl.col("aliases").list.len() > 0).height == 1


def test_a_misprinted_park_is_one_project_with_evidence(pages: Pages) -> None:
    misprints = pages.resolution.entity_links.filter(decided_by="entities.misprint-of-name", decision="joined")
    found = [
        {hashed(link[side].strip("“”")[:4]) for side in ("surface_a", "surface_b")} for link in misprints.to_dicts()
    ]
    assert PARK in found
    assert misprints["score"].min() >= 0.8
