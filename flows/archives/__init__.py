"""Archives in the source, opened where they lie (docs/inputs.md)."""
