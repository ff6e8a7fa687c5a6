"""The figures of one article: every number that counts something, with its measure, period and subject."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from transforms.entities.records import Mention
from transforms.figures.amounts import Amount, find_amounts
from transforms.figures.clauses import Sentence
from transforms.figures.codes import find_codes
from transforms.figures.groups import find_groups
from transforms.figures.measures import find_measures
from transforms.figures.period_rules import HOLIDAYS
from transforms.figures.periods import Naming, find_periods, latest_before, owner_of
from transforms.figures.records import Figure, Period, PeriodBasis
from transforms.figures.respective import find_in_turn, rises_in_turn
from transforms.figures.subjects import Subjects
from transforms.printed import PrintedArticle
from transforms.text.sentences import find_sentences

LINE_END = re.compile("\n")
STAGE = re.compile("(?<![前近同长短中定工学假周任本上下分第])[一二三四五六首]期(?![间待限])")


class _Context(NamedTuple):
    """What the sentences of one article share.

    owning: all namings of time; namings: those that tell of which days figures are; lines: where its paragraphs begin;
    times: where their namings end; names: where each ends, and begins; name_ends: the former, in order.
    """

    article: PrintedArticle
    owning: Sequence[Naming]
    namings: Sequence[Naming]
    subjects: Subjects
    lines: Sequence[int]
    times: Sequence[int]
    names: Mapping[int, int]
    name_ends: Sequence[int]


def find_figures(article: PrintedArticle, mentions: Sequence[Mention] = ()) -> list[Figure]:
    """Find the figures of an article, in order; they never overlap.

    mentions: the namings of the article, among which a figure's subject is sought.
    """
    body = article.body
    namings = find_periods(body, article.date_lower, article.date_upper)
    amounts = find_amounts(body, _mask(body, namings))
    if not amounts:
        return []
    names = {m.end: m.start for m in sorted(mentions, key=attrgetter("end")) if m.kind != "campaign"}
    context = _Context(
        article,
        namings,
        [naming for naming in namings if not naming.is_aside and not naming.is_event],
        Subjects(body, mentions, [naming.end for naming in namings]),
        [0, *(match.end() for match in LINE_END.finditer(body))],
        [naming.end for naming in namings if naming.rule_id != HOLIDAYS],
        names,
        list(names),
    )
    return [figure for sentence in _by_sentence(body, amounts, context) for figure in _read(context, sentence)]


def _mask(body: str, namings: Sequence[Naming]) -> bytearray:
    """Mark with a one what is no figure."""
    masked = bytearray(len(body))
    for start, end in (*find_codes(body), *(naming[:2] for naming in namings)):
        masked[start:end] = b"\1" * (end - start)
    return masked


def _by_sentence(body: str, amounts: Sequence[Amount], context: _Context) -> Iterator[Sentence]:
    """Yield each sentence that has amounts."""
    sentences = list(find_sentences(body))
    starts = [start for start, _ in sentences]
    for index, inside in groupby(amounts, key=lambda amount: bisect_right(starts, amount.number_start) - 1):
        yield Sentence(body, *sentences[index], list(inside), context.times, context.name_ends, context.names)


def _read(context: _Context, sentence: Sentence) -> Iterator[Figure]:
    measures = find_measures(sentence)
    groups = find_groups(sentence, measures)
    line = context.lines[bisect_right(context.lines, sentence.start) - 1]
    in_turn = find_in_turn(sentence, context.namings)
    of_names = find_in_turn(sentence, context.subjects.namings)
    told = rises_in_turn(sentence)
    for index, (amount, measure, group) in enumerate(zip(sentence.amounts, measures, groups, strict=True)):
        whose = sentence.amounts[told[index].of if index in told else index]
        things = group.noun if group else measure.key
        subject = of_names.get(whose.start) or context.subjects.of(whose.start, whose.end, sentence.start, line, things)
        yield Figure(
            printed=sentence.body[amount.start : amount.end],
            value=amount.value,
            unit=amount.unit,
            norm_value=amount.norm_value,
            norm_unit=amount.norm_unit,
            comparator=amount.comparator,
            measure=measure.words,
            measure_key=_of_stage(context.article.body, measure.key, subject, sentence.start, amount.start),
            group_noun=group.noun if group else None,
            group_count=group.size if group else None,
            subject=subject,
            period=_period(context, amount.start, sentence.start, line, in_turn.get(amount.start)),
            start=amount.start,
            end=amount.end,
            sentence_start=sentence.start,
            sentence_end=sentence.end,
            rule_id=amount.rule_id,
        )


def _of_stage(body: str, key: str | None, subject: Mention | None, low: int, start: int) -> str | None:
    """Return a measure's key with the stage of the project that it is of: what the second costs is no later total.

    The stage stands before the figure in its sentence, or in or right behind the project's name.
    """
    if key is None or subject is None or subject.kind != "project" or "期" in key:
        return key
    stages = STAGE.findall(body, max(low, subject.start), start) or STAGE.findall(body, subject.start, subject.end + 2)
    return stages[-1].replace("首", "一") + key if stages else key


def _period(context: _Context, start: int, low: int, line: int, own: Naming | None) -> Period | None:
    """Return the days that a figure speaks of: said right before it, in its sentence, paragraph or lead, or of print.

    own: the time that a list gives it. None where words say days that nothing anchors: words further off are of others.
    """
    owner = own or owner_of(context.owning, context.article.body, start)
    if owner and owner.days:
        return Period(start=owner.days[0], end=owner.days[1], basis="sentence")
    lead = min(start, context.lines[1]) if len(context.lines) > 1 else start
    places: tuple[tuple[PeriodBasis, int, int], ...] = (
        ("sentence", start, low),
        ("paragraph", start, line),
        ("article", lead, 0),
    )
    for basis, before, first in places:
        naming = latest_before(context.namings, before, first)
        if naming:
            return Period(start=naming.days[0], end=naming.days[1], basis=basis) if naming.days else None
    printed = context.article.date_lower
    if printed is None or printed != context.article.date_upper:
        return None
    return Period(start=printed, end=printed, basis="issue")
