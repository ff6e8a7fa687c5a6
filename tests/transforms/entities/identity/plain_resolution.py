"""Resolution of all issues at once, with every naming in memory: the plain way, which the way by blocks must equal."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, combinations, product

import polars as pl

from transforms.entities.identity import rules
from transforms.entities.identity.appearances import find_appearances
from transforms.entities.identity.areas import HOME_LEVELS, Home, read_areas, read_headline
from transforms.entities.identity.clashes import people_clash
from transforms.entities.identity.decisions import (
    Decided,
    list_apart,
    list_edges,
    require_expected,
    require_obeyed,
    require_one_kind,
)
from transforms.entities.identity.inputs import CREDITS, MENTIONS, UNKNOWN_PAPER
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.merge import merge
from transforms.entities.identity.misprints import (
    BLOCK,
    are_confusable_names,
    are_confusable_things,
    judge_people,
    judge_things,
    mask_names,
)
from transforms.entities.identity.names import (
    AREA_SUFFIXES,
    FEWEST_BEHIND_PLACE,
    FEWEST_OWN,
    LONGEST_PLACE,
    PROVINCES,
    Form,
    Named,
    name_thing,
    own_part,
    say_name,
)
from transforms.entities.identity.namesakes import link_namesakes
from transforms.entities.identity.namings import list_namings
from transforms.entities.identity.nodes import Edge, Node, is_of_person, judge
from transforms.entities.identity.organisations import RELATIVE, UNPLACED, core_name
from transforms.entities.identity.people import gather_people
from transforms.entities.identity.stints import full_scopes
from transforms.entities.identity.things import Thing, link_things, things_clash
from transforms.entities.resolve import Resolution

FORM = ["kind", "surface", "code", "home"]
INTRODUCTION = (4, 7)
FEWEST_SHORT = 2
FEWEST_OF_THING = 4
LONGEST_MASKED = 14
ID_DIGITS = 16
BY_PERSON = "correction."
SHOWN = pl.Schema({"node": pl.String, "ref": pl.String})
IN_HEADLINE = "\t"  # before words of a headline


LINKS = pl.Schema(
    {
        "link_id": pl.String,
        "kind": pl.String,
        "a": pl.String,
        "b": pl.String,
        "score": pl.Float64,
        "evidence": pl.String,
        "decision": pl.String,
        "decided_by": pl.String,
    }
)


@dataclass(frozen=True, slots=True)
class Grouped:
    """All nodes by key, the node of each naming by its ref, the group of each node, and the edges as they ended."""

    nodes: Mapping[str, Node]
    members: Mapping[str, str]
    groups: Mapping[str, str]
    edges: Sequence[Edge]


def resolve_plainly(
    mentions: pl.LazyFrame, contributors: pl.LazyFrame, *, looks: Looks, decisions: Sequence[Decided] = ()
) -> Resolution:
    """Find the entity of each mention and of each credited person.

    mentions, contributors: the columns MENTIONS and CREDITS of `transforms.entities.identity.inputs`, of all issues.
    looks: how characters look. decisions: what a person decided of two mentions; raises StaleCorrection where the
    rules no longer see them as expected. The result hangs on the content of the rows alone, not on their order.
    """
    named, credited = read_mentions(mentions), read_credits(contributors)
    homes = read_homes(named, credited)
    if decisions:
        plain = _group(named, credited, homes, looks, ())
        require_expected(decisions, {ref: plain.groups[node] for ref, node in plain.members.items()})
    grouped = _group(named, credited, homes, looks, decisions)
    require_obeyed(decisions, {ref: grouped.groups[node] for ref, node in grouped.members.items()})
    return report(_namings(named, credited, grouped.members), grouped.nodes, grouped.groups, grouped.edges)


def _group(
    named: pl.DataFrame, credited: pl.DataFrame, homes: Mapping[str, Home], looks: Looks, decisions: Sequence[Decided]
) -> Grouped:
    rulings = [decided.ruling for decided in decisions]
    apart = list_apart(rulings)
    people, people_edges, members = gather_people(
        find_appearances(list_namings(named.iter_rows(named=True), credited.iter_rows(named=True), homes), apart)
    )
    place_names = list_place_names(_words(named))
    things, printed = gather_things(named, homes, apart, place_names=place_names)
    members |= dict(printed.select("ref", "node").iter_rows())
    require_one_kind(decisions, members)
    mine = list(list_edges(rulings, members))
    barred = [(edge.a, edge.b) for edge in mine if edge.decision == "kept_apart"]
    of_people = merge(
        people,
        [*people_edges, *find_misprinted_people(people, looks), *(edge for edge in mine if is_of_person(edge.a))],
        clash=people_clash(looks),
        barred=[pair for pair in barred if is_of_person(pair[0])],
    )
    found = (link_things(things), link_within_texts(printed, things))
    of_things = merge(
        [thing.node for thing in things],
        [*chain(*found, find_misprinted_things(things, looks)), *(edge for edge in mine if not is_of_person(edge.a))],
        clash=things_clash(looks),
        barred=[pair for pair in barred if not is_of_person(pair[0])],
    )
    namesakes = link_namesakes(people, of_people.groups, of_people.edges)
    return Grouped(
        nodes={node.key: node for node in (*people, *(thing.node for thing in things))},
        members=members,
        groups={**of_people.groups, **of_things.groups},
        edges=[*of_people.edges, *of_things.edges, *namesakes],
    )


def _words(named: pl.DataFrame) -> list[str]:
    is_place = pl.col("kind").is_in(["place", "organisation"])
    return named.filter(is_place)["surface"].unique().sort().to_list()


def _namings(named: pl.DataFrame, credited: pl.DataFrame, members: Mapping[str, str]) -> pl.DataFrame:
    columns = ["ref", "surface", "article_id", "text_key", "date_lower", "date_upper"]
    mentions = named.select(*columns, "start_char", contributor_no=pl.lit(None, pl.Int32))
    credit_rows = credited.rename({"name": "surface"}).select(
        *columns,
        start_char=pl.lit(None, mentions.schema["start_char"]),
        contributor_no=pl.col("contributor_no").cast(pl.Int32),
    )
    nodes = pl.DataFrame(
        {"ref": list(members), "node": list(members.values())}, schema={"ref": pl.String, "node": pl.String}
    )
    return pl.concat([mentions, credit_rows]).join(nodes, on="ref", how="left", maintain_order="left")


def read_mentions(mentions: pl.LazyFrame) -> pl.DataFrame:
    """Return the mentions with `text_key`, `page_key` and `ref`, those of each text together and in order."""
    return (
        _with_places(mentions.select(MENTIONS).with_columns(ref=pl.col("mention_id")))
        .sort("text_key", "article_id", "start_char", "ref")
        .collect()
    )


def read_credits(contributors: pl.LazyFrame) -> pl.DataFrame:
    """Return the credits with `text_key`, `page_key` and `ref`."""
    ref = pl.col("article_id") + "-c" + pl.col("contributor_no").cast(pl.String)
    return _with_places(contributors.select(CREDITS).with_columns(ref=ref)).sort("text_key", "ref").collect()


def _with_places(frame: pl.LazyFrame) -> pl.LazyFrame:
    """All prints of one text are one witness, at home where the first of them is; a cluster is named after it."""
    page = pl.col("article_id").str.replace(r"-i\d+$", "")
    return frame.with_columns(
        text_key=pl.coalesce(pl.col("cluster_id").str.strip_prefix("c-"), "article_uid"), page_key=page
    )


def read_homes(mentions: pl.DataFrame, credited: pl.DataFrame) -> dict[str, Home]:
    """Return the home of each text, by text_key: what its first print says, and the page and paper of that."""
    columns = ["text_key", "page_key", "newspaper_id", "headline", "is_canonical", "article_id"]
    both = pl.concat([mentions.select(columns), credited.select(columns)])
    prints = both.sort("is_canonical", "article_id", descending=[True, False]).unique(
        "text_key", keep="first", maintain_order=True
    )
    headlines = prints.select("text_key", words=pl.col("headline").str.split(" ")).explode("words")
    headlines = headlines.with_columns(words=IN_HEADLINE + pl.col("words"))
    words = pl.concat(
        [
            headlines,
            mentions.filter(pl.col("kind") != "person").select("text_key", words="surface"),
            mentions.filter(kind="person").select("text_key", words="title"),
        ]
    )
    named = words.drop_nulls().join(prints.select("text_key", "page_key"), on="text_key")
    homes = prints.join(find_homes(named).drop("page_key"), on="text_key", how="left")
    return {row["text_key"]: _home(row) for row in homes.iter_rows(named=True)}


def _home(row: Mapping[str, str | None]) -> Home:
    paper = row["newspaper_id"]
    named = {level: row[level] for level in HOME_LEVELS}
    known = Home(page="", paper=None if paper == UNKNOWN_PAPER else paper, **named)
    return known if any(known.contexts) else replace(known, page=str(row["page_key"]))


def find_homes(namings: pl.DataFrame) -> pl.DataFrame:
    """Give each `text_key` its home: columns of HOME_LEVELS, null where neither text nor page says it.

    namings: `text_key`, `page_key` and `words`, the names and titles that may hold an area.
    """
    distinct = namings.select(pl.col("words").drop_nulls().unique().sort())
    areas = pl.DataFrame(
        list(_list_areas(distinct["words"].to_list())),
        schema={"words": pl.String, "level": pl.String, "area": pl.String},
        orient="row",
    )
    named = namings.join(areas, on="words")
    homes = namings.select("text_key", "page_key").unique("text_key", keep="first", maintain_order=True)
    by_text = _most_named(named, "text_key")
    by_page = _most_named(named, "page_key")
    return (
        homes.join(by_text, on="text_key", how="left")
        .join(by_page, on="page_key", how="left", suffix="_page")
        .select("text_key", "page_key", *(pl.coalesce(level, f"{level}_page").alias(level) for level in HOME_LEVELS))
        .sort("text_key")
    )


def _list_areas(words: list[str]) -> Iterator[tuple[str, str, str]]:
    for name in words:
        is_head = name.startswith(IN_HEADLINE)
        for level, area in read_headline(name[1:]) if is_head else read_areas(name)[0].items():
            yield name, level, area


def _most_named(named: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return the area that more than half of the namings say, by key and level, as columns."""
    counts = named.filter(pl.col("level").is_in(HOME_LEVELS)).group_by(key, "level", "area").len()
    ranked = counts.filter(pl.col("len") * 2 > pl.col("len").sum().over(key, "level"))
    wide = ranked.select(
        key, *(pl.col("area").filter(level=level).first().over(key).alias(level) for level in HOME_LEVELS)
    )
    return wide.unique(key)


def gather_things(
    mentions: pl.DataFrame,
    homes: Mapping[str, Home],
    apart: Mapping[str, tuple[str, str]],
    *,
    place_names: frozenset[str],
) -> tuple[list[Thing], pl.DataFrame]:
    """Return the nodes of all that is no person, and the mentions with the `node` of each.

    mentions: as `read_mentions` returns them. apart: the mentions that a person takes out of their entity. Each
    distinct form of a name is looked at once.
    """
    numbers = {home: number for number, home in enumerate(dict.fromkeys(homes.values()))}
    at_home = pl.DataFrame(
        {"text_key": list(homes), "home": [numbers[home] for home in homes.values()]},
        schema={"text_key": pl.String, "home": pl.Int64},
    )
    printed = mentions.filter(pl.col("kind") != "person").join(at_home, on="text_key", maintain_order="left")
    forms, named = _name_forms(printed, list(numbers))
    own_node = pl.when("is_local").then(pl.col("node") + "@" + pl.col("text_key")).otherwise("node")
    placed = printed.join(forms, on=FORM, nulls_equal=True, maintain_order="left").with_columns(node=own_node)
    placed = _move(placed, apart)
    contexts = [home.contexts for home in numbers]
    things = [
        _thing(row, named[row["form"]], {name for home in row["homes"] for name in contexts[home]}, place_names)
        for row in _summarise(placed).iter_rows(named=True)
    ]
    return things, placed.drop("form", "home", "is_local")


def _name_forms(printed: pl.DataFrame, homes: Sequence[Home]) -> tuple[pl.DataFrame, list[Named]]:
    """Name each distinct form: rows of FORM with `form`, its number in the list, `node` and `is_local`."""
    forms = printed.select(FORM).unique().sort(FORM)
    named = [
        name_thing(Form(kind=kind, surface=surface, code=code, home=homes[home]))
        for kind, surface, code, home in forms.iter_rows()
    ]
    known = forms.with_columns(
        form=pl.int_range(pl.len()),
        node=pl.Series([name.key for name in named], dtype=pl.String),
        is_local=pl.Series([name.is_local for name in named], dtype=pl.Boolean),
    )
    return known, named


def _summarise(placed: pl.DataFrame) -> pl.DataFrame:
    """Return a row a node: what it is, where it is first printed, how many texts print it, and their homes."""
    in_print = [pl.col("date_lower").fill_null(date.max), "text_key", "start_char", "ref"]
    summed = placed.group_by("node").agg(
        pl.col("form", "kind", "surface", "text_key").first(),
        first=pl.col("date_lower").min(),
        shown=pl.col("ref").sort_by(in_print).first(),
        text_count=pl.col("text_key").n_unique(),
        homes=pl.col("home").unique(),
    )
    return summed.sort("node")


def _move(placed: pl.DataFrame, apart: Mapping[str, tuple[str, str]]) -> pl.DataFrame:
    """Give the namings that a person takes out a node of their own: all of the text, or one where it names both."""
    at = {row["ref"]: row for row in placed.select("ref", "text_key", "node").iter_rows(named=True)} if apart else {}
    for ref, (mark, other) in sorted(apart.items()):
        if ref not in at:
            continue
        text, node = at[ref]["text_key"], at[ref]["node"]
        names_both = other in at and (at[other]["text_key"], at[other]["node"]) == (text, node)
        mine = pl.col("ref") == ref if names_both else (pl.col("text_key") == text) & (pl.col("node") == node)
        placed = placed.with_columns(node=pl.when(mine).then(pl.col("node") + f"|{mark}").otherwise("node"))
    return placed


def _thing(row: Mapping[str, object], named: Named, contexts: Iterable[str], place_names: frozenset[str]) -> Thing:
    first = row["first"]
    at = f"@{row['text_key']}" if named.is_local else ""
    kind = str(row["kind"])
    placeless = without_place(named.whole, place_names) if kind == "project" else named.whole
    core = own_part(named.whole, placeless) if kind == "project" else core_name(named.whole)
    return Thing(
        node=Node(
            key=str(row["node"]),
            kind=kind,
            name=say_name(named.whole),
            first=first if isinstance(first, date) else date.max,
            shown=str(row["shown"]),
            text_count=int(str(row["text_count"])),
            traits={**named.traits, "core": frozenset({core})},
        ),
        surface=str(row["surface"]),
        whole=named.whole,
        group=f"{named.group}{at}",
        placeless=placeless,
        core=core,
        contexts=frozenset(contexts),
    )


def link_within_texts(placed: pl.DataFrame, things: Sequence[Thing]) -> Iterator[Edge]:
    """Yield the edges that single texts prove.

    placed: the mentions of things, each with its `node`, those of one article in the order of print.
    """
    by_node = {thing.node.key: thing for thing in things}
    organisations = placed.filter(kind="organisation")
    yield from _introduced(organisations, by_node)
    yield from _named_in_full(organisations, by_node)


def _introduced(organisations: pl.DataFrame, by_node: Mapping[str, Thing]) -> Iterator[Edge]:
    """Join a short name with the one full name that it is introduced behind."""
    last = pl.col("node", "end_char").shift(1).over("article_id").name.prefix("full_")
    gap = pl.col("start_char") - pl.col("full_end_char")
    pairs = (
        organisations.sort("article_id", "start_char")
        .with_columns(last)
        .filter(gap.is_between(*INTRODUCTION))
        .select("node", "full_node")
        .unique()
        .sort("node", "full_node")
    )
    claims: dict[str, list[Thing]] = defaultdict(list)
    for short, full in pairs.iter_rows():
        if _shortens(by_node[short].surface, by_node[full].surface):
            claims[short].append(by_node[full])
    for short, fulls in claims.items():
        if len({thing.group for thing in fulls}) == 1:
            says = f"A text introduces {by_node[short].surface} as short for {fulls[0].surface}."
            yield judge(short, fulls[0].node.key, rules.SHORT_NAME, says)


def _shortens(short: str, full: str) -> bool:
    """Tell whether a name is made of another's characters in their order, and is more than its beginning."""
    if not FEWEST_SHORT <= len(short) < len(full) or full.startswith(short) or RELATIVE.match(short):
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def _named_in_full(organisations: pl.DataFrame, by_node: Mapping[str, Thing]) -> Iterator[Edge]:
    """Join a body that every area has with the one such body that its text names in full."""
    is_bare = pl.col("node").is_in([key for key, thing in by_node.items() if thing.whole.startswith(UNPLACED)])
    bare = organisations.filter(is_bare).select("text_key", "node").unique()
    others = organisations.filter(~is_bare).select("text_key", full="node").unique()
    pairs = bare.join(others, on="text_key").sort("node", "full")
    fulls: dict[str, list[Thing]] = defaultdict(list)
    for _, node, full in pairs.iter_rows():
        ending = by_node[node].whole.removeprefix(UNPLACED)
        if by_node[full].whole.endswith(ending):
            fulls[node].append(by_node[full])
    for node, found in fulls.items():
        if len({thing.group for thing in found}) == 1:
            says = f"{by_node[node].surface} stands in a text that names {say_name(found[0].whole)} in full."
            yield judge(node, found[0].node.key, rules.FULL_IN_TEXT, says)


def without_place(name: str, place_names: frozenset[str]) -> str:
    """Take the places off the head of a project's name: `山北（云岭）光电产业园`."""
    rest = name.lstrip("（）")
    while True:
        longest = min(LONGEST_PLACE, len(rest) - FEWEST_BEHIND_PLACE)
        head = next((rest[:n] for n in range(longest, 1, -1) if rest[:n] in place_names), None)
        if head is None:
            return rest
        rest = rest.removeprefix(head).lstrip("（）")


def list_place_names(surfaces: Iterable[str]) -> frozenset[str]:
    """Return the names that may stand before a project's: places, with and without the word for their level."""
    areas = {area for surface in surfaces for area in (surface, *read_areas(surface)[0].values())}
    bare = {area[:-1] for area in areas if len(area) > FEWEST_OWN and area[-1] in AREA_SUFFIXES}
    return frozenset(areas | bare) | PROVINCES


def find_misprinted_people(nodes: Sequence[Node], looks: Looks) -> Iterator[Edge]:
    blocks: dict[tuple[str, ...], set[str]] = defaultdict(set)
    held_by: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in nodes:
        for held in node.offices:
            for scope in full_scopes(held.scope, node.contexts):
                held_by[scope, held.post, held.rank, node.name].append(node)
                for mask in mask_names(node.name, 1):
                    blocks[scope, held.post, held.rank, mask].add(node.name)
    pairs = set()
    for (scope, post, rank, _), block in blocks.items():
        if len(block) <= BLOCK:
            for a, b in combinations(sorted(block), 2):
                if are_confusable_names(a, b, looks, is_chief=rank == "chief"):
                    both = product(held_by[scope, post, rank, a], held_by[scope, post, rank, b])
                    pairs |= {tuple(sorted((one.key, other.key))) for one, other in both}
    by_key = {node.key: node for node in nodes}
    yield from (judge_people(by_key[a], by_key[b], looks) for a, b in sorted(pairs))


def find_misprinted_things(things: Sequence[Thing], looks: Looks) -> Iterator[Edge]:
    blocks: dict[tuple[str, ...], set[str]] = defaultdict(set)
    by_key = {thing.node.key: thing for thing in things}
    for thing in things:
        if thing.node.kind != "place" and len(thing.core) >= FEWEST_OF_THING:
            most = 2 if thing.node.kind == "project" and len(thing.core) <= LONGEST_MASKED else 1
            for mask, context in product(mask_names(thing.core, most), thing.contexts):
                blocks[thing.node.kind, context, mask].add(thing.node.key)
    pairs = {pair for block in blocks.values() if len(block) <= BLOCK for pair in combinations(sorted(block), 2)}
    for one, other in sorted(pairs):
        if are_confusable_things(by_key[one].core, by_key[other].core, looks):
            yield judge_things(by_key[one], by_key[other], looks)


def name_entity(kind: str, first_key: str) -> str:
    """Return the id of an entity: its kind, and a hash of what its first naming is."""
    return f"{kind}-{hashlib.sha256(first_key.encode()).hexdigest()[:ID_DIGITS]}"


def report(
    namings: pl.DataFrame, nodes: Mapping[str, Node], groups: Mapping[str, str], edges: Iterable[Edge]
) -> Resolution:
    """Make the tables.

    namings: a row a mention or credit: `ref`, `node`, `surface`, `article_id`, `text_key`, `start_char` (null: a
    credit), `contributor_no` (null: a mention), `date_lower`, `date_upper`. groups: the first node of each group.
    """
    ids = {key: name_entity(nodes[key].kind, first) for key, first in groups.items()}
    known = pl.DataFrame(
        {
            "node": list(ids),
            "entity_id": list(ids.values()),
            "kind": [nodes[key].kind for key in ids],
            "called": [nodes[key].name for key in ids],
            "code": [next(iter(sorted(nodes[key].traits.get("code", ()))), None) for key in ids],
        },
        schema_overrides={"node": pl.String, "entity_id": pl.String, "called": pl.String, "code": pl.String},
    )
    placed = namings.join(known, on="node", how="left", maintain_order="left")
    return Resolution(
        entities=_entities(placed),
        entity_links=_links(placed, nodes, edges),
        mention_entities=placed.filter(pl.col("contributor_no").is_null())
        .select(mention_id="ref", entity_id="entity_id")
        .sort("mention_id"),
        contributor_entities=placed.filter(pl.col("contributor_no").is_not_null())
        .select("article_id", "contributor_no", "entity_id")
        .sort("article_id", "contributor_no"),
    )


def _entities(placed: pl.DataFrame) -> pl.DataFrame:
    is_mention = pl.col("contributor_no").is_null()
    exact = pl.when(pl.col("date_lower") == pl.col("date_upper")).then("date_lower")
    counts = placed.group_by("entity_id").agg(
        kind=pl.col("kind").first(),
        code=pl.col("code").drop_nulls().sort().first(),
        first_date=exact.min(),
        last_date=exact.max(),
        mention_count=is_mention.sum().cast(pl.Int32),
        credit_count=(~is_mention).sum().cast(pl.Int32),
        text_count=pl.col("text_key").n_unique().cast(pl.Int32),
        issue_count=pl.col("article_id").str.replace(r"-p\d+-i\d+$", "").n_unique().cast(pl.Int32),
    )
    return (
        counts.join(_names(placed), on="entity_id")
        .select(
            "entity_id",
            "kind",
            "name",
            "aliases",
            "code",
            "first_date",
            "last_date",
            "mention_count",
            "credit_count",
            "text_count",
            "issue_count",
        )
        .sort("entity_id")
    )


def _names(placed: pl.DataFrame) -> pl.DataFrame:
    """Call each entity what most texts call it; the other printed names are its aliases, the most frequent first."""

    def ranked(column: str) -> pl.DataFrame:
        return (
            placed.group_by("entity_id", column)
            .agg(texts=pl.col("text_key").n_unique(), chars=pl.col(column).str.len_chars().first())
            .sort("entity_id", "texts", "chars", column, descending=[False, True, True, False])
        )

    called = ranked("called").unique("entity_id", keep="first", maintain_order=True)
    named = called.select("entity_id", name="called")
    others = (
        ranked("surface")
        .join(named, on="entity_id", maintain_order="left")
        .group_by("entity_id", maintain_order=True)
        .agg(aliases=pl.col("surface").filter(pl.col("surface") != pl.col("name")))
    )
    return named.join(others, on="entity_id")


def _links(placed: pl.DataFrame, nodes: Mapping[str, Node], edges: Iterable[Edge]) -> pl.DataFrame:
    rows = [
        (_name_link(e), nodes[e.a].kind, *_in_order(e, nodes), e.score, e.evidence, e.decision, e.rule_id)
        for e in edges
    ]
    is_by_person = pl.col("decided_by").str.starts_with(BY_PERSON)
    links = (
        pl.DataFrame(rows, schema=LINKS, orient="row")
        .sort(
            "link_id",
            is_by_person,
            "score",
            "decided_by",
            "evidence",
            "decision",
            descending=[False, True, True, *[False] * 3],
        )
        .unique("link_id", keep="first", maintain_order=True)
    )
    shown = _shown(placed, nodes)
    for side in ("a", "b"):
        links = links.join(shown.rename({"node": side}).select(side, pl.exclude(side).name.suffix(f"_{side}")), on=side)
    sides = [f"{name}_{side}" for name in ("entity_id", "surface", "article_id", "mention_id") for side in ("a", "b")]
    return links.select("link_id", "kind", *sides, "score", "evidence", "decision", "decided_by").sort("link_id")


def _shown(placed: pl.DataFrame, nodes: Mapping[str, Node]) -> pl.DataFrame:
    """Return the naming that stands for each node: `node`, `entity_id`, `surface`, `article_id`, `mention_id`."""
    first = pl.DataFrame([(key, node.shown) for key, node in nodes.items()], schema=SHOWN, orient="row")
    mention_id = pl.when(pl.col("contributor_no").is_null()).then("ref").alias("mention_id")
    namings = placed.select("ref", "entity_id", "surface", "article_id", mention_id)
    return first.join(namings, on="ref").drop("ref")


def _in_order(edge: Edge, nodes: Mapping[str, Node]) -> tuple[str, str]:
    first, second = sorted((edge.a, edge.b), key=lambda key: (nodes[key].first, key))
    return first, second


def _name_link(edge: Edge) -> str:
    return "l-" + hashlib.sha256("\n".join(sorted((edge.a, edge.b))).encode()).hexdigest()[:ID_DIGITS]
