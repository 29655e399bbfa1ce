"""Moments as people write them: forms, days, zones, and what a bare time is read against."""
