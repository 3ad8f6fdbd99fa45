"""What each provision of a deal adds, or costs: Shapley values.

The provisions of a deal are the players of a game in which a set of them is worth what the deal is
worth with just these at their levels and the others at their first. A provision's value is what it
adds when it comes in, averaged over all orders in which they could come in: the one division of the
difference between the deal and the bare one that treats alike what works alike, gives nothing to
what does nothing, and adds up (L. S. Shapley, "A Value for n-Person Games", Contributions to the
Theory of Games II, 1953).

With few provisions all sets are solved, and it is exact. With more, some orders are drawn by chance
(J. Castro, D. Gomez & J. Tejada, "Polynomial Calculation of the Shapley Value Based on Sampling",
Computers & Operations Research 36(5), 2009), each beside its reverse, which spreads them better
(R. Mitchell et al., "Sampling Permutations for Shapley Value Estimation", Journal of Machine
Learning Research 23, 2022). The values drawn still add up, and each has its standard error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.compared import Contribution, Makeup, Worth
from foedus.search.means import rows_of

if TYPE_CHECKING:
    from foedus.answer.table import Table
    from foedus.search.values import Counts, Deal, Floats

EXACT_MOST = 9
"""Provisions up to which every set of them is solved: 512 deals."""

PAIRS = 32
"""Orders drawn beyond that, each with its reverse."""


def measured(table: Table) -> tuple[str, ...]:
    """Return the measures that a deal's makeup is told on."""
    case = table.case
    parties = (case.challenger, case.protected, *case.guarantors)
    return (
        *("robustness", "agree", "survive"),
        *(f"accepts[{party}]" for party in parties),
        *(["cost"] if case.guarantors else []),
        *(f"cost[{guarantor}]" for guarantor in case.guarantors[1:] and case.guarantors),
    )


def sets_of(deal: Deal, seed: int) -> Counts:
    """Return (N, J) the deals that have to be solved to know what a deal is made up of."""
    players = _players(deal)
    if len(players) <= EXACT_MOST:
        member = _all_sets(len(players))
    else:
        member = np.unique(_prefixes(_orders(len(players), seed)).reshape(-1, len(players)), axis=0)
    return _deals(deal, players, member)


def makeup(table: Table, deal: Deal, seed: int) -> Makeup | None:
    """Return what each provision of a deal told adds; None where not all it takes was solved."""
    players, measures = _players(deal), measured(table)
    scores = np.stack([table.column(name) for name in measures], axis=1)
    drawn = len(players) > EXACT_MOST
    sets = _prefixes(_orders(len(players), seed)) if drawn else _all_sets(len(players))
    rows = rows_of(table.means, _deals(deal, players, sets.reshape(-1, len(players))))
    if (rows < 0).any() or deal not in table.places:
        return None
    worth = scores[rows].reshape(*sets.shape[:-1], len(measures))
    if np.isnan(worth).any():
        return None
    if not drawn:
        adds, bare, whole = exact_values(worth), worth[0], worth[-1]
        errors = np.zeros_like(adds)
    else:
        adds, errors = drawn_values(worth, _orders(len(players), seed))
        bare, whole = worth[0, 0], worth[0, -1]
    case = table.case
    return Makeup(
        deal=table.places[deal],
        measures=measures,
        bare=tuple(bare.tolist()),
        whole=tuple(whole.tolist()),
        contributions=tuple(
            Contribution(
                provision=case.provisions[j].title,
                level=case.provisions[j].levels[deal[j]].title,
                worth=tuple(
                    Worth(adds=float(adds[i, m]), error=float(errors[i, m]) if drawn else None)
                    for m in range(len(measures))
                ),
            )
            for i, j in enumerate(players)
        ),
        orders=2 * PAIRS if drawn else 0,
    )


def exact_values(worth: Floats) -> Floats:
    """Return (n, M), what each of n players adds, from the worth (2^n, M) of every set of them.

    Player i is in the sets whose number has bit i.

    Examples
    --------
    >>> exact_values(np.array([[0.0], [1.0], [2.0], [6.0]])).ravel().tolist()
    [2.5, 3.5]
    """
    count = len(worth).bit_length() - 1
    sets = np.arange(len(worth))
    sizes = np.array([s.bit_count() for s in sets.tolist()])
    factorial = np.cumprod([1.0, *range(1, count + 1)])
    adds = np.zeros((count, worth.shape[1]))
    for i in range(count):
        without = sets[sets & (1 << i) == 0]
        weight = factorial[sizes[without]] * factorial[count - 1 - sizes[without]]
        gain = worth[without | (1 << i)] - worth[without]
        adds[i] = (weight[:, None] * gain).sum(axis=0) / factorial[count]
    return adds


def drawn_values(worth: Floats, orders: Counts) -> tuple[Floats, Floats]:
    """Return what each player adds, (n, M), and its standard error, from orders drawn by chance.

    ``orders`` (2R, n) are R drawn and then their reverses; ``worth`` (2R, n + 1, M) is that of the
    first none, one, two ... of each.
    """
    gains = np.diff(worth, axis=1)
    adds = np.empty_like(gains)
    for row, order in enumerate(orders):
        adds[row, order] = gains[row]
    half = len(orders) // 2
    pairs = (adds[:half] + adds[half:]) / 2
    return pairs.mean(axis=0), pairs.std(axis=0, ddof=1) / np.sqrt(half)


def _players(deal: Deal) -> list[int]:
    return [j for j, level in enumerate(deal) if level > 0]


def _all_sets(count: int) -> np.ndarray:
    """Return (2^n, n): which players each set has."""
    return np.asarray((np.arange(1 << count)[:, None] >> np.arange(count)) & 1 == 1)


def _orders(count: int, seed: int) -> Counts:
    """Return (2R, n): orders drawn, then each of them backwards."""
    rng = np.random.default_rng(seed)
    drawn = np.array([rng.permutation(count) for _ in range(PAIRS)])
    return np.concatenate([drawn, drawn[:, ::-1]])


def _prefixes(orders: Counts) -> np.ndarray:
    """Return (2R, n + 1, n): which players the first none, one, two ... of each order are."""
    rank = np.argsort(orders, axis=1)
    return np.asarray(rank[:, None, :] < np.arange(orders.shape[1] + 1)[None, :, None])


def _deals(deal: Deal, players: list[int], member: np.ndarray) -> Counts:
    """Return (N, J): the deal with only the players of each set at their levels."""
    deals = np.zeros((len(member), len(deal)), dtype=np.int64)
    deals[:, players] = np.where(member, np.array(deal, dtype=np.int64)[players], 0)
    return deals
