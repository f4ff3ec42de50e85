"""A scikit-learn transformer: texts in, a sparse matrix of skills out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from mcgap.documents import read_document
from mcgap.errors import DocumentError
from mcgap.pipeline import Analyzer
from mcgap.profile import haves_of, needs_of
from mcgap.records import DocumentKind, Extraction
from mcgap.settings import Settings

VALUES = ("binary", "count", "weight")


class SkillVectorizer(TransformerMixin, BaseEstimator):
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
        self._learn(list(self._found(raw_documents)))
        return self

    def fit_transform(self, raw_documents: Iterable[str], y: Any = None, **fit_params: Any) -> csr_matrix:
        """``fit`` and ``transform`` with one reading of the texts."""
        found = list(self._found(raw_documents))
        self._learn(found)
        return self._matrix(found)

    def transform(self, raw_documents: Iterable[str]) -> csr_matrix:
        """The matrix of these texts: CSR, float64, a row a text and a column a skill of ``get_feature_names_out``."""
        check_is_fitted(self, "vocabulary_")
        return self._matrix(self._found(raw_documents))

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray[Any, Any]:
        """The skill ids, in the order of the columns."""
        check_is_fitted(self, "vocabulary_")
        return np.asarray(list(self.vocabulary_), dtype=object)

    def _learn(self, found: list[dict[str, float]]) -> None:
        names = sorted({skill for row in found for skill in row})
        self.vocabulary_ = {skill: number for number, skill in enumerate(names)}

    def _matrix(self, found: Iterable[dict[str, float]]) -> csr_matrix:
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for row in found:
            for skill in sorted(row.keys() & self.vocabulary_.keys()):
                columns.append(self.vocabulary_[skill])
                data.append(row[skill])
            ends.append(len(columns))
        return csr_matrix(
            (np.asarray(data, dtype=np.float64), np.asarray(columns, dtype=np.int32), np.asarray(ends)), shape=(len(ends) - 1, len(self.vocabulary_))
        )

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
