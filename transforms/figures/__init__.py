"""Every number that counts something: its value, unit, measure and period."""
