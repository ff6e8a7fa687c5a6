"""The stage `publish`: what each table gains, loses and renews, brought together from all stages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from flows.bounds import Bounds, count_records, require_least, require_some, require_sound
from flows.ingest import ARCHIVES, LISTING
from flows.outcomes import change_files, count_refused, scan_rejects
from flows.parts import DATED, FACTS, NAMED, RESOLVED, REUSE, scan, scan_batches
from flows.plan import FILES, LISTED, PAGES, PARTS, Plan
from flows.remaining import find_gone_pages, not_of, of_other_pages
from flows.stages import read_state
from transforms.aliases import find_aliases
from transforms.rejects import count_attempts
from warehouse.publish import Carried, Published, WritableLake, publish
from warehouse.runs import Run
from warehouse.schema import column_types
from warehouse.table_change import Change, Patch

NO_BOUNDS = Bounds()
NAMED_TABLES = ("pages", "blocks", "articles", "contributors", "spans")
REUSE_COLUMNS = ("cluster_id", "is_canonical", "novelty_share")
OVER_ALL = {  # each table's folder of parts, and its stage
    **dict.fromkeys(("clusters", "cluster_members", "reuse"), (REUSE, "deduplicate")),
    **dict.fromkeys(("entities", "entity_links"), (RESOLVED, "resolve")),
}
NAMINGS = {  # of each table of facts: the column of the naming that decides, and that of the entity it stands for
    "mentions": ("mention_id", "entity_id"),
    "figures": ("subject_mention_id", "subject_entity_id"),
    "quotes": ("speaker_mention_id", "speaker_entity_id"),
}
CREDIT = ["article_id", "contributor_no"]


def publish_tables(lake: WritableLake, work: Path, plan: Plan, run: Run, bounds: Bounds = NO_BOUNDS) -> Published:
    """Bring all parts together, and publish them as the next snapshot if they differ from the last.

    Raises TooFewRecords, and publishes nothing, where the lake would hold less than the bounds say, and ContractFault
    where more of its facts were refused than a page's damage accounts for.
    """
    gone = find_gone_pages(work, plan)
    changes = _printed(work, plan, gone) | _found(work, plan, gone) | _over_all(work, plan)
    changes |= {
        "files": change_files(work, plan),
        "issues": Change(
            scan(work / DATED, "issues"),
            is_whole=plan.is_fresh,
            gone=pl.read_parquet(work / DATED / "gone_issues.parquet"),
        ),
        "rejects": Change(
            count_attempts(scan_rejects(work, plan), earlier=plan.standing.scan("rejects"), is_retry=plan.is_retry)
        ),
        "id_aliases": Change(_aliases(work, plan, gone, run.run_id)),
    }
    declared = {name: _as_declared(name, change) for name, change in changes.items()}
    files = {
        "inventory": {LISTING: work / "inventory.parquet", ARCHIVES: work / ARCHIVES},
        "read": {FILES: work / FILES, PAGES: work / DATED / PAGES, PARTS: work / PARTS, LISTED: work / LISTED},
        **{stage: plan.standing.files(stage) for stage in ("deduplicate", "resolve")},
    }
    if plan.sees_articles:
        files |= {"deduplicate": read_state(work / REUSE), "resolve": read_state(work / RESOLVED)}
    carried = Carried(plan.versions, files, is_anew="publish" in plan.rerun)

    refused = count_refused(work, plan)
    pages_before = plan.standing.snapshot.counts["pages"] if plan.standing.snapshot else 0

    def judge(rows: Mapping[str, int]) -> None:
        counts = count_records(rows, files=run.counts_in["files"], refused=refused.files)
        require_least(counts, bounds)
        require_some(counts, bounds, pages_before=pages_before)
        misread = {"files": refused.misread} if refused.misread else {}
        require_sound(rows, misread | dict(refused.facts), refused.examples)

    return publish(lake, declared, run, carried, judge)


def _printed(work: Path, plan: Plan, gone: Sequence[str]) -> dict[str, Change]:
    """Tell what becomes of the tables of what pages print."""
    named = {name: scan(work / NAMED, name) for name in NAMED_TABLES}
    reuse = _scan_outcome(work / REUSE, "articles", _columns("articles", ("article_id", *REUSE_COLUMNS)))
    credited = _scan_outcome(work / RESOLVED, "contributors", _columns("contributors", (*CREDIT, "entity_id")))
    read = named["articles"].select("article_id")
    named["articles"] = named["articles"].with_columns(pl.lit(None).alias(name) for name in REUSE_COLUMNS)
    named["contributors"] = named["contributors"].join(credited, on=CREDIT, how="left")
    changes = {name: Change(rows, is_whole=plan.is_fresh, gone_pages=gone) for name, rows in named.items()}
    changes["articles"] = replace(changes["articles"], fills=(Patch(("article_id",), reuse),))
    if plan.sees_articles and not plan.is_fresh:
        moved = Patch(("article_id",), not_of(reuse, read))
        changes["articles"] = replace(changes["articles"], patches=(moved,))
        values = Patch(tuple(CREDIT), not_of(credited, read))
        changes["contributors"] = replace(changes["contributors"], patches=(values,))
    return changes


def _found(work: Path, plan: Plan, gone: Sequence[str]) -> dict[str, Change]:
    """Tell what becomes of the tables of facts."""
    meant = _scan_outcome(work / RESOLVED, "mentions", _columns("mentions", ("mention_id", "entity_id")))
    anew = plan.is_fresh or "facts" in plan.rerun
    changes = {}
    for name, (mention, entity) in NAMINGS.items():
        rows = scan_batches(work / FACTS, name).with_columns(pl.lit(None, pl.String).alias(entity))
        fill = Patch((mention,), meant.rename({"mention_id": mention, "entity_id": entity}))
        changes[name] = Change(rows, is_whole=anew, gone_pages=() if anew else gone, fills=(fill,))
    if not anew:
        moved = meant.join(scan_batches(work / FACTS, "mentions"), on="mention_id", how="anti")
        for name, (mention, entity) in NAMINGS.items():
            values = moved.rename({"mention_id": mention, "entity_id": entity})
            changes[name] = replace(changes[name], patches=(Patch((mention,), values),))
    return changes


def _over_all(work: Path, plan: Plan) -> dict[str, Change]:
    """Tell what becomes of the tables that see all issues: what their stages found to differ, or all they say."""
    changes = {}
    for name, (folder, stage) in OVER_ALL.items():
        if not plan.sees_articles:
            changes[name] = Change(column_types(name).to_frame().lazy(), is_whole=False)
            continue
        gone = pl.read_parquet(work / folder / f"gone_{name}.parquet")
        is_whole = plan.is_fresh or stage in plan.rerun
        changes[name] = Change(scan(work / folder, name), is_whole=is_whole, gone=gone)
    return changes


def _aliases(work: Path, plan: Plan, gone: Sequence[str], run_id: str) -> pl.LazyFrame:
    """Lead earlier aliases on to today's ids, and add today's."""
    ids = ["article_id", "article_uid"]
    now = scan(work / NAMED, "articles").select(ids)
    known = plan.standing.scan("id_aliases")
    earlier = plan.standing.scan_near("articles", gone).select(*ids, "page_id").filter(pl.col("page_id").is_in(gone))
    if not plan.is_fresh:
        led_to = known.select("new_id").collect()["new_id"]
        stay = of_other_pages(plan.standing.scan_near("articles", led_to).select(ids), gone)
        now = pl.concat([stay.filter(pl.col("article_id").is_in(led_to.implode())), now])
    return find_aliases(now, earlier_articles=earlier, earlier_aliases=known, run_id=run_id)


def _scan_outcome(folder: Path, name: str, columns: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    """Scan what a stage over all articles gave; nothing where it had no need to run."""
    if not (folder / f"{name}.parquet").exists():
        return pl.Schema(columns).to_frame().lazy()
    return scan(folder, name).select(list(columns))


def _columns(table: str, names: Sequence[str]) -> dict[str, pl.DataType]:
    declared = column_types(table)
    return {name: declared[name] for name in names}


def _as_declared(name: str, change: Change) -> Change:
    declared = column_types(name)
    return replace(change, rows=change.rows.select(pl.col(column).cast(kind) for column, kind in declared.items()))
