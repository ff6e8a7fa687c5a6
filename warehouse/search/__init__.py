"""Search: every article that holds the words asked for, ranked or newest first (docs/search.md)."""
