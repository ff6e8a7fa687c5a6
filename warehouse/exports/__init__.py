"""The star of each snapshot, as plain files for BI tools: made, described, listed and checked (docs/bi.md)."""
