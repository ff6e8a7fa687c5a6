"""The rules by which two namings are joined, kept apart or left open: what stands in `entity_links.decided_by`."""

from typing import NamedTuple


class EntityRule(NamedTuple):
    """One rule. score: how sure it is, 0 to 1; a rule that weighs each pair itself has none."""

    id: str
    says: str
    score: float | None = None


FULL_NAME = EntityRule(
    "entities.full-name",
    "Two printed forms stand for one full name: 区工商联 and 云岭区工商联 in a text of 云岭区.",
    0.97,
)
OF_PAPERS_CITY = EntityRule(
    "entities.of-papers-city", "A body of `市`, and that of the city whose name the paper's begins with.", 0.9
)
LEGAL_FORM = EntityRule("entities.legal-form", "A firm with and without its legal form, in one paper.", 0.9)
SHORT_NAME = EntityRule(
    "entities.short-name", "A short name that its text introduces behind the full one (以下简称).", 0.95
)
FULL_IN_TEXT = EntityRule(
    "entities.full-in-text", "A body that every area has, in a text that names one such body in full.", 0.9
)
PLACE_PREFIX = EntityRule(
    "entities.place-prefix", "A project with and without the name of its place, in one paper.", 0.9
)
ONE_CODE = EntityRule("entities.one-code", "A place without a code, of a name that has one code in its paper.", 0.9)
OFFICES_OF_ONE_TEXT = EntityRule("entities.offices-of-one-text", "One text gives both offices to one person.", 0.99)
ONE_ORGANISATION = EntityRule("entities.one-organisation", "One name, and two offices of one organisation.", 0.95)
ONE_LEADERSHIP = EntityRule("entities.one-leadership", "One name, and two offices in the leadership of one area.", 0.85)
STAFF = EntityRule(
    "entities.staff-of-one-organisation", "One name in one organisation, but not as its leader: it may have two.", 0.6
)
LONG_SILENCE = EntityRule(
    "entities.long-silence", "One name in one organisation, with years between in which no issue names it there.", 0.5
)
ONE_PAGE = EntityRule("entities.one-page", "A name without an office, and one person of that name on its page.", 0.8)
MISPRINT_IN_OFFICE = EntityRule(
    "entities.misprint-in-office", "Two names hold one office and differ by one character that looks or sounds alike."
)
MISPRINT_OF_NAME = EntityRule(
    "entities.misprint-of-name", "Two names of one paper differ by characters that look or sound alike."
)
OFFICES_CLASH = EntityRule(
    "entities.offices-clash", "One name, and full-time offices of two organisations at one time.", 0.1
)
TWO_ON_ONE_PAGE = EntityRule(
    "entities.two-on-one-page", "One page names both, with offices that have nothing in common.", 0.1
)
NAME_ALONE = EntityRule("entities.name-alone", "One name, and nothing else that joins or parts them.", 0.4)

ENTITY_RULES = (
    FULL_NAME,
    OF_PAPERS_CITY,
    LEGAL_FORM,
    SHORT_NAME,
    FULL_IN_TEXT,
    PLACE_PREFIX,
    ONE_CODE,
    OFFICES_OF_ONE_TEXT,
    ONE_ORGANISATION,
    ONE_LEADERSHIP,
    STAFF,
    LONG_SILENCE,
    ONE_PAGE,
    MISPRINT_IN_OFFICE,
    MISPRINT_OF_NAME,
    OFFICES_CLASH,
    TWO_ON_ONE_PAGE,
    NAME_ALONE,
)
