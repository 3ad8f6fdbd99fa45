"""The game solved a second time, apart from ``foedus.game``, from the same plain JSON objects.

Nothing here is shared with the solver under test, and as little as possible is done its way: the
challenger's fixed point is bracketed in z, values are recursions over periods in place of weights,
the refusing types are read off payoffs at the kinks in place of an envelope of lines, the flow is
integrated by SciPy's LSODA in place of steps of its own, and what happens by the horizon is walked
period by period.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.integrate import ode
from scipy.optimize import brentq, root

if TYPE_CHECKING:
    import random

Raw = dict[str, Any]
VECTORS = ("help", "harm", "cost", "renege", "risk")
FINE = 2_000
"""Pieces that the unit interval is cut into when there is one unknown."""


class Pair:
    """One deal in one future: its stages, and what beliefs lead to."""

    def __init__(self, deal: list[Raw], future: Raw) -> None:
        self.f = f = future
        self.guarantors = len(f["fight_g"])
        self.periods = round(f["horizon_years"] / f["period_years"])
        self.x = min(max(f["x0"] + sum(v.get("share", 0.0) for v in deal), 0.0), 1.0)
        self.y_c = self.x + sum(v.get("value_c", 0.0) - v.get("provoke", 0.0) for v in deal)
        self.y_p = 1 - self.x + sum(v.get("value_p", 0.0) for v in deal)
        self.party = [
            any(v.get(name) and v[name][k] != 0 for v in deal for name in VECTORS)
            for k in range(self.guarantors)
        ]
        ends = {int(v.get("delay", 0)) for v in deal} | {0}
        self.starts = sorted(ends)
        self.stages = [self._stage(deal, start) for start in self.starts]
        self.when = [i for i, (a, b) in enumerate(pairwise(self.starts)) for _ in range(b - a)]
        self.outside = self._war()

    def _stage(self, deal: list[Raw], start: int) -> Raw:
        f, n = self.f, range(self.guarantors)
        live = [
            (e, v) for e, v in zip(f["effect"], deal, strict=True) if v.get("delay", 0) <= start
        ]

        def total(name: str, *, scaled: bool) -> float:
            return math.fsum((e if scaled else 1.0) * v.get(name, 0.0) for e, v in live)

        def each(name: str, *, scaled: bool) -> np.ndarray:
            empty = [0.0] * self.guarantors
            rows = [np.array(v.get(name) or empty) * (e if scaled else 1.0) for e, v in live]
            return np.sum([np.zeros(self.guarantors), *rows], axis=0)

        p0 = min(max(f["hold"] + total("denial", scaled=True), 0.0), 1.0)
        help_by = np.maximum(each("help", scaled=True), 0.0)
        if help_by.sum() > 1:
            help_by = help_by / help_by.sum()
        fight = np.array(f["fight_g"]) + each("risk", scaled=False)
        renege = each("renege", scaled=False)
        gap = (1 - p0) * help_by
        cut = [
            (fight[k] - renege[k]) / (gap[k] * (1 - self.x))
            if gap[k] * (1 - self.x) > 0
            else (-math.inf if fight[k] <= renege[k] else math.inf)
            for k in n
        ]
        return {
            "mu": min(1.0, f["crisis"] * math.exp(total("crisis", scaled=True))),
            "p0": p0,
            "punish": total("punish", scaled=True),
            "gap": gap,
            "harm": each("harm", scaled=True),
            "cost": each("cost", scaled=False),
            "fight": fight,
            "renege": renege,
            "cut": [c if self.party[k] else math.inf for k, c in enumerate(cut)],
        }

    def challenger(self, acts: list[float]) -> tuple[float, float, list[float], float, float]:
        """Return Y, q, the window's q, V at the start and in force."""
        f, last = self.f, self.stages[-1]
        wait, q, force = stationary(acts[-1], self.y_c, last["mu"], f)
        value, window = force, []
        for i in reversed(self.when):
            later = (1 - f["delta"]) * self.y_c + f["delta"] * value
            z = (acts[i] - f["shock_mean"] - later) / f["shock_scale"]
            window.insert(0, self.stages[i]["mu"] * logistic(z))
            value = later + self.stages[i]["mu"] * f["shock_scale"] * float(np.logaddexp(0, z))
        return wait, q, window, value, force

    def worth(self, flows: list[Any], broken: list[Any], q: float, window: list[float]) -> Any:  # noqa: ANN401
        """Return the worth of flows and of what a challenge leaves, by stage, period by period."""
        delta = self.f["delta"]
        ended = q * broken[-1] + (1 - q) * (1 - delta) * flows[-1]
        value = ended / ((1 - delta) + delta * q)
        for i, rate in zip(reversed(self.when), reversed(window), strict=True):
            stays = (1 - delta) * flows[i] + delta * value
            value = rate * broken[i] + (1 - rate) * stays
        return value

    def _war(self) -> Raw:
        f = self.f
        line = 1 - f["x0"]
        stay = max(0.0, 1 - f["war_win_c"] - f["war_win_p"] - f["war_freeze"])
        act = f["x0"] + (1 - f["hold"]) * line - f["fight_c"]
        _, q, truce_c = stationary(act, f["x0"], min(1.0, f["crisis"]), f)
        delta = f["delta"]

        def truce(flow: float, broken: float) -> float:
            return (q * broken + (1 - q) * (1 - delta) * flow) / ((1 - delta) + delta * q)

        def going(flow: float, cost: float, won: float, frozen: float) -> float:
            once = (1 - delta) * (flow * stay - cost) + won + f["war_freeze"] * frozen
            return once / (1 - delta * stay)

        truce_p = truce(line, f["hold"] * line - f["fight_p"])
        return {
            "stay": stay,
            "c": going(f["x0"], f["war_cost_c"], f["war_win_c"], truce_c),
            "p": going(line, f["war_cost_p"], f["war_win_p"], truce_p),
            "stake": going(line, 0.0, f["war_win_p"], truce(line, f["hold"] * line)),
            "support": [-going(0.0, c, 0.0, 0.0) for c in f["war_support"]],
        }

    def image(self, pi: np.ndarray) -> Raw:
        """Return everybody's reply to beliefs by stage and guarantor, and what it bears out."""
        rest, f = 1 - self.x, self.f
        hold = [s["p0"] + float(pi[i] @ s["gap"]) for i, s in enumerate(self.stages)]
        acts = [
            self.x + (1 - hold[i]) * rest - f["fight_c"] - s["punish"] - float(pi[i] @ s["harm"])
            for i, s in enumerate(self.stages)
        ]
        wait, q, window, value, force = self.challenger(acts)
        out, alphas, refusing = np.zeros_like(pi), [], []
        for k in range(self.guarantors):
            if not self.party[k]:
                alphas.append(1.0)
                refusing.append((math.nan, math.nan))
                continue

            def gain(s: float, k: int = k) -> float:
                flows = [s * rest - st["cost"][k] for st in self.stages]
                broken = []
                for i, st in enumerate(self.stages):
                    without = hold[i] - pi[i, k] * st["gap"][k]
                    honour = s * rest * (without + st["gap"][k]) - st["fight"][k]
                    broken.append(max(honour, s * rest * without - st["renege"][k]))
                war = s * self.outside["stake"] - self.outside["support"][k]
                return float(self.worth(flows, broken, q, window) - war)

            cuts = [st["cut"][k] for st in self.stages]
            s1, s2 = below_zero(gain, [c for c in cuts if math.isfinite(c)])
            m, b = f["stake_mean"][k], f["stake_scale"][k]
            alpha = between(-math.inf, s1, m, b) + between(s2, math.inf, m, b)
            if s1 >= s2:
                s1, s2, alpha = math.nan, math.nan, 1.0
                out[:, k] = [between(c, math.inf, m, b) for c in cuts]
            elif alpha > 0:
                both = [between(c, s1, m, b) + between(max(c, s2), math.inf, m, b) for c in cuts]
                out[:, k] = np.minimum(1.0, np.array(both) / alpha)
            alphas.append(alpha)
            refusing.append((s1, s2))
        reply = {"A": acts, "Y": wait, "q": q, "q_window": window, "V_C": value}
        return reply | {
            "hold": hold,
            "V_C_in_force": force,
            "alpha": alphas,
            "refusing": refusing,
            "pi": out,
        }

    def limits(self) -> list[np.ndarray | None]:
        """Return where the flow leads from nobody and from everybody; None where unsure."""
        parties = [k for k in range(self.guarantors) if self.party[k]]
        shape = (len(self.stages), len(parties))

        def excess(flat: np.ndarray) -> np.ndarray:
            pi = np.zeros((len(self.stages), self.guarantors))
            pi[:, parties] = np.clip(flat, 0, 1).reshape(shape)
            return self.image(pi)["pi"][:, parties].ravel() - np.asarray(flat)

        found: list[np.ndarray | None]
        if shape[0] * shape[1] == 0:
            found = [np.zeros(0), np.zeros(0)]
        elif shape == (1, 1):
            found = list(extreme_roots(excess))
        else:
            found = [flowed(excess, np.full(shape[0] * shape[1], float(at))) for at in (0, 1)]
        beliefs: list[np.ndarray | None] = []
        for flat in found:
            pi = np.zeros((len(self.stages), self.guarantors))
            if flat is not None:
                pi[:, parties] = flat.reshape(shape)
            beliefs.append(None if flat is None else pi)
        return beliefs

    def told(self, pi: np.ndarray) -> Raw:
        """Return all outcomes that follow from the equilibrium ``pi``."""
        rest, f, reply = 1 - self.x, self.f, self.image(pi)
        q, window, hold = reply["q"], reply["q_window"], reply["hold"]
        peace = [self.y_p] * len(self.stages)
        value_p = self.worth(peace, [h * rest - f["fight_p"] for h in hold], q, window)
        holds, fought, any_fought = 1.0, np.zeros(self.guarantors), 0.0
        for t in range(self.periods):
            i, rate = (self.when[t], window[t]) if t < len(window) else (-1, q)
            fought += holds * rate * pi[i]
            any_fought += holds * rate * (1 - float(np.prod(1 - pi[i])))
            holds *= 1 - rate
        zero = [np.zeros(self.guarantors)] * len(self.stages)
        costs = [s["cost"] for s in self.stages]
        acts = [
            p * s["fight"] + (1 - p) * s["renege"] for p, s in zip(pi, self.stages, strict=True)
        ]
        calm = self.worth(costs, zero, q, window)
        accept_c, accept_p = reply["V_C"] >= self.outside["c"], value_p >= self.outside["p"]
        agree = float(accept_c and accept_p) * math.prod(reply["alpha"])
        return reply | {
            "pi": pi,
            "V_P": value_p,
            "W_C": self.outside["c"],
            "W_P": self.outside["p"],
            "accept_c": accept_c,
            "accept_p": accept_p,
            "agree": agree,
            "survive": holds,
            "window_risk": 1 - math.prod(1 - r for r in window),
            "direct": fought,
            "direct_any": any_fought,
            "security": value_p / self.y_p if self.y_p > 0 else 0.0,
            "g_cost": calm,
            "g_cost_total": calm + self.worth(zero, acts, q, window),
            "ends": self._ends(agree, holds, any_fought),
        }

    def _ends(self, agree: float, holds: float, fought: float) -> list[float]:
        f, on, over = self.f, 1.0, np.zeros(3)
        for _ in range(self.periods):
            over += on * np.array([f["war_freeze"], f["war_win_c"], f["war_win_p"]])
            on *= self.outside["stay"]
        settled = [agree * holds, agree * fought, agree * (1 - holds - fought)]
        return [*settled, (1 - agree) * on, *((1 - agree) * over)]


def logistic(z: float) -> float:
    return float(np.exp(-np.logaddexp(0, -z)))


def between(low: float, high: float, mean: float, scale: float) -> float:
    """Return the chance of a draw between, as a difference on the side where both are small."""
    a, b = (low - mean) / scale, (high - mean) / scale
    if not a < b:
        return 0.0
    return logistic(-a) - logistic(-b) if a + b > 0 else logistic(b) - logistic(a)


def stationary(act: float, y: float, mu: float, f: Raw) -> tuple[float, float, float]:
    """Return Y, q and V when every period is the same, with z bracketed."""
    b, delta, top = f["shock_scale"], f["delta"], (act - f["shock_mean"] - y) / f["shock_scale"]

    def excess(z: float) -> float:
        return (1 - delta) * (top - z) - delta * mu * float(np.logaddexp(0, z))

    low = top - 1.0
    while excess(low) < 0:
        low -= 2 * (top - low)
    z = float(brentq(excess, low, top + 1e-9, xtol=1e-14, rtol=1e-15, maxiter=500))
    wait = act - f["shock_mean"] - b * z
    return wait, mu * logistic(z), wait + mu * b * float(np.logaddexp(0, z))


def below_zero(gain: Any, kinks: list[float]) -> tuple[float, float]:  # noqa: ANN401
    """Return the ends of the interval on which the convex, piecewise linear ``gain`` is below 0.

    The ends are equal when there is none.
    """
    at = sorted(set(kinks)) or [0.0]
    at = [at[0] - 1.0, *at, at[-1] + 1.0]
    worth = [gain(s) for s in at]
    left = (worth[1] - worth[0]) / (at[1] - at[0])
    right = (worth[-1] - worth[-2]) / (at[-1] - at[-2])
    if worth[0] < 0:
        low = at[0] - worth[0] / left if left < 0 else -math.inf
    else:
        low = next((crossing(at, worth, j) for j in range(1, len(at)) if worth[j] < 0), math.inf)
        if low == math.inf and right < 0:
            low = at[-1] - worth[-1] / right
    if worth[-1] < 0:
        high = at[-1] - worth[-1] / right if right > 0 else math.inf
    else:
        falls = [j for j in range(1, len(at)) if worth[j - 1] < 0]
        high = crossing(at, worth, falls[-1]) if falls else -math.inf
        if not falls and left > 0:
            high = at[0] - worth[0] / left
            low = -math.inf
        elif not falls and low < math.inf:
            high = math.inf
    return low, high


def crossing(at: list[float], worth: list[float], j: int) -> float:
    """Return where the line between two points is 0."""
    return at[j - 1] - worth[j - 1] * (at[j] - at[j - 1]) / (worth[j] - worth[j - 1])


def extreme_roots(excess: Any) -> tuple[np.ndarray, np.ndarray]:  # noqa: ANN401
    """Return the smallest and the largest root of one unknown, from a fine grid."""
    grid = np.linspace(0, 1, FINE + 1)
    sign = [float(excess(np.array([p]))[0]) for p in grid]

    def refine(a: float, b: float) -> np.ndarray:
        root_ = brentq(lambda p: float(excess(np.array([p]))[0]), a, b, xtol=1e-15)
        return np.array([root_])

    first = next((g for g, e in enumerate(sign) if e <= 0), FINE)
    last = next((g for g in range(FINE, -1, -1) if sign[g] >= 0), 0)
    low = grid[first : first + 1] if sign[first] == 0 or not first else None
    high = grid[last : last + 1] if sign[last] == 0 or last == FINE else None
    return (
        refine(grid[first - 1], grid[first]) if low is None else low,
        refine(grid[last], grid[last + 1]) if high is None else high,
    )


def flowed(excess: Any, start: np.ndarray) -> np.ndarray | None:  # noqa: ANN401
    """Return the limit of d pi = excess(pi) from ``start``; None when it is not found for sure."""
    flow = ode(lambda _, p: excess(p)).set_integrator("lsoda", rtol=1e-7, atol=1e-10, nsteps=20_000)
    flow.set_initial_value(start, 0.0)
    until = 4.0
    while flow.successful() and until < 1e5:
        here = flow.integrate(until)
        if np.abs(excess(here)).max() < 1e-7:
            exact = root(excess, here, tol=1e-15)
            best = np.clip(exact.x, 0, 1)
            if np.abs(excess(best)).max() < 1e-11 and np.abs(best - here).max() < 1e-4:
                return best
        until *= 2
    return None


def drawn(rng: random.Random, guarantors: int, stages: int) -> tuple[list[Raw], Raw]:
    """Return a deal of as many stages and a future, drawn from wide ranges."""
    u = rng.uniform
    delays = [0, *sorted(rng.sample(range(1, 9), stages - 1))]
    levels = delays[1:] + [rng.choice(delays) for _ in range(rng.randrange(1, 4))]

    def each(low: float, high: float, none: float = 0.3) -> list[float]:
        return [0.0 if rng.random() < none else u(low, high) for _ in range(guarantors)]

    deal = [
        {
            "share": u(-0.05, 0.05),
            "value_c": u(0, 0.03),
            "value_p": u(0, 0.03),
            "denial": u(-0.03, 0.1),
            "punish": u(0, 0.1),
            "provoke": u(0, 0.04),
            "crisis": u(-0.5, 0.1),
            "help": each(0, 0.3),
            "harm": each(0, 0.2),
            "cost": each(0, 0.03),
            "renege": each(0, 0.3),
            "risk": each(-0.03, 0.05, 0.5),
            "delay": delay,
        }
        for delay in levels
    ]
    future = {
        "period_years": 0.25,
        "horizon_years": 10,
        "delta": u(0.97, 0.995),
        "x0": u(0.05, 0.35),
        "crisis": u(0.02, 0.4),
        "hold": u(0.2, 0.8),
        "fight_c": u(0.05, 0.45),
        "fight_p": u(0.05, 0.4),
        "shock_mean": u(-0.05, 0.1),
        "shock_scale": u(0.02, 0.15),
        "war_win_c": u(0, 0.05),
        "war_win_p": u(0, 0.05),
        "war_freeze": u(0, 0.08),
        "war_cost_c": u(0, 0.4),
        "war_cost_p": u(0, 0.4),
        "fight_g": [u(0.05, 0.5) for _ in range(guarantors)],
        "war_support": [u(0, 0.1) for _ in range(guarantors)],
        "stake_mean": [u(0.1, 1) for _ in range(guarantors)],
        "stake_scale": [u(0.03, 0.4) for _ in range(guarantors)],
        "effect": [u(0.5, 1.5) for _ in levels],
    }
    return deal, future
