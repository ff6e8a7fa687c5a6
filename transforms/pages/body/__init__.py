"""The day of print by the articles' own words: days without a year, years, events, periods that are over."""
