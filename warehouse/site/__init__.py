"""The report: pages to look at, each made from the lake alone. The same functions write files and answer a browser."""
