"""Who and what is named: people, organisations, places, projects and campaigns, and which namings are one thing."""
