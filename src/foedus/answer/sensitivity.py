"""How much of what varies between futures one parameter explains by itself.

The share of the variance of y explained by x is the first-order Sobol index,
Var(E[y | x]) / Var(y). It is estimated from the futures at hand, with none drawn for the purpose:
they are put into bins of equal size by x, and the variance between the bins' means is compared with
the whole. That is K. Pearson's correlation ratio (1905) and the given-data estimator of
E. Plischke, E. Borgonovo & C. L. Smith, "Global Sensitivity Measures from Given Data", European
Journal of Operational Research 226(3), 2013. Even an idle parameter gets a little by chance, which
T. L. Kelley's correction takes off: "An Unbiased Correlation Ratio Measure", Proceedings of the
National Academy of Sciences 21(9), 1935.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from foedus.search.values import Floats

FEWEST = 16
"""With fewer futures nothing is said: bins of two or three each tell noise."""


def explained(x: Floats, y: Floats) -> tuple[float, float]:
    """Return the share of the variance of ``y`` that ``x`` explains, and the p-value of none.

    The p-value is of the F test of analysis of variance: the chance that bins cut by an idle
    parameter differ this much. Bins grow in number a little slower than the root of the number of
    futures, so that both their width and the noise in each bin's mean go to nought.

    Examples
    --------
    >>> x = np.linspace(0, 1, 128)
    >>> share, chance = explained(x, 3 * x)
    >>> round(share, 2), chance < 1e-9
    (0.98, True)
    """
    count = len(y)
    bins = int(count**0.45)
    if count < FEWEST or np.ptp(y) == 0 or np.ptp(x) == 0:
        return 0.0, 1.0
    ranked = y[np.argsort(x, kind="stable")] - y.mean()
    starts = np.arange(bins) * count // bins
    sizes = np.diff(starts, append=count)
    between = float((np.add.reduceat(ranked, starts) ** 2 / sizes).sum())
    within = max(float((ranked**2).sum()) - between, 0.0)
    noise = within / (count - bins)
    share = (between - (bins - 1) * noise) / (between + within)
    if noise == 0:
        return 1.0, 0.0
    ratio = between / (bins - 1) / noise
    from scipy import special  # noqa: PLC0415 - slow to load, and help needs none of it

    return max(share, 0.0), float(special.fdtrc(bins - 1, count - bins, ratio))
