"""The scikit-learn transformer."""

from __future__ import annotations

import csv
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.utils import estimator_checks

from mcgap.files import shipped
from mcgap.integrations.vectorizer import SkillVectorizer

TEXTS = ["Requirements: Python and SQL", "Requirements: Python, Docker", "   ", "Nothing here"]


def test_one_row_a_text_and_one_column_a_skill() -> None:
    vectorizer = SkillVectorizer()
    matrix = vectorizer.fit_transform(TEXTS)
    assert list(vectorizer.get_feature_names_out()) == ["docker", "python", "sql"]
    assert matrix.toarray().tolist() == [[0, 1, 1], [1, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert (vectorizer.transform(TEXTS) != matrix).nnz == 0


def test_skills_of_later_texts_are_left_out() -> None:
    vectorizer = SkillVectorizer().fit(TEXTS[:1])
    assert vectorizer.transform(TEXTS[1:2]).toarray().tolist() == [[1, 0]]


def test_weights_and_counts() -> None:
    text = ["Required: Python. Must have Python. SQL is a plus."]
    count = SkillVectorizer(values="count").fit_transform(text).toarray()[0]
    weight = SkillVectorizer(values="weight").fit_transform(text).toarray()[0]
    assert count.tolist() == [2, 1]
    assert 0 < weight[1] < weight[0] <= 1


def test_resumes() -> None:
    assert SkillVectorizer(kind="resume").fit(["Skills\nPython, SQL"]).vocabulary_ == {"python": 0, "sql": 1}


@pytest.mark.parametrize(("given", "error"), [("a text", ValueError), ([1], ValueError)])
def test_what_is_no_texts(given: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        SkillVectorizer().fit(given)


def test_it_must_be_fitted() -> None:
    with pytest.raises(NotFittedError):
        SkillVectorizer().transform(TEXTS)


def test_in_a_pipeline() -> None:
    with shipped("data/samples/postings.csv").open(encoding="utf-8", newline="") as stream:
        texts = [row["description"] for row in csv.DictReader(stream)]
    labels = [n % 2 for n in range(len(texts))]
    model = make_pipeline(SkillVectorizer(values="weight"), LogisticRegression(C=100))
    assert np.mean(model.fit(texts, labels).predict(texts) == labels) == 1.0
    assert clone(model).get_params()["skillvectorizer__values"] == "weight"


# check_estimator passes over every estimator of texts, CountVectorizer too; these of its checks need no numbers.
@pytest.mark.parametrize(
    "name",
    [
        "check_estimator_cloneable",
        "check_estimator_repr",
        "check_estimator_tags_renamed",
        "check_get_params_invariance",
        "check_no_attributes_set_in_init",
        "check_parameters_default_constructible",
        "check_set_params",
        "check_valid_tag_types",
    ],
)
def test_scikit_learns_own_checks(name: str) -> None:
    getattr(estimator_checks, name)("SkillVectorizer", SkillVectorizer())
