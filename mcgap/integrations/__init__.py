"""mcgap inside other tools: a spaCy component."""
