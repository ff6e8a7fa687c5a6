"""Language: how Chinese newspaper text goes on, as a small table of character n-grams."""
