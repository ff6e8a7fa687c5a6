"""What the finder of figures gives: one number that counts something, with the words that say what."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from transforms.entities.records import Mention

Comparator = Literal["exact", "about", "nearly", "at_least", "over", "at_most", "under", "up_to"]
PeriodBasis = Literal["sentence", "paragraph", "article", "issue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days that a figure speaks of, both inclusive; None where it is open. basis: where the words stand."""

    start: date | None
    end: date | None
    basis: PeriodBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number as printed: `body[start:end] == printed`, unit and qualifiers included.

    value: in the printed unit. norm_value, norm_unit: as in the table `figures`; None where the unit has no norm.
    measure: what is counted, in the sentence's own words. measure_key: the same without dates, groups and filler, so
    that one measure has one key in every issue (`1-6月已完成投资` and `全年完成投资`: `完成投资`).
    group_noun, group_count: the things that the measure is of, where the sentence counts them (`重点项目`, 36).
    subject: the naming whose figure it is; None where the text leaves it open.
    """

    printed: str
    value: Decimal
    unit: str
    norm_value: Decimal | None
    norm_unit: str | None
    comparator: Comparator
    measure: str | None
    measure_key: str | None
    group_noun: str | None
    group_count: Decimal | None
    subject: Mention | None
    period: Period | None
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    rule_id: str
