"""`./lake correct`: one correction, tried on the file's raw pages and then written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import typer

from flows.commands.printed_names import PrintedName, find_names
from flows.correction_files import append_correction, load_corrections
from flows.earlier_source import say_run
from flows.language import load_language
from flows.settings import read_corrections_folder, read_lake
from flows.subjects import LakeFile, Subject, find_subject
from transforms.corrections.dates import ACTIONS as DATING_ACTIONS
from transforms.corrections.dates import correct_datings, observe_dating
from transforms.corrections.expectations import observe
from transforms.corrections.forms import ALWAYS, FORMS, parse_correction
from transforms.corrections.locate import locate
from transforms.corrections.records import ENTITY_ACTIONS, ONE, TWO, Action, Correction
from transforms.pages.dating import Dating
from transforms.read import PageRead, date_pages, read_pages
from warehouse.errors import SettingsFault
from warehouse.reader import LakeReader, open_lake

FEWEST_WORDS, MOST_WORDS = 6, 200  # characters that say where an article is; more where they are printed twice
NOT_YET = "not written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What the user asks for: an action with its values. expect None: what the reader gives now.

    other: of two names, what prints the second one, and the words that hold it.
    """

    action: Action
    at: str | None = None
    expect: str | None = None
    becomes: str | None = None
    after: str | None = None
    other: tuple[str, str] | None = None


def choose_fix(options: Mapping[Action, str | tuple[str, str] | None], *, at: str | None, after: str | None) -> Fix:
    """Return the one fix that the user asks for. Raises SettingsFault where there is none, or more than one."""
    given = [(action, value) for action, value in options.items() if value is not None]
    if len(given) != 1:
        raise SettingsFault("Say one thing to mend: --set-date, --split-before ...; see ./lake correct --help.")
    ((action, value),) = given
    if isinstance(value, tuple) and action in ENTITY_ACTIONS:
        return Fix(action=action, at=at, other=value)
    if isinstance(value, tuple):
        return Fix(
            action=action,
            at=at or (value[0] if action is Action.CORRECT_TEXT else None),
            expect=value[0],
            becomes=value[1],
        )
    if action is Action.SPLIT_ARTICLE:
        return Fix(action=action, at=value)
    if action is Action.JOIN_ARTICLES:
        return Fix(action=action, at=at, after=after)
    return Fix(action=action, at=at, becomes=value)


def correct(subject_name: str, fix: Fix, *, reason: str, lake: Path | None, corrections: Path | None) -> None:
    """Write one correction for each file that is meant, and say what it changes.

    Raises SettingsFault (of which StaleCorrection is one) where it does not apply; nothing is written then.
    """
    folder = read_corrections_folder(corrections)
    with open_lake(read_lake(lake)) as reader:
        subject = find_subject(reader, subject_name)
        if fix.other is not None:
            other, words = find_subject(reader, fix.other[0]), fix.other[1]
            names = (PrintedName(_one_file(subject), fix.at or ""), PrintedName(_one_file(other), words))
            _write([_decide(reader, fix.action, names, reason, folder)])
            typer.echo(f"Next: {say_run(lake, corrections)}")
            return
    if fix.action not in DATING_ACTIONS:
        _one_file(subject)
    _write([_try(file, _place(fix, subject, file), reason, folder) for file in subject.files])
    typer.echo(f"Next: {say_run(lake, corrections)}")


def _one_file(subject: Subject) -> LakeFile:
    if len(subject.files) > 1:
        raise SettingsFault(f"{subject.id} was read from several files; name one of its pages or articles.")
    return subject.files[0]


def _write(tried: Sequence[tuple[Path, dict[str, Any], str]]) -> None:
    for path, entry, says in tried:
        append_correction(path, entry)
        typer.echo(f"Wrote {entry['id']} to {path}: {says}")


def _place(fix: Fix, subject: Subject, file: LakeFile) -> Fix:
    """Add the words at which the correction stands, where the subject says the place and the user does not."""
    if fix.at is not None or fix.action is Action.SET_PAPER:
        return fix
    if fix.action is Action.SET_DATE:
        is_one_of_many = len(set(file.issue_ids)) > 1 and subject.kind != "file"
        return replace(fix, at=_first_words(subject, file)) if is_one_of_many else fix
    if subject.kind != "article":
        raise SettingsFault(f"{subject.id} is no article; name the article, or the place by --at 'words as printed'.")
    return replace(fix, at=_first_words(subject, file))


def _first_words(subject: Subject, file: LakeFile) -> str:
    """Return as many of the subject's first printed words as are found once in the file."""
    first = next(page_id for page_id in subject.page_ids if page_id in file.page_ids)
    text = file.pages[file.page_ids.index(first)].text[subject.raw_start :].lstrip()
    for length in range(FEWEST_WORDS, MOST_WORDS):
        words = text[:length].strip()
        if sum(page.text.count(words) for page in file.pages) == 1:
            return words
    raise SettingsFault(f"{subject.id} begins with words that its file prints twice; give others with --at.")


def _try(file: LakeFile, fix: Fix, reason: str, folder: Path) -> tuple[Path, dict[str, Any], str]:
    """Apply a fix to the file's raw pages; return where to write it, as what, and what it changes."""
    known = load_corrections(folder)
    mine = [correction for correction in known if file.sha256.startswith(correction.sha256)]
    before = _read(file, mine)
    facts = _facts(file, fix, reason, _free_id(file, fix.action, {correction.id for correction in known}))
    if fix.expect is None:
        facts["expect"] = _observe(file, Correction(**facts, written_in=NOT_YET), before)
    entry = _entry(facts)
    added = parse_correction(entry, written_in=NOT_YET)
    after = _read(file, [*mine, added])
    return folder / f"{file.newspaper_id}.yaml", entry, _say_change(added, before, after)


def _decide(
    reader: LakeReader, action: Action, names: tuple[PrintedName, PrintedName], reason: str, folder: Path
) -> tuple[Path, dict[str, Any], str]:
    """Find two names on their raw pages and what the lake takes them for; return as `_try` does."""
    first, second = names
    if not first.words:
        raise SettingsFault("Say which name is meant by --at 'words that hold it and no other name'.")
    known = {correction.id for correction in load_corrections(folder)}
    same = action is Action.SAME_ENTITY
    fix = Fix(action=action, at=first.words, expect=TWO if same else ONE)
    facts = _facts(first.file, fix, reason, _free_id(first.file, action, known)) | {"other_at": second.words}
    if second.file.file_id != first.file.file_id:
        facts |= {"other_sha256": second.file.file_id, "other_name": second.file.file_name}
    entry = _entry(facts)
    found = find_names(reader, parse_correction(entry, written_in=NOT_YET), names)
    says = f"{found[0].surface} and {found[1].surface} are {'one' if same else 'two'}"
    if (found[0].entity_id != found[1].entity_id) is not same:
        raise SettingsFault(f"Nothing is left to decide: for the lake, {says} already.")
    return folder / f"{first.file.newspaper_id}.yaml", entry, says


def _facts(file: LakeFile, fix: Fix, reason: str, name: str) -> dict[str, Any]:
    """Return the fields of a correction; what it expects may still be missing."""
    return {
        "id": name,
        "sha256": file.file_id,
        "file_name": file.file_name,
        "action": fix.action,
        "at": fix.at,
        "expect": fix.expect or "",
        "becomes": fix.becomes or "",
        "after": fix.after,
        "reason": reason,
    }


def _entry(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Write a correction as YAML does: the keys of its form, in the order in which people read them."""
    form = FORMS[facts["action"]]
    order = ("at", "other_at", "expect", "becomes", "after", "reason")
    keys = [key for key in order if key in ALWAYS | form.needs | form.may]
    file = {"sha256": facts["sha256"], "name": facts["file_name"]}
    other = {"sha256": facts["other_sha256"], "name": facts["other_name"]} if "other_sha256" in facts else None
    written = {key: facts[key] for key in keys if facts[key] is not None}
    head = {"id": facts["id"], "file": file, "action": str(facts["action"])}
    return head | ({"other_file": other} if other else {}) | written


def _observe(file: LakeFile, draft: Correction, corrected: Sequence[PageRead]) -> str:
    """Say what the correction will replace: articles and parts as the reader gives them, days as they stand now."""
    if draft.action in DATING_ACTIONS:
        return observe_dating(_datings(file, corrected), draft, _raw(file))
    (place,) = locate([draft], _raw(file))
    page = read_pages(file.pages, load_language())[place.page_index]
    return observe(place, page.blocks, page.articles)


def _read(file: LakeFile, corrections: Sequence[Correction]) -> tuple[PageRead, ...]:
    """Read a file's pages with corrections, their days with them. Raises StaleCorrection where one does not apply."""
    pages = read_pages(file.pages, load_language(), corrections)
    correct_datings(_datings(file, pages), corrections, _raw(file))
    return pages


def _datings(file: LakeFile, pages: Sequence[PageRead]) -> list[Dating]:
    return date_pages(file.file_name, file.format, pages)


def _raw(file: LakeFile) -> list[str]:
    return [page.text for page in file.pages]


def _free_id(file: LakeFile, action: Action, taken: set[str]) -> str:
    names = (f"{action.replace('_', '-')}-{file.file_id[:8]}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _say_change(added: Correction, before: Sequence[PageRead], after: Sequence[PageRead]) -> str:
    if added.action in {Action.SPLIT_ARTICLE, Action.JOIN_ARTICLES}:
        counts = [sum(len(page.articles) for page in pages) for pages in (before, after)]
        return f"{added.file_name} has {counts[1]} articles, not {counts[0]}"
    return f"{added.expect!r} becomes {added.becomes!r} in {added.file_name}"
