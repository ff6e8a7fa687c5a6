"""How often a record was refused: carried from snapshot to snapshot, and counted up where it is tried again."""

import polars as pl

SAME_RECORD = ("stage", "subject_id", "file_name")  # the key of `rejects`: other bytes are another subject_id


def count_attempts(rejects: pl.LazyFrame, *, earlier: pl.LazyFrame, is_retry: bool) -> pl.LazyFrame:
    """Return the rows of `rejects` with `attempts`: 1 for a record that was not refused before.

    earlier: `rejects` of the snapshot before. is_retry: the refused files were read again because somebody asked for
    it; a plain run does not count, even where it had to read them, so that it changes nothing where nothing changed.
    """
    known = earlier.select(*SAME_RECORD, before=pl.col("attempts"))
    counted = (pl.col("before") + int(is_retry)).fill_null(1).cast(rejects.collect_schema()["attempts"])
    columns = rejects.collect_schema().names()
    return rejects.join(known, on=SAME_RECORD, how="left").with_columns(attempts=counted).select(columns)
