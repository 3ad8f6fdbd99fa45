"""The game in plain NumPy, one deal in all futures at once: what a careful afternoon would give.

Written apart from `foedus`, straight from docs/theory/game.md: arrays over futures, beliefs found
by going half of the way to T(pi) again and again. Of several equilibria it finds one, and it has
no care for steep places; where it does not settle it says so.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

ROUNDS = 120
"""Times that beliefs go half of the way."""


class Stage(NamedTuple):
    """Arrays over F futures, or (K, F)."""

    start: int
    mu: np.ndarray
    p0: np.ndarray
    punish: np.ndarray
    gap: np.ndarray
    harm: np.ndarray
    cost: np.ndarray
    renege: np.ndarray
    fight: np.ndarray
    cut: np.ndarray


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + e^-z)."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1 + small)


def softplus(z: np.ndarray) -> np.ndarray:
    """Return log(1 + e^z)."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


class NumpyGame:
    """One deal, a list of `foedus.game.Effects`, in many `foedus.game.Future` values."""

    def __init__(self, deal: list, futures: list) -> None:
        """Lay the futures out as arrays."""
        of = {
            name: np.array([getattr(f, name) for f in futures]).T
            for name in futures[0].__dataclass_fields__
        }
        self.of, self.deal, self.guarantors = of, deal, len(futures[0].fight_g)
        self.periods = futures[0].periods
        self.x = np.clip(of["x0"] + sum(e.share for e in deal), 0, 1)
        self.y_c = self.x + sum(e.value_c - e.provoke for e in deal)
        self.y_p = 1 - self.x + sum(e.value_p for e in deal)
        starts = sorted({0, *(e.delay for e in deal)})
        self.party = np.array(
            [
                any(v[k] for e in deal for v in (e.help, e.harm, e.cost, e.renege, e.risk) if v)
                for k in range(self.guarantors)
            ]
        )
        self.stages = [self._stage(n) for n in starts]
        self.window = [i for i, n in enumerate(starts[1:]) for _ in range(starts[i], n)]
        self._war()

    def _stage(self, start: int) -> Stage:
        of, k = self.of, self.guarantors
        live = [(of["effect"][j], e) for j, e in enumerate(self.deal) if e.delay <= start]
        zero = np.zeros_like(self.x)

        def total(name: str, *, scaled: bool) -> np.ndarray:
            rows = [
                [(w if scaled else 1) * v for v in getattr(e, name)] or [zero] * k for w, e in live
            ]
            return sum(
                (np.array([zero + r for r in row]) for row in rows), np.zeros((k, zero.size))
            )

        p0 = np.clip(of["hold"] + sum(w * e.denial for w, e in live), 0, 1)
        helps = np.maximum(total("help", scaled=True), 0)
        gap = (1 - p0) * helps / np.maximum(1, helps.sum(axis=0))
        fight, renege = of["fight_g"] + total("risk", scaled=False), total("renege", scaled=False)
        saved, net = gap * (1 - self.x), fight - renege
        never = np.where(net <= 0, -np.inf, np.inf)
        cut = np.where(saved > 0, net / np.where(saved > 0, saved, 1), never)
        return Stage(
            start=start,
            mu=np.minimum(1, of["crisis"] * np.exp(zero + sum(w * e.crisis for w, e in live))),
            p0=p0,
            punish=zero + sum(w * e.punish for w, e in live),
            gap=gap,
            harm=total("harm", scaled=True),
            cost=total("cost", scaled=False),
            renege=renege,
            fight=fight,
            cut=np.where(self.party[:, None], cut, np.inf),
        )

    def _reply(self, act: list[np.ndarray], mus: list[np.ndarray], y: np.ndarray) -> tuple:
        """Return q, V_C at the start and q in the window; Y by Newton's method."""
        of, delta, b = self.of, self.of["delta"], self.of["shock_scale"]
        wait, last = y.copy(), mus[-1]
        for _ in range(30):
            z = (act[-1] - of["shock_mean"] - wait) / b
            short = (1 - delta) * (wait - y) - delta * last * b * softplus(z)
            wait = wait - short / (1 - delta + delta * last * sigmoid(z))
        z = (act[-1] - of["shock_mean"] - wait) / b
        q, value, window = last * sigmoid(z), wait + last * b * softplus(z), []
        for i in reversed(self.window if len(mus) > 1 else []):
            later = (1 - delta) * y + delta * value
            z = (act[i] - of["shock_mean"] - later) / b
            window.append(mus[i] * sigmoid(z))
            value = later + mus[i] * b * softplus(z)
        return q, value, window[::-1]

    def _war(self) -> None:
        of, delta = self.of, self.of["delta"]
        line, crisis = 1 - of["x0"], np.minimum(1, of["crisis"])
        act = of["x0"] + (1 - of["hold"]) * line - of["fight_c"]
        q, value, _ = self._reply([act], [crisis], of["x0"])
        ever = q / (1 - delta * (1 - q))
        stay = np.maximum(0, 1 - of["war_win_c"] - of["war_win_p"] - of["war_freeze"])
        w, now = 1 / (1 - delta * stay), 1 - delta
        truce_p = (1 - ever) * line + ever * (of["hold"] * line - of["fight_p"])
        truce_g = line * (1 - ever + ever * of["hold"])
        freeze = of["war_freeze"]
        self.war_c = w * (
            now * (of["x0"] * stay - of["war_cost_c"]) + of["war_win_c"] + freeze * value
        )
        self.war_p = w * (
            now * (line * stay - of["war_cost_p"]) + of["war_win_p"] + freeze * truce_p
        )
        self.war_stake = w * (now * line * stay + of["war_win_p"] + freeze * truce_g)
        self.war_g = w * now * of["war_support"]

    def revise(self, pi: np.ndarray) -> np.ndarray:
        """Return T(pi), (S, K, F), and keep what was found on the way."""
        of, rest, delta = self.of, 1 - self.x, self.of["delta"]
        hold = [s.p0 + (p * s.gap).sum(axis=0) for s, p in zip(self.stages, pi, strict=True)]
        act = [
            self.x + (1 - h) * rest - of["fight_c"] - s.punish - (p * s.harm).sum(axis=0)
            for s, h, p in zip(self.stages, hold, pi, strict=True)
        ]
        q, value, window = self._reply(act, [s.mu for s in self.stages], self.y_c)
        flow, broken = np.zeros((2, len(self.stages), rest.size))
        reached = np.ones_like(rest)
        for i, chance in zip(self.window, window, strict=True):
            broken[i] += reached * chance
            flow[i] += reached * (1 - chance) * (1 - delta)
            reached = reached * delta * (1 - chance)
        ever = q / (1 - delta * (1 - q))
        broken[-1] += reached * ever
        flow[-1] += reached * (1 - ever)
        self.found = hold, q, value, window, flow, broken
        image = np.zeros_like(pi)
        for k in np.nonzero(self.party)[0]:
            image[:, k] = self._believe(k, pi, hold, flow, broken)
        return image

    def _believe(self, k: int, pi: np.ndarray, hold: list, flow: list, broken: list) -> np.ndarray:
        rest, slope, worth = 1 - self.x, -self.war_stake, self.war_g[k]
        for s, p, h, f, c in zip(self.stages, pi, hold, flow, broken, strict=True):
            slope = slope + f * rest + c * rest * (h - p[k] * s.gap[k])
            worth = worth - f * s.cost[k] - c * s.renege[k]
        cuts = np.array([s.cut[k] for s in self.stages])
        lines = [(slope, worth)]
        for own in cuts:  # honour wherever the cut-off is no higher than here
            a, c = slope, worth
            for s, weight, cut in zip(self.stages, broken, cuts, strict=True):
                on = weight * (cut <= own)
                a = a + on * rest * s.gap[k]
                c = c - on * (s.fight[k] - s.renege[k])
            lines.append((a, c))
        low, high = np.full_like(rest, -np.inf), np.full_like(rest, np.inf)
        content = np.zeros(rest.size, dtype=bool)
        for a, c in lines:
            zero = -c / a
            low = np.where(a < 0, np.maximum(low, zero), low)
            high = np.where(a > 0, np.minimum(high, zero), high)
            content |= (a == 0) & (c >= 0)
        content |= low >= high
        mean, scale = self.of["stake_mean"][k], self.of["stake_scale"][k]
        low, high = (np.where(content, -np.inf, (e - mean) / scale) for e in (low, high))
        cuts = (cuts - mean) / scale
        weak, keen = sigmoid(low), sigmoid(-high)
        below = cuts < low
        gap = np.where(below, cuts, 0) - np.where(below, low, 0)
        honours = np.minimum(sigmoid(-cuts), keen) + below * weak * sigmoid(-cuts) * -np.expm1(gap)
        return np.minimum(1, honours / np.maximum(weak + keen, 1e-300))

    def solve(self) -> dict[str, np.ndarray]:
        """Return V_C's and V_P's margins, survival, and by how much the beliefs are off."""
        with np.errstate(all="ignore"):
            pi = np.zeros((len(self.stages), self.guarantors, self.x.size))
            for _ in range(ROUNDS):
                pi = pi + 0.5 * (self.revise(pi) - pi)
            off = np.abs(self.revise(pi) - pi).max(axis=(0, 1), initial=0.0)
        hold, q, value, window, flow, broken = self.found
        rest = 1 - self.x
        value_p = flow.sum(axis=0) * self.y_p + sum(
            c * (h * rest - self.of["fight_p"]) for c, h in zip(broken, hold, strict=True)
        )
        survive = np.prod([1 - w for w in window[: self.periods]], axis=0) * (1 - q) ** max(
            0, self.periods - len(window)
        )
        return {
            "margin_c": value - self.war_c,
            "margin_p": value_p - self.war_p,
            "survive": survive,
            "off": off,
        }
