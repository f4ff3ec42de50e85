"""That this file stands here puts tests/ on the path: ``from factories import make_gap``."""
