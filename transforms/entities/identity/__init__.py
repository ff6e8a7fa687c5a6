"""Which namings are one thing: people, organisations, places, projects and campaigns across all issues."""
