"""Common table expressions that read many places out of long texts, in time linear in these.

DuckDB finds a place by counting from the start of a text, so that many in a long one would cost the square of its
length. So a long text is cut once, and places that begin in one STRETCH of it are looked for in that. No join carries a
long text with each place, as memory would have to hold it as often.
"""

# ruff: noqa: S608 -- all names in these queries are the callers' own

CUT = 100  # characters, which the pattern below finds at once; with 1,000 it takes a thousand times as long
STRETCH = 1_000  # characters
LONG = 10_000  # characters, as a full page has; in shorter texts a place is found faster without


def read_out(  # noqa: PLR0913 -- three relations and the columns that join them
    name: str, places: str, texts: str, *, ids: str, start: str, end: str
) -> str:
    """Say what texts hold in many places: `name` has the rows of `places`, and their `words`.

    places: a relation of ids, start and end; texts: one of ids and `text`.
    """
    return f"""{name}_sizes AS (SELECT {ids}, length(text) > {LONG} AS is_long FROM {texts}),
        {name}_places AS (
            SELECT *, CASE WHEN is_long THEN {start} // {STRETCH} ELSE -1 END AS stretch_no
            FROM {places} LEFT JOIN {name}_sizes USING ({ids})),
        {name}_cut AS (
            SELECT {ids}, unnest(found) AS piece, generate_subscripts(found, 1) - 1 AS piece_no
            FROM (SELECT {ids}, regexp_extract_all(text, '(?s).{{1,{CUT}}}') AS found
                  FROM {texts} WHERE length(text) > {LONG})),
        {name}_wanted AS (
            SELECT {ids}, stretch_no, unnest(range(first_no, last_no + 1)) AS piece_no
            FROM (SELECT {ids}, stretch_no, min({start}) // {CUT} AS first_no,
                      greatest(max({end}) - 1, min({start})) // {CUT} AS last_no
                  FROM {name}_places WHERE is_long GROUP BY {ids}, stretch_no)),
        {name}_stretches AS (
            SELECT {ids}, stretch_no, min(piece_no) * {CUT} AS stretch_start,
                string_agg(piece, '' ORDER BY piece_no) AS stretch
            FROM {name}_wanted JOIN {name}_cut USING ({ids}, piece_no) GROUP BY {ids}, stretch_no
            UNION ALL SELECT {ids}, -1, 0, text FROM {texts} WHERE length(text) <= {LONG}),
        {name} AS (
            SELECT * EXCLUDE (is_long, stretch_no, stretch_start, stretch),
                substr(stretch, {start} - stretch_start + 1, {end} - {start}) AS words
            FROM {name}_places LEFT JOIN {name}_stretches USING ({ids}, stretch_no))"""
