"""Apache Superset over a lake: what installs it, starts it, and puts a dashboard into it (docs/superset.md)."""
