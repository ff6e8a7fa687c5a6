"""`files`: one file as received."""

import dataframely as dy

from warehouse.tables import columns

FORMATS = ("text", "html", "pdf", "alto", "mets", "jsonl", "csv")


class Files(dy.Schema):
    """One file as received. Two paths with the same bytes are one file_id and two rows, the second a duplicate."""

    file_id = columns.file_id(key=True, references=None)
    file_name = dy.String(primary_key=True, description="Path below the source root, with / between.")
    byte_count = dy.Int64(min=0, description="Size of the file as it lies in the source, in bytes.")
    sha256 = dy.String(regex=r"^[0-9a-f]{64}$", description="SHA-256 of the file's bytes.")
    format = columns.choice("What it holds, by its bytes; null where it was not read.", FORMATS, nullable=True)
    format_basis = columns.choice(
        "What the format was known by: its name and its bytes agree, or the bytes say something else than the name.",
        ("name", "content"),
        nullable=True,
    )
    encoding = dy.String(
        nullable=True,
        description="Codec that decoded it; null where it was not decoded, or says its characters itself (PDF).",
    )
    encoding_basis = columns.choice(
        "What the encoding was known by.",
        ("bom", "valid_utf8", "escape", "code_units", "character_score", "ascii", "declared"),
        nullable=True,
    )
    received_at = dy.Datetime(
        time_zone="UTC",
        description="When the file was last changed in the source when the lake first saw it (its modification time).",
    )
    status = columns.choice("What became of it.", ("ok", "rejected", "duplicate"))
