"""A scikit-learn transformer: texts in, a sparse matrix of skills out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction import DictVectorizer
from sklearn.utils.validation import check_is_fitted

from mcgap.documents import read_document
from mcgap.errors import DocumentError
from mcgap.pipeline import Analyzer
from mcgap.profile import haves_of, needs_of
from mcgap.records import DocumentKind, Extraction
from mcgap.settings import Settings

VALUES = ("binary", "count", "weight")


class SkillVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """One row a text, one column a skill.

    ``kind`` is posting or resume. ``values`` is binary (1 where a skill is asked for or shown), count (how often it is named) or
    weight (a need's importance, a have's strength; 0–1). The columns are the skills of the texts given to ``fit``, by id; a skill
    that appears only later is left out, as with scikit-learn's own vectorizers. A text that cannot be read is a row of zeros.
    """

    def __init__(self, kind: str = "posting", values: str = "binary", settings: Settings | None = None) -> None:
        self.kind = kind
        self.values = values
        self.settings = settings

    def fit(self, raw_documents: Iterable[str], y: Any = None) -> SkillVectorizer:
        """Learn which skills there are."""
        self.columns_ = DictVectorizer().fit(list(self._found(raw_documents)))
        return self

    def fit_transform(self, raw_documents: Iterable[str], y: Any = None, **fit_params: Any) -> Any:
        """``fit`` and ``transform`` with one reading of the texts."""
        self.columns_ = DictVectorizer()
        return self.columns_.fit_transform(list(self._found(raw_documents)))

    def transform(self, raw_documents: Iterable[str]) -> Any:
        """The matrix of these texts: SciPy CSR, float64, a row a text and a column a skill of ``get_feature_names_out``."""
        check_is_fitted(self, "columns_")
        return self.columns_.transform(list(self._found(raw_documents)))

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """The skill ids, in the order of the columns: an array of str."""
        check_is_fitted(self, "columns_")
        return self.columns_.get_feature_names_out()

    @property
    def vocabulary_(self) -> dict[str, int]:
        """The column of each skill."""
        check_is_fitted(self, "columns_")
        return dict(self.columns_.vocabulary_)

    def _found(self, raw_documents: Iterable[str]) -> Iterator[dict[str, float]]:
        """The value of each skill of each text."""
        if isinstance(raw_documents, str):
            raise ValueError("Iterable over raw text documents expected, string object received.")
        if self.values not in VALUES:
            raise ValueError(f"values must be one of {', '.join(VALUES)}, not {self.values!r}.")
        kind = DocumentKind(self.kind)
        analyzer = Analyzer(self.settings)
        for number, text in enumerate(raw_documents, 1):
            if not isinstance(text, str):
                raise ValueError(f"Texts are expected; item {number} is a {type(text).__name__}.")
            try:
                extraction = analyzer.extract(read_document(text, kind))
            except DocumentError:
                yield {}
                continue
            yield self._values(extraction, analyzer)

    def _values(self, extraction: Extraction, analyzer: Analyzer) -> dict[str, float]:
        needs = needs_of(extraction.asks, analyzer.taxonomy)
        haves = haves_of(extraction.proofs, analyzer.taxonomy)
        if self.values == "weight":
            return {n.skill: n.importance for n in needs} | {h.skill: h.strength for h in haves}
        if self.values == "count":
            return {n.skill: float(len(n.asks)) for n in needs} | {h.skill: float(len(h.proofs)) for h in haves}
        return dict.fromkeys([*(n.skill for n in needs), *(h.skill for h in haves)], 1.0)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = True
        return tags
