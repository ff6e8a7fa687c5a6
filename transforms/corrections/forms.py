"""The form of each action: which keys it takes, what its values may be, and an example."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from transforms.corrections.records import ENTITY_ACTIONS, NONE, ONE, TWO, UNKNOWN, Action, Correction
from transforms.pages.days import FULL_DAY, read_full_day
from transforms.pages.papers import newspaper_id_of
from warehouse.errors import SettingsFault
from warehouse.tables.blocks import KINDS
from warehouse.tables.contributors import ROLES

ALWAYS = frozenset({"id", "file", "action", "expect", "reason"})
FILE_KEYS = frozenset({"sha256", "name"})
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SHA256 = re.compile(r"[0-9a-f]{16,64}")  # 16 digits: as many as a file_id has
PERSON = re.compile(rf"(?:{'|'.join(ROLES)}) \S+|{NONE}")

Facts = Mapping[str, str | Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How one action is written: keys besides ALWAYS, and a test of its values that says what is wrong with them."""

    says: str
    needs: frozenset[str]
    may: frozenset[str] = frozenset()
    fault: Callable[[str, str, str], str | None]  # of expect, becomes and at: what is wrong
    example: str


def parse_correction(facts: Facts, *, written_in: str) -> Correction:
    """Return the correction that `facts` write down; every value is text, `file` holds sha256 and name.

    Raises SettingsFault that says what is wrong and what may stand there.
    """
    where = f"{written_in}: correction {facts.get('id', '(without id)')}"
    action = _action(facts, where)
    form = FORMS[action]
    _require_keys(facts.keys(), ALWAYS | form.needs, form.may, where)
    file = facts["file"]
    if not isinstance(file, Mapping):
        raise SettingsFault(
            f"{where}: file holds sha256 and name, e.g. file: {{sha256: 0123456789abcdef, name: p1.txt}}"
        )
    _require_keys(file.keys(), FILE_KEYS, frozenset(), f"{where}, file")
    other = facts.get("other_file", file)
    if not isinstance(other, Mapping):
        raise SettingsFault(f"{where}: other_file holds sha256 and name, as file does")
    _require_keys(other.keys(), FILE_KEYS, frozenset(), f"{where}, other_file")
    correction = Correction(
        id=_text(facts, "id"),
        action=action,
        sha256=file["sha256"].strip().lower(),
        file_name=file["name"],
        at=_text(facts, "at") or None,
        expect=_text(facts, "expect"),
        becomes=_text(facts, "becomes"),
        after=_text(facts, "after") or None,
        reason=_text(facts, "reason"),
        written_in=written_in,
        other_at=_text(facts, "other_at") or None,
        other_sha256=other["sha256"].strip().lower() if action in ENTITY_ACTIONS else None,
        other_name=other["name"] if action in ENTITY_ACTIONS else None,
    )
    _require_values(correction, form, where)
    return correction


def _action(facts: Facts, where: str) -> Action:
    if facts.get("action") not in set(Action):
        raise SettingsFault(f"{where}: action is {facts.get('action')!r}; it is one of {', '.join(Action)}")
    return Action(str(facts["action"]))


def _require_keys(keys: Iterable[str], needs: frozenset[str], may: frozenset[str], where: str) -> None:
    given = set(keys)
    missing, unknown = sorted(needs - given), sorted(given - needs - may)
    if missing or unknown:
        says = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has unknown {', '.join(unknown)}"] * bool(unknown)
        raise SettingsFault(f"{where} {' and '.join(says)}; its keys are {', '.join(sorted(needs | may))}")


def _text(facts: Facts, key: str) -> str:
    value = facts.get(key, "")
    if not isinstance(value, str):
        raise SettingsFault(f"correction {facts.get('id')}: {key} is text, not a mapping")
    return value.strip()


def _require_values(correction: Correction, form: Form, where: str) -> None:
    if not ID.fullmatch(correction.id):
        raise SettingsFault(f"{where}: an id is small letters, digits and hyphens, e.g. chengxi-20230704-date")
    for sha256 in (correction.sha256, correction.other_sha256):
        if sha256 is not None and not SHA256.fullmatch(sha256):
            raise SettingsFault(f"{where}: sha256 is 16 hex digits or more, not {sha256!r}: a file_id will do")
    for key in ("reason", *(key for key in ("at", "other_at") if key in form.needs)):
        if not getattr(correction, key):
            raise SettingsFault(f"{where}: {key} is empty")
    fault = form.fault(correction.expect, correction.becomes, correction.at or "")
    if fault:
        raise SettingsFault(f"{where}: {fault}. {form.says} E.g. {form.example}")


def is_span(text: str) -> bool:
    """Tell whether a text says a day, bounds or that nothing is known: 2023-07-04, 2023-07-04..2023-07-31, unknown."""
    days = text.split("..")
    return text == UNKNOWN or (len(days) in {1, 2} and days == sorted(days) and all(map(_is_day, days)))


def _is_day(text: str) -> bool:
    match = FULL_DAY.fullmatch(text)
    return len(text) == len("2023-07-04") and "-" in text and match is not None and read_full_day(match) is not None


def _date_fault(expect: str, becomes: str, at: str) -> str | None:
    wrong = next((text for text in (expect, becomes) if not is_span(text)), None)
    if wrong is not None:
        return f"{wrong!r} is no day, no bounds and not {UNKNOWN}"
    return f"of one page (at) only an exact day can be said, not {becomes}" if at and ".." in becomes else None


def _paper_fault(expect: str, becomes: str, _: str) -> str | None:
    if not re.fullmatch(r"[a-z0-9_]+", expect):
        return f"expect is a newspaper_id or {UNKNOWN}, not {expect!r}"
    return None if becomes and newspaper_id_of(becomes) else "becomes is the paper's name"


def _headline_fault(expect: str, _: str, __: str) -> str | None:
    return None if expect else f"expect is the headline of the article that holds the words now, or {NONE}"


def _part_fault(expect: str, becomes: str, _: str) -> str | None:
    wrong = next((kind for kind in (expect, becomes) if kind not in KINDS), None)
    return f"{wrong!r} is none of {', '.join(KINDS)}" if wrong is not None else None


def _text_fault(expect: str, becomes: str, at: str) -> str | None:
    if "\n" in expect + becomes:
        return "a text is corrected within one printed line: write one correction a line"
    return None if expect and at.count(expect) == 1 else f"{expect!r} must stand once in the words at which it is found"


def _person_fault(expect: str, becomes: str, _: str) -> str | None:
    wrong = next((person for person in (expect, becomes) if not PERSON.fullmatch(person)), None)
    if wrong is not None:
        return f"{wrong!r} is not {NONE} and no role with a name; roles are {', '.join(ROLES)}"
    return "expect and becomes are the same" if expect == becomes else None


def _same_fault(expect: str, _: str, __: str) -> str | None:
    return None if expect == TWO else f"expect is {TWO}: what the rules see as one needs no correction to be one"


def _different_fault(expect: str, _: str, __: str) -> str | None:
    return None if expect == ONE else f"expect is {ONE}: what the rules see as two needs no correction to be two"


FORMS: Mapping[Action, Form] = {
    Action.SET_DATE: Form(
        says="The day of the file's issue, or of the page that prints `at` and those that go with it.",
        needs=frozenset({"becomes"}),
        may=frozenset({"at"}),
        fault=_date_fault,
        example="expect: unknown, becomes: 2023-07-04 (or 2023-07-04..2023-07-31)",
    ),
    Action.SET_PAPER: Form(
        says="The paper of the file.",
        needs=frozenset({"becomes"}),
        fault=_paper_fault,
        example="expect: unknown, becomes: 澄溪日报",
    ),
    Action.SPLIT_ARTICLE: Form(
        says="An article begins with the words `at`; `expect` is the headline above which they count to now.",
        needs=frozenset({"at"}),
        fault=_headline_fault,
        example="at: 一渠春水润麦苗, expect: 学生专线开到校门口",
    ),
    Action.JOIN_ARTICLES: Form(
        says="The article that holds `at` goes on from the one above, or from the one that holds `after`.",
        needs=frozenset({"at"}),
        may=frozenset({"after"}),
        fault=_headline_fault,
        example="at: 种粮大户任存粮, expect: none",
    ),
    Action.SET_PART: Form(
        says="What the units that print `at` are: headline, paragraph ...; a scrap belongs to no article.",
        needs=frozenset({"at", "becomes"}),
        fault=_part_fault,
        example="at: 新渠省水, expect: heading, becomes: caption",
    ),
    Action.CORRECT_TEXT: Form(
        says="The printed characters `expect`, within the words `at`, are a misprint of `becomes`.",
        needs=frozenset({"at", "becomes"}),
        fault=_text_fault,
        example="at: 局长沈雪芩说, expect: 沈雪芩, becomes: 沈雪琴",
    ),
    Action.CORRECT_CONTRIBUTOR: Form(
        says="A credit of the article that holds `at`: role and name; none adds one or takes one away.",
        needs=frozenset({"at", "becomes"}),
        fault=_person_fault,
        example="at: 一渠春水润麦苗, expect: reporter 何舟, becomes: reporter 何一舟",
    ),
    Action.SAME_ENTITY: Form(
        says="The one naming in the words `at` and the one in `other_at` (of `other_file`) name one thing.",
        needs=frozenset({"at", "other_at"}),
        may=frozenset({"other_file"}),
        fault=_same_fault,
        example="at: 主任林可清, other_at: 主任林可鸥说, expect: two",
    ),
    Action.DIFFERENT_ENTITY: Form(
        says="The one naming in the words `at` and the one in `other_at` (of `other_file`) name two things.",
        needs=frozenset({"at", "other_at"}),
        may=frozenset({"other_file"}),
        fault=_different_fault,
        example="at: 村民郑启明, other_at: 郑启明家里, expect: one",
    ),
}
