"""Scores against hand labels, and the floors they may not fall below."""
