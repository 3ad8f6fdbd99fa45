"""Sobol indices, on functions whose indices are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from foedus.answer.sobol import sobol_indices

if TYPE_CHECKING:
    from foedus.answer.uncertainty_values import Index

NAMES = ("a", "b", "c")


def by_name(indices: tuple[Index, ...]) -> dict[str, Index]:
    return {index.of: index for index in indices}


def ishigami(chances: np.ndarray) -> np.ndarray:
    x = np.pi * (2 * chances - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def ishigami_indices() -> tuple[dict[str, float], dict[str, float]]:
    """T. Ishigami & T. Homma 1990, with a = 7 and b = 0.1: variances in closed form."""
    a, b, pi = 7.0, 0.1, np.pi
    alone = 0.5 * (1 + b * pi**4 / 5) ** 2
    second = a**2 / 8
    together = b**2 * pi**8 * (1 / 18 - 1 / 50)
    total = alone + second + together
    first = {"a": alone / total, "b": second / total, "c": 0.0}
    return first, {"a": (alone + together) / total, "b": second / total, "c": together / total}


def test_ishigami_has_the_indices_of_its_formula() -> None:
    (found,) = sobol_indices(lambda u: ishigami(u)[None], NAMES, None, seed=1, base=2048)
    told = by_name(found)
    for order, truth in zip(("first", "total"), ishigami_indices(), strict=True):
        for name, share in truth.items():
            half = getattr(told[name], f"{order}_half")
            assert getattr(told[name], order) == pytest.approx(share, abs=max(0.02, 1.5 * half))
            assert half < 0.1
    assert [index.of for index in found] == ["a", "b", "c"]


def test_the_g_function_has_the_indices_of_its_formula() -> None:
    """Sobol's g: each factor (|4u - 2| + k)/(1 + k) has the variance 1/(3 (1 + k)^2)."""
    k = np.array([0.0, 1.0, 9.0])
    partial = 1 / (3 * (1 + k) ** 2)
    variance = np.prod(1 + partial) - 1
    (found,) = sobol_indices(
        lambda u: np.prod((np.abs(4 * u - 2) + k) / (1 + k), axis=1)[None],
        NAMES,
        None,
        seed=3,
        base=4096,
    )
    told = by_name(found)
    for j, name in enumerate(NAMES):
        total = partial[j] * np.prod(1 + np.delete(partial, j)) / variance
        assert told[name].first == pytest.approx(partial[j] / variance, abs=0.02)
        assert told[name].total == pytest.approx(total, abs=0.02)


def test_a_group_counts_as_one_parameter() -> None:
    """a and c do something together: as a group they have all that is not b's."""
    (found,) = sobol_indices(
        lambda u: ishigami(u)[None], NAMES, ["first", "second", "first"], seed=2, base=2048
    )
    told = by_name(found)
    b = ishigami_indices()[0]["b"]
    assert told["second"].first == pytest.approx(b, abs=0.03)
    assert told["first"].first == pytest.approx(1 - b, abs=0.05)
    assert told["first"].total == pytest.approx(1 - b, abs=0.03)


def test_sets_with_a_game_unsolved_are_left_out_and_the_rest_still_tells() -> None:
    def evaluate(u: np.ndarray) -> np.ndarray:
        values = 3 * u[:, 0] + u[:, 1]
        values[100:110] = np.nan
        return values[None]

    (found,) = sobol_indices(evaluate, NAMES, None, seed=1, base=512)
    told = by_name(found)
    assert told["a"].first == pytest.approx(0.9, abs=0.05)
    assert told["b"].total == pytest.approx(0.1, abs=0.05)
    assert told["c"].total == pytest.approx(0.0, abs=1e-12)


def test_what_never_varies_has_no_indices() -> None:
    assert sobol_indices(lambda u: 0 * u.T[:1] + 0.4, NAMES, None, seed=1, base=16) == [()]


def test_the_same_seed_gives_the_same_indices_to_the_last_bit() -> None:
    def evaluate(u: np.ndarray) -> np.ndarray:
        return ishigami(u)[None]

    for seed in (0, 7):
        once = sobol_indices(evaluate, NAMES, None, seed=seed, base=64)
        assert once == sobol_indices(evaluate, NAMES, None, seed=seed, base=64)
