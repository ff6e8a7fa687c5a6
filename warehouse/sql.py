"""How a Python text stands in SQL text."""


def in_quotes(text: str) -> str:
    """Give the text as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def in_name(text: str) -> str:
    """Give the text as a name of SQL, whatever characters it has."""
    return '"' + text.replace('"', '""') + '"'
