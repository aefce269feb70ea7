"""What is learnt from features in two parts is what scikit-learn learns from them in one."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack, random
from sklearn.linear_model import LogisticRegression

from bot.understanding.learning.split_regression import SplitFeatures, fit


@pytest.mark.parametrize("strength", [1.0, 10.0])
def test_it_learns_what_scikit_learn_learns(strength):
    chance = np.random.default_rng(7)
    labels = chance.integers(0, 5, 200)
    dense = chance.normal(size=(200, 12)) + chance.normal(size=(5, 12))[labels]
    sparse = random(200, 40, 0.1, format="csr", random_state=7)
    counts = chance.uniform(0.5, 5, 200)
    ours = fit(SplitFeatures(sparse, dense), labels, counts, strength)
    theirs = LogisticRegression(C=strength, max_iter=1000, tol=1e-9)
    theirs.fit(hstack([sparse, csr_matrix(dense)]).tocsr(), labels, sample_weight=counts)
    np.testing.assert_allclose(ours.weights.T, theirs.coef_, atol=1e-3)
    np.testing.assert_allclose(ours.offset, theirs.intercept_, atol=1e-3)
