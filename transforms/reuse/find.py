"""The stage's one entry: articles in; clusters, members and novelty out. Pure, and blind to the order of rows."""

from functools import partial

import polars as pl

from transforms.reuse.candidates import find_candidates
from transforms.reuse.clusters import cluster_texts
from transforms.reuse.links import Texts, judge_pairs
from transforms.reuse.novelty import find_novel_shares
from transforms.reuse.prints import collect_texts, order_prints, place_prints
from transforms.reuse.report import Reuse, report_reuse
from transforms.reuse.settings import DEFAULT_SETTINGS, ReuseSettings
from transforms.reuse.shingles import sample_shingles

COLUMNS = (
    "article_id",
    "article_uid",
    "file_id",
    "headline",
    "body",
    "published_on",
    "date_lower",
    "date_upper",
    "kind",
)


def find_reuse(articles: pl.LazyFrame | pl.DataFrame, *, settings: ReuseSettings = DEFAULT_SETTINGS) -> Reuse:
    """Find every text that was printed more than once, and the share of each article that was new.

    `articles` has COLUMNS (see the table `articles`). The canonical print of a text is the earliest
    (undated last), then the longest, then the smallest article_uid and article_id; novelty follows the
    same order, so that a canonical print is never the copy of its copies.
    Raises ContractFault where an article_id comes twice.
    """
    prints = order_prints(articles.lazy().select(COLUMNS).collect(), settings=settings)
    texts = collect_texts(prints)
    members = link_texts(texts, settings=settings)
    novel_shares = find_novel_shares(texts.codes, width=settings.novel_chars)
    return report_reuse(place_prints(prints, members), novel_shares, settings=settings)


def link_texts(texts: Texts, *, settings: ReuseSettings) -> pl.DataFrame:
    """Compare all texts that can be compared, and list the members of each group (see `cluster_texts`)."""
    samples = sample_shingles(texts.codes, width=settings.shingle_chars, modulus=settings.sample_modulus)
    chars = pl.Series(texts.codes.lengths)[samples["text"]]
    comparable = samples.filter(chars.is_between(settings.comparable_chars, settings.longest_chars))
    candidates = find_candidates(comparable, settings=settings)
    judge = partial(judge_pairs, texts=texts)
    return cluster_texts(judge(candidates), judge)
