"""A lake in an S3-compatible store, and the working copy of it that a machine has (docs/storage.md)."""
