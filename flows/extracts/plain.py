"""Extracts as plain files: Parquet for programs, CSV for spreadsheets."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.answers import write_csv
from flows.extracts.extract import Extract
from warehouse.store import ZSTD_LEVEL


def write_parquet(extract: Extract, path: Path) -> int:
    """Write an extract as Parquet, with descriptions in the metadata of its fields; give the rows."""
    batches = extract.batches()
    says = {column.name: {"description": column.says} for column in extract.columns if column.says}
    fields = [field.with_metadata(says[field.name]) if field.name in says else field for field in batches.schema]
    declared = pa.schema(fields, metadata={"description": extract.says} if extract.says else None)
    rows = 0
    with pq.ParquetWriter(path, declared, compression="zstd", compression_level=ZSTD_LEVEL) as writer:
        for batch in batches:
            writer.write_batch(batch.cast(declared))
            rows += batch.num_rows
    return rows


def write_spreadsheet_csv(extract: Extract, path: Path) -> int:
    """Write an extract as CSV that a spreadsheet opens: UTF-8 with a mark that says so, and no text a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        return write_csv(extract.answer(), file, for_spreadsheet=True)
