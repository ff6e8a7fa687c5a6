"""The macros that `views/search.sql` is written with: words read and matched as in `query`, in SQL alone.

All hang on the words alone: DuckDB puts constants in their place before it reads a text.
"""

from collections.abc import Iterator

from warehouse.search.folding import QUOTES, classes
from warehouse.search.ranking import NEAR, NEARBY, WEIGHT_POWER, score_word_sql
from warehouse.sql import in_quotes

MOST_WORDS = 6  # that must stand: search.sql has a line for each
OTHER_SPACES = r"\t\x{0B}\f\r\x{1C}-\x{1F}\x{85}\p{Z}"  # as folding.SPACES has them
ASKED = ' (-?"[^"]+"|[^ ]+) '
QUOTED = '^"[^"]+"$'

MACROS = {
    "search_plain(words)": f"""
        regexp_replace(
            regexp_replace(translate(words, '{QUOTES}－', '{'"' * len(QUOTES)}-'), '[\\n{OTHER_SPACES}]', ' ', 'g'),
            '[\\p{{Cc}}\\p{{Cf}}]', '', 'g')""",
    "search_asked(words)": f"""
        regexp_extract_all(regexp_replace(' ' || search_plain(words) || ' ', ' +', '  ', 'g'), '{ASKED}', 1)""",
    "search_bare(asked)": f"""
        CASE WHEN regexp_matches(asked, '{QUOTED}')
            THEN coalesce(nullif(trim(regexp_replace(substr(asked, 2, len(asked) - 2), ' +', ' ', 'g')), ''), asked)
            ELSE asked END""",
    "search_wanted(words)": """
        list_transform(list_filter(search_asked(words), lambda asked: NOT regexp_matches(asked, '^-.')),
            lambda asked: search_bare(asked))""",
    "search_pattern(word)": f"""
        array_to_string(list_transform(string_split(word, ''), lambda one: CASE WHEN one = ' '
            THEN '[{OTHER_SPACES}]'
            ELSE coalesce('[' || regexp_escape(
                    nullif(regexp_extract(search_classes(), '[^\\n]*' || regexp_escape(one) || '[^\\n]*'), '')) || ']',
                regexp_escape(one)) END), '')""",
    "search_word(words, place)": "search_pattern(search_wanted(words)[place])",
    "search_refused(words)": """
        nullif(array_to_string(list_transform(
            list_filter(search_asked(words), lambda asked: regexp_matches(asked, '^-.')),
            lambda asked: search_pattern(search_bare(substr(asked, 2)))), '|'), '')""",
    "search_any(words)": """
        array_to_string(list_transform(search_wanted(words), lambda word: search_pattern(word)), '|')""",
    "search_near(words)": f"""
        array_to_string(list_transform(search_wanted(words), lambda word: search_pattern(word)),
            '[^\\n]{{0,{NEARBY}}}') || '|' ||
        array_to_string(list_transform(list_reverse(search_wanted(words)), lambda word: search_pattern(word)),
            '[^\\n]{{0,{NEARBY}}}')""",
    "search_is_near(words, whole)": f"""
        CASE WHEN len(search_wanted(words)) > 1 AND regexp_matches(whole, search_near(words))
            THEN {1 + NEAR} ELSE 1 END""",
    "search_holds(words, place, whole)": """
        coalesce(regexp_matches(whole, search_word(words, place)), true)""",
    "search_score(words, place, head, body, char_count)": f"""
        coalesce({
        score_word_sql(
            "head",
            "body",
            "char_count",
            "search_word(words, place)",
            f"len(search_wanted(words)[place]) ** {WEIGHT_POWER}",
        )
    }, 0)""",
    "search_can(words)": f"""
        CASE WHEN len(search_wanted(words)) > {MOST_WORDS}
            THEN error('search() takes {MOST_WORDS} words at most that must stand; ./lake search takes more')
            ELSE len(search_wanted(words)) > 0 END""",
}


def search_macros() -> Iterator[str]:
    """Yield the statements that create the macros, each with its comment; each stands after those it calls."""
    alike = "\n".join(members for form, members in classes().items() if form != " ")
    for call, body in ({"search_classes()": in_quotes(alike)} | MACROS).items():
        yield f"CREATE OR REPLACE MACRO {call} AS {body.strip()};"
        yield f"COMMENT ON MACRO {call.partition('(')[0]} IS 'Part of search(), which see.';"
