"""The game compiled: one deal in many futures at a time, side by side in the processor.

This is the twin of `foedus.game` for speed, and is held to it by tests. It finds the same
equilibria by a shorter road. A fixed point is sought from a neighbouring deal's; then T is looked
at along the two straight ways to it, from "nobody honours" and from "everybody does". Where it
pulls towards the point everywhere on both, the flow from either start leads there: one equilibrium,
done. The other futures, few, walk the flow as the reference does, and look from time to time
whether the rest of the way is straight; `foedus.search.careful` leads them.

Everything compiled is in this one file, since a compiled function is kept on disk under the date of
its own file alone. A lane is one deal in one future; arrays have the lanes as their last axis, so
that each loop is one short straight body that the compiler turns into wide instructions. Values of
the challenger are in units of the scale of its private cost, stakes in units of theirs. Nothing
depends on how many threads run or which future sits beside which: a lane meets no other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

DELTA, FLOW_C, GAIN, REST, FLOW_P, FIGHT_P, SCALE, WAR_C, WAR_P, WAR_STAKE = range(10)
"""The first rows of a table of lanes: delta, y_c, delta·mu/(1 - delta) at the end, 1 - x, y_p, P's
cost of fighting, the scale of the private cost, W_C, W_P, and R_k's slope in the stake. Then S of
each: mu, p0, and A - shock_mean before anybody honours; S·K of each of the next rows below, K
of each of those after them."""

MU, P0, ACT = range(3)
DETER, SAVED, NET, CUT, STRONG, FIGHT, COST, RENEGE = range(8)
"""What honouring takes from the challenger, D(1 - x), what honouring costs net, s*, the chance of a
stake above it, the costs of fighting, in peace, and of reneging."""
PAIRS = 8
SUPPORT, MEAN, NARROW = range(3)
"""R_k's fall, the stake's mean, and 1 over its scale."""

FLOW, BROKEN = 1, 2
Z, MOVED, Q, VALUE, WORK = range(5)
LOW, HIGH, ALPHA = range(3)
"""Rows of a table of play: S each of A, the weights of peace and of a challenge; z, Newton's last
step, q, V_C, and six for work; K each of the ends of the interval of stakes that refuse, and alpha;
q in each period of the window."""

VALUE_C, VALUE_P, MARGIN_C, MARGIN_P, SECURITY, WINDOW_RISK, DIRECT = range(7)
"""Rows of what is told of a deal in each future. From DIRECT on: K of direct war with each
guarantor, K of costs, K of alpha, Y of direct war with any of them, and Y of survival; of years,
the horizon is the last."""

EXACT = 1e-11
"""A point has been found when it reproduces itself to this."""

SETTLED = 1e-6
"""Newton's last step in z, relative; the next would be its square."""

DIFFERENT = 1e-6
"""Equilibria further apart than this are two."""

TRIES = 8
"""Evaluations after which a lane that has found no fixed point takes the careful road."""

WAYS = (
    *((0.0, share) for share in (0.0, 0.25, 0.4)),
    *((1.0, share) for share in (0.1, 0.5, 0.7, 0.8, 0.95)),
)
"""Where T is looked at on the ways to the point found: the start, and the share of the way."""

PULL, CLOSE = 0.4, 1e-2
"""T must lead at least this part of the rest of the way, in every belief that has far to go."""

JUMP = (0.0, 0.03, 0.07, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.93, 0.97)
JUMP_PULL, JUMP_CLOSE = 0.1, 1e-3
"""Where T is looked at on the way from a point of the flow to the fixed point it seems to lead to,
the pull there must be, and what is close there."""

MOVE, TURN, SWING = 0.1, 0.1, 0.25
FIRST, SHORTEST, GROWTH = 0.1, 1e-4, 4.0
"""How far a step along the flow may go and the lengths it may have; see `foedus.game.dynamics`."""

NEAR, FAR = 1e-4, 30.0
"""A point this near to reproducing itself is taken to be about to arrive, at a fixed point no more
than so many times as far away."""

NUDGE = 1e-7
"""How far beliefs are moved to see how T turns."""

BLOCK = 256
"""Lanes side by side: what they need stays in the second cache."""

LOG2_E = 1.4426950408889634
LN2_HIGH, LN2_LOW = 0.6931471803691238, 1.9082149292705877e-10
ROUND = 6755399441055744.0
"""1.5·2^52: added and taken away again, it rounds to a whole number."""

_entry = njit(cache=True, error_model="numpy", nogil=True)
_compiled = njit(
    cache=True,
    error_model="numpy",
    nogil=True,
    no_cpython_wrapper=True,
    no_cfunc_wrapper=True,
)
"""IEEE arithmetic as written: nothing is reordered, so the bits do not depend on the machine."""


@intrinsic
def _bits(_context, whole):
    """Read a whole number's bits as a float."""

    def build(_target, builder, _signature, args):
        return builder.bitcast(args[0], ir.DoubleType())

    return types.float64(whole), build


@intrinsic
def _fma(_context, a, b, c):
    """a·b + c, rounded once."""

    def build(_target, builder, _signature, args):
        return builder.fma(*args)

    return types.float64(a, b, c), build


@_compiled
def _fall(a):
    """e^-a for a >= 0, by its series about the nearest power of two; 0 beyond 745."""
    cut = a if a < 708.0 else 708.0
    whole = _fma(cut, -LOG2_E, ROUND) - ROUND
    r = _fma(whole, -LN2_LOW, _fma(whole, -LN2_HIGH, -cut))
    p = _fma(1 / 6227020800, r, 1 / 479001600)
    p = _fma(p, r, 1 / 39916800)
    p = _fma(p, r, 1 / 3628800)
    p = _fma(p, r, 1 / 362880)
    p = _fma(p, r, 1 / 40320)
    p = _fma(p, r, 1 / 5040)
    p = _fma(p, r, 1 / 720)
    p = _fma(p, r, 1 / 120)
    p = _fma(p, r, 1 / 24)
    p = _fma(p, r, 1 / 6)
    p = _fma(p, r, 0.5)
    p = _fma(p, r, 1.0)
    p = _fma(p, r, 1.0)
    power = p * _bits((np.int64(whole) + 1023) << 52)
    return power if a < 708.0 else 0.0


@_compiled
def _log_above(e):
    """log(1 + e) for 0 <= e <= 1, by the series of artanh."""
    far = e > 0.4142135623730951
    f = (e - 1.0) * 0.5 if far else e
    s = f / (2.0 + f)
    w = s * s
    p = _fma(1 / 21, w, 1 / 19)
    p = _fma(p, w, 1 / 17)
    p = _fma(p, w, 1 / 15)
    p = _fma(p, w, 1 / 13)
    p = _fma(p, w, 1 / 11)
    p = _fma(p, w, 1 / 9)
    p = _fma(p, w, 1 / 7)
    p = _fma(p, w, 1 / 5)
    p = _fma(p, w, 1 / 3)
    p = _fma(p, w, 1.0)
    return _fma(2.0 * s, p, 0.6931471805599453 if far else 0.0)


@_compiled
def _sigmoid(z):
    """The chance that a standard logistic draw is below z."""
    small = _fall(abs(z))
    return (1.0 if z >= 0 else small) / (1.0 + small)


@_compiled
def _option(z):
    """The chance of acting, and log(1 + e^z), what being able to is worth: one exponential."""
    small = _fall(abs(z))
    chance = (1.0 if z >= 0 else small) / (1.0 + small)
    return chance, (z if z > 0 else 0.0) + _log_above(small)


@_compiled
def _newton(z, lead, gain, moved):
    """Move z towards the root of z + gain·log(1 + e^z) = lead by one of Newton's steps.

    Increasing and convex: after one step the root is approached from above.
    """
    for f in range(z.size):
        chance, worth = _option(z[f])
        step = (z[f] + gain[f] * worth - lead[f]) / (1.0 + gain[f] * chance)
        z[f] -= step
        moved[f] = abs(step) / (1.0 + abs(z[f]))


@_compiled
def _last_stage(z, act, mu, q, value):
    """q and V_C once all is in force."""
    for f in range(z.size):
        chance, worth = _option(z[f])
        q[f] = mu[f] * chance
        value[f] = act[f] - z[f] + mu[f] * worth


@_compiled
def _one_period(value, act, mu, flow, delta, q):
    """Go one period of the window back: V_t from V_{t+1}, and q_t."""
    for f in range(value.size):
        later = (1.0 - delta[f]) * flow[f] + delta[f] * value[f]
        chance, worth = _option(act[f] - later)
        q[f] = mu[f] * chance
        value[f] = later + mu[f] * worth


@_compiled
def _weigh(reached, q, delta, flow, broken):
    """Add one period's weights, and go on."""
    for f in range(q.size):
        breaks = reached[f] * q[f]
        kept = reached[f] - breaks
        broken[f] += breaks
        flow[f] += kept * (1.0 - delta[f])
        reached[f] = kept * delta[f]


@_compiled
def _weigh_rest(reached, q, delta, flow, broken):
    """Add the weights of all that comes once all is in force."""
    for f in range(q.size):
        breaks = reached[f] * (q[f] / (1.0 - delta[f] * (1.0 - q[f])))
        broken[f] += breaks
        flow[f] += reached[f] - breaks


@_compiled
def _add(total, belief, each, sign):
    """total += sign·belief·each."""
    for f in range(total.size):
        total[f] += sign * (belief[f] * each[f])


@_compiled
def _subtract(a, b, out):
    """out = a - b."""
    for f in range(out.size):
        out[f] = a[f] - b[f]


@_compiled
def _respond(lanes, pi, play, window, party, stages, rounds):
    """The challenger's best reply to ``pi``, and the weights that follow; z is moved, not found."""
    guarantors, last = party.size, stages - 1
    own = 3 * stages
    z, moved, q, value = play[own + Z], play[own + MOVED], play[own + Q], play[own + VALUE]
    lead, reached = play[own + WORK], play[own + WORK + 1]
    delta, flow_c = lanes[DELTA], lanes[FLOW_C]
    pair = 10 + 3 * stages
    for i in range(stages):
        act = play[i]
        act[:] = lanes[10 + ACT * stages + i]
        for k in range(guarantors):
            if party[k]:
                _add(act, pi[i * guarantors + k], lanes[pair + i * guarantors + k], -1.0)
    play[FLOW * stages : own] = 0.0
    _subtract(play[last], flow_c, lead)
    for _ in range(rounds):
        _newton(z, lead, lanes[GAIN], moved)
    _last_stage(z, play[last], lanes[10 + last], q, value)
    in_window = own + 10 + 3 * guarantors
    for t in range(window.size - 1, -1, -1):
        i = window[t]
        _one_period(value, play[i], lanes[10 + i], flow_c, delta, play[in_window + t])
    reached[:] = 1.0
    for t in range(window.size):
        i = window[t]
        flow, broken = play[FLOW * stages + i], play[BROKEN * stages + i]
        _weigh(reached, play[in_window + t], delta, flow, broken)
    _weigh_rest(reached, q, delta, play[FLOW * stages + last], play[BROKEN * stages + last])


@_compiled
def _envelope(slope, worth, low, high):
    """Narrow the interval of stakes that refuse by one plan's line.

    A flat line that is not below 0 empties it.
    """
    for f in range(slope.size):
        zero = -worth[f] / slope[f]
        least = zero if zero > low[f] else low[f]
        most = zero if zero < high[f] else high[f]
        flat = slope[f] == 0.0
        empty = flat and worth[f] >= 0.0
        low[f] = np.inf if empty else (least if slope[f] < 0.0 else low[f])
        high[f] = most if slope[f] > 0.0 else high[f]


@_compiled
def _plan(slope, worth, cut, other_cut, broken, saved, net):
    """Add to a plan's line the stage of ``other_cut``, where a type with stake ``cut`` honours."""
    for f in range(slope.size):
        weight = broken[f] if other_cut[f] <= cut[f] else 0.0
        slope[f] += weight * saved[f]
        worth[f] -= weight * net[f]


@_compiled
def _ends(low, high, mean, narrow, weak, keen, alpha):
    """The interval's ends in units of the stake's scale, the chances beyond them, and alpha.

    Where the interval is empty both ends are -inf: all accept, as strong types.
    """
    for f in range(low.size):
        content = not low[f] < high[f]
        low[f] = -np.inf if content else (low[f] - mean[f]) * narrow[f]
        high[f] = -np.inf if content else (high[f] - mean[f]) * narrow[f]
    for f in range(low.size):
        weak[f] = _sigmoid(low[f])
        keen[f] = _sigmoid(-high[f])
        alpha[f] = weak[f] + keen[f]


@_compiled
def _posterior(cut, strong, low, weak, keen, alpha, out):
    """pi by Bayes' rule: the strong among those that accept, and the weak that would honour."""
    for f in range(cut.size):
        honours = strong[f] if strong[f] < keen[f] else keen[f]
        gap = low[f] - cut[f] if cut[f] < low[f] else 0.0
        honours += weak[f] * strong[f] * (1.0 - _fall(gap))
        chance = honours / alpha[f]
        out[f] = 0.0 if alpha[f] <= 0.0 else (chance if chance < 1.0 else 1.0)


@_compiled
def _base_line(slope, worth, flow, broken, rest, p0, cost, renege):
    """Add one stage to the line of a guarantor's plan never to honour."""
    for f in range(slope.size):
        slope[f] += rest[f] * (flow[f] + broken[f] * p0[f])
    for f in range(slope.size):
        worth[f] -= flow[f] * cost[f] + broken[f] * renege[f]


@_compiled
def _with_help(slope, broken, belief, saved):
    """Add what another's fighting saves to a guarantor's line."""
    for f in range(slope.size):
        slope[f] += broken[f] * belief[f] * saved[f]


@_compiled
def _copy(source, out):
    """out = source."""
    for f in range(out.size):
        out[f] = source[f]


@_compiled
def _start_lines(war_stake, support, slope, worth, low, high):
    """Begin a guarantor's lines with what the war is worth to it."""
    for f in range(slope.size):
        slope[f] = -war_stake[f]
        worth[f] = support[f]
    low[:] = -np.inf
    high[:] = np.inf


@_compiled
def _accept(lanes, pi, play, party, stages, k, order):
    """The interval of stakes of guarantor k that refuse: see `foedus.game.acceptance`.

    ``order`` (S,) has the stages from the lowest s* to the highest if that is the same in every
    lane, so that each plan adds one stage to the last; it begins with -1 otherwise.
    """
    guarantors = party.size
    pairs, own = stages * guarantors, 3 * stages
    pair, ends = 10 + 3 * stages, own + 10
    slope, worth = play[own + WORK + 2], play[own + WORK + 3]
    base_slope, base_worth = play[own + WORK + 4], play[own + WORK + 5]
    low, high = play[ends + k], play[ends + guarantors + k]
    support = lanes[pair + PAIRS * pairs + k]
    _start_lines(lanes[WAR_STAKE], support, base_slope, base_worth, low, high)
    for i in range(stages):
        p = i * guarantors + k
        flow, broken = play[FLOW * stages + i], play[BROKEN * stages + i]
        cost, renege = lanes[pair + COST * pairs + p], lanes[pair + RENEGE * pairs + p]
        p0 = lanes[10 + P0 * stages + i]
        _base_line(base_slope, base_worth, flow, broken, lanes[REST], p0, cost, renege)
        for other in range(guarantors):
            if other != k and party[other]:
                o = i * guarantors + other
                _with_help(base_slope, broken, pi[o], lanes[pair + SAVED * pairs + o])
    _envelope(base_slope, base_worth, low, high)
    for i in range(stages):
        if order[0] >= 0:
            p = order[i] * guarantors + k
            saved, net = lanes[pair + SAVED * pairs + p], lanes[pair + NET * pairs + p]
            broken = play[BROKEN * stages + order[i]]
            _add(base_slope, broken, saved, 1.0)
            _add(base_worth, broken, net, -1.0)
            _envelope(base_slope, base_worth, low, high)
            continue
        cut = lanes[pair + CUT * pairs + i * guarantors + k]
        _copy(base_slope, slope)
        _copy(base_worth, worth)
        for j in range(stages):
            p = j * guarantors + k
            saved, net = lanes[pair + SAVED * pairs + p], lanes[pair + NET * pairs + p]
            other_cut = lanes[pair + CUT * pairs + p]
            _plan(slope, worth, cut, other_cut, play[BROKEN * stages + j], saved, net)
        _envelope(slope, worth, low, high)


@_compiled
def _evaluate(lanes, pi, play, out, window, party, order, stages, rounds):
    """T(pi): the challenger's reply, who accepts given that, and what that says of them."""
    _respond(lanes, pi, play, window, party, stages, rounds)
    guarantors = party.size
    pairs, own = stages * guarantors, 3 * stages
    pair, ends = 10 + 3 * stages, own + 10
    mine = pair + PAIRS * pairs
    weak, keen = play[own + WORK], play[own + WORK + 1]
    for k in range(guarantors):
        if not party[k]:
            continue
        _accept(lanes, pi, play, party, stages, k, order[k])
        low, high = play[ends + k], play[ends + guarantors + k]
        alpha = play[ends + 2 * guarantors + k]
        mean, narrow = lanes[mine + guarantors + k], lanes[mine + 2 * guarantors + k]
        _ends(low, high, mean, narrow, weak, keen, alpha)
        for i in range(stages):
            p = i * guarantors + k
            cut, strong = lanes[pair + CUT * pairs + p], lanes[pair + STRONG * pairs + p]
            _posterior(cut, strong, low, weak, keen, alpha, out[p])


@_compiled
def _residual(pi, image, out):
    """By how much beliefs fail to reproduce themselves: the largest difference, in each lane."""
    out[:] = 0.0
    for p in range(pi.shape[0]):
        for f in range(out.size):
            off = abs(image[p, f] - pi[p, f])
            out[f] = off if off > out[f] else out[f]


@_compiled
def _secant(pi, image, pi_old, image_old, frozen, top, bottom):
    """Move beliefs by Anderson's method with one step of memory (Walker and Ni 2011).

    The step is along T's image, less what the last two points say is still to come. ``frozen``
    lanes stay; ``top`` and ``bottom`` (n,) are for work.
    """
    top[:] = 0.0
    bottom[:] = 0.0
    for p in range(pi.shape[0]):
        for f in range(top.size):
            off = image[p, f] - pi[p, f]
            turned = off - (image_old[p, f] - pi_old[p, f])
            top[f] += off * turned
            bottom[f] += turned * turned
    for f in range(top.size):
        top[f] = top[f] / bottom[f] if bottom[f] > 0.0 else 0.0
    for p in range(pi.shape[0]):
        for f in range(top.size):
            ahead = image[p, f] - top[f] * (image[p, f] - image_old[p, f])
            ahead = ahead if ahead > 0.0 else 0.0
            ahead = ahead if ahead < 1.0 else 1.0
            stay = pi[p, f]
            pi_old[p, f] = stay
            image_old[p, f] = image[p, f]
            pi[p, f] = stay if frozen[f] else ahead


@_compiled
def _search(lanes, points, play, residual, frozen, window, party, order, stages, tries):
    """Look for a fixed point from ``points[0]`` in at most ``tries`` evaluations.

    ``points`` (6, S·K, n) begins with the beliefs, their image, and the last of both. A lane that
    has found one is frozen there, so that ``play`` is what follows from ``points[0]``.
    """
    moved = play[3 * stages + MOVED]
    work, work_too = play[3 * stages + WORK], play[3 * stages + WORK + 1]
    pi, image, pi_old, image_old = points[0], points[1], points[2], points[3]
    for turn in range(tries):
        rounds = 4 if turn == 0 else 1
        _evaluate(lanes, pi, play, image, window, party, order, stages, rounds)
        _residual(pi, image, residual)
        missing = 0
        for f in range(residual.size):
            frozen[f] = residual[f] <= EXACT and moved[f] <= SETTLED
            missing += not frozen[f]
        if missing == 0 or turn == tries - 1:
            return
        if turn:
            _secant(pi, image, pi_old, image_old, frozen, work, work_too)
            continue
        for p in range(pi.shape[0]):
            _copy(pi[p], pi_old[p])
            _copy(image[p], image_old[p])
            for f in range(residual.size):
                pi[p, f] = pi[p, f] if frozen[f] else image[p, f]


@_compiled
def _part_way(origin, target, share, out):
    """Go a share of the way from one set of beliefs to another."""
    for p in range(target.shape[0]):
        for f in range(target.shape[1]):
            out[p, f] = origin[p, f] + share * (target[p, f] - origin[p, f])


@_compiled
def _pulled(here, image, target, least, close, passed):
    """Clear ``passed`` where T does not lead on from ``here`` towards ``target``."""
    for p in range(target.shape[0]):
        for f in range(passed.size):
            rest = target[p, f] - here[p, f]
            led = image[p, f] - here[p, f]
            passed[f] = passed[f] and (abs(rest) <= close or led * rest >= least * rest * rest)


@_compiled
def _alone(lanes, points, play, passed, window, party, order, stages):
    """Clear ``passed`` (2, n) where the flow from either start may not lead to ``points[5]``."""
    here, image, origin, target = points[0], points[1], points[4], points[5]
    for start, share in WAYS:
        for p in range(target.shape[0]):
            origin[p] = start if party[p % party.size] else 0.0
        _part_way(origin, target, share, here)
        _evaluate(lanes, here, play, image, window, party, order, stages, 2)
        _pulled(here, image, target, PULL, CLOSE, passed[int(start)])


class Packed(NamedTuple):
    """A case and its futures as the kernel takes them; see `foedus.search.packing`.

    ``draw`` (11, F): delta, x0, crisis, hold, fight_c, fight_p, shock_mean, shock_scale, W_C, W_P
    and R_k's slope; ``fight``, ``support``, ``mean``, ``scale`` (K, F); ``effect`` (J, F);
    ``once`` (L, 7) and ``vector`` (L, 5, K): the effects of each of L levels, in the order of
    SCALAR_EFFECTS and GUARANTOR_EFFECTS; ``delay`` (L,); ``first`` (J,): each provision's first
    level; ``periods`` (Y,): when survival is told, the horizon last.
    """

    draw: np.ndarray
    fight: np.ndarray
    support: np.ndarray
    mean: np.ndarray
    scale: np.ndarray
    effect: np.ndarray
    once: np.ndarray
    vector: np.ndarray
    delay: np.ndarray
    first: np.ndarray
    periods: np.ndarray


@_compiled
def _starts(packed, deal):
    """The starts of the deal's stages: 0 and the distinct delays of its levels, in order."""
    starts = np.zeros(deal.size + 1, np.int64)
    count = 1
    for j in range(deal.size):
        delay = packed.delay[packed.first[j] + deal[j]]
        at = 0
        while at < count and starts[at] < delay:
            at += 1
        if at == count or starts[at] != delay:
            for i in range(count, at, -1):
                starts[i] = starts[i - 1]
            starts[at] = delay
            count += 1
    return starts[:count]


@_compiled
def _in_stages(packed, deal, starts, window, party):
    """Fill in which stage each period of the window lies, and who is a party."""
    for i in range(starts.size - 1):
        window[starts[i] : starts[i + 1]] = i
    party[:] = False
    for j in range(deal.size):
        level = packed.first[j] + deal[j]
        for k in range(party.size):
            for v in range(5):
                party[k] = party[k] or packed.vector[level, v, k] != 0.0


@_compiled
def _scale(total, effect, which, value):
    """total += effect·value, when there is a value."""
    if value != 0.0:
        for f in range(total.size):
            total[f] += effect[which[f]] * value


@_compiled
def _sum_effects(packed, deal, starts, which, lanes, guarantors):
    """Add up the effects of the provisions in force in each stage, scaled where they are.

    As sums to begin with, denial goes to p0, punishment to A, crisis to mu, help to D(1 - x), harm
    to what honouring takes, risk to the cost of fighting.
    """
    stages, pairs = starts.size, starts.size * guarantors
    pair = 10 + 3 * stages
    lanes[10 : pair + PAIRS * pairs] = 0.0
    for j in range(deal.size):
        level = packed.first[j] + deal[j]
        effect = packed.effect[j]
        for i in range(stages):
            if packed.delay[level] > starts[i]:
                continue
            _scale(lanes[10 + i], effect, which, packed.once[level, 6])
            _scale(lanes[10 + P0 * stages + i], effect, which, packed.once[level, 3])
            _scale(lanes[10 + ACT * stages + i], effect, which, packed.once[level, 4])
            for k in range(guarantors):
                vector, p = packed.vector[level, :, k], pair + i * guarantors + k
                _scale(lanes[p + SAVED * pairs], effect, which, vector[0])
                _scale(lanes[p + DETER * pairs], effect, which, vector[1])
                lanes[p + COST * pairs] += vector[2]
                lanes[p + RENEGE * pairs] += vector[3]
                lanes[p + FIGHT * pairs] += vector[4]


@_compiled
def _in_peace(packed, deal, which, lanes):
    """Fill the first rows: what does not change from stage to stage."""
    share = value_c = value_p = provoke = 0.0
    for j in range(deal.size):
        once = packed.once[packed.first[j] + deal[j]]
        share += once[0]
        value_c += once[1]
        value_p += once[2]
        provoke += once[5]
    draw = packed.draw
    for f in range(which.size):
        x = draw[1, which[f]] + share
        x = x if x > 0.0 else 0.0
        x = x if x < 1.0 else 1.0
        lanes[FLOW_C, f] = (x + value_c - provoke) / draw[7, which[f]]
        lanes[REST, f] = 1.0 - x
        lanes[FLOW_P, f] = 1.0 - x + value_p
    for row, source in (
        (DELTA, 0),
        (FIGHT_P, 5),
        (SCALE, 7),
        (WAR_C, 8),
        (WAR_P, 9),
        (WAR_STAKE, 10),
    ):
        for f in range(which.size):
            lanes[row, f] = draw[source, which[f]]


@_compiled
def _stage_of(packed, which, mu, p0, act, rest, scale):
    """Turn a stage's sums into mu, p0 and A; see `foedus.game.stages`."""
    crisis, hold = packed.draw[2], packed.draw[3]
    fight_c, shock_mean = packed.draw[4], packed.draw[6]
    for f in range(mu.size):
        shrunk = _fall(abs(mu[f]))
        rate = crisis[which[f]] * (1.0 / shrunk if mu[f] > 0.0 else shrunk)
        mu[f] = rate if rate < 1.0 else 1.0
    for f in range(mu.size):
        alone = hold[which[f]] + p0[f]
        alone = alone if alone > 0.0 else 0.0
        p0[f] = alone if alone < 1.0 else 1.0
    for f in range(mu.size):
        worth = 1.0 - p0[f] * rest[f] - fight_c[which[f]] - act[f] - shock_mean[which[f]]
        act[f] = worth / scale[f]


@_compiled
def _share_help(lanes, pairs, pair, i, guarantors, p0, total):
    """Turn a stage's sums of help into D(1 - x): together no more than the whole shortfall."""
    total[:] = 0.0
    for k in range(guarantors):
        helps = lanes[pair + SAVED * pairs + i * guarantors + k]
        for f in range(total.size):
            helps[f] = helps[f] if helps[f] > 0.0 else 0.0
            total[f] += helps[f]
    rest = lanes[REST]
    for k in range(guarantors):
        helps = lanes[pair + SAVED * pairs + i * guarantors + k]
        for f in range(total.size):
            shrink = total[f] if total[f] > 1.0 else 1.0
            helps[f] = (1.0 - p0[f]) * helps[f] / shrink * rest[f]


@_compiled
def _cut_off(net, saved, mean, narrow, cut, strong):
    """s* in units of the stake's scale, and the chance of a stake above it."""
    for f in range(cut.size):
        always = -np.inf if net[f] <= 0.0 else np.inf
        cut[f] = net[f] / saved[f] if saved[f] > 0.0 else always
    for f in range(cut.size):
        cut[f] = (cut[f] - mean[f]) * narrow[f]
    for f in range(cut.size):
        strong[f] = _sigmoid(-cut[f])


@_compiled
def _honouring(packed, which, lanes, stages, guarantors, party):
    """Fill what honouring takes and costs, and from which stake on it is done."""
    pairs, pair = stages * guarantors, 10 + 3 * stages
    mine = pair + PAIRS * pairs
    for k in range(guarantors):
        support, mean, narrow = (
            lanes[mine + k],
            lanes[mine + guarantors + k],
            lanes[mine + 2 * guarantors + k],
        )
        for f in range(which.size):
            support[f] = packed.support[k, which[f]]
            mean[f] = packed.mean[k, which[f]]
            narrow[f] = 1.0 / packed.scale[k, which[f]]
        for i in range(stages):
            p = pair + i * guarantors + k
            saved, deter = lanes[p + SAVED * pairs], lanes[p + DETER * pairs]
            fight, net = lanes[p + FIGHT * pairs], lanes[p + NET * pairs]
            renege, scale = lanes[p + RENEGE * pairs], lanes[SCALE]
            for f in range(which.size):
                deter[f] = (saved[f] + deter[f]) / scale[f]
            for f in range(which.size):
                fight[f] += packed.fight[k, which[f]]
                net[f] = fight[f] - renege[f]
            if party[k]:
                _cut_off(
                    net, saved, mean, narrow, lanes[p + CUT * pairs], lanes[p + STRONG * pairs]
                )


@_compiled
def _order(lanes, stages, guarantors, party, order):
    """Find the order of s* over the stages that all lanes share, -1 where there is none."""
    first = 10 + 3 * stages + CUT * stages * guarantors
    for k in range(guarantors):
        for i in range(stages):
            order[k, i] = i
        if not party[k]:
            continue
        for i in range(1, stages):
            j = i
            while (
                j
                and lanes[first + order[k, j - 1] * guarantors + k, 0]
                > lanes[first + order[k, j] * guarantors + k, 0]
            ):
                order[k, j - 1], order[k, j] = order[k, j], order[k, j - 1]
                j -= 1
        for i in range(1, stages):
            low = lanes[first + order[k, i - 1] * guarantors + k]
            high = lanes[first + order[k, i] * guarantors + k]
            astray = 0
            for f in range(low.size):
                astray += low[f] > high[f]
            if astray:
                order[k, 0] = -1
                break


@_compiled
def _fill(packed, deal, starts, which, lanes, party, work):
    """Work out what ``deal`` comes to in the futures ``which``: see `foedus.game.stages`."""
    guarantors, stages = party.size, starts.size
    pairs, pair = stages * guarantors, 10 + 3 * stages
    _in_peace(packed, deal, which, lanes)
    _sum_effects(packed, deal, starts, which, lanes, guarantors)
    for i in range(stages):
        p0 = lanes[10 + P0 * stages + i]
        act = lanes[10 + ACT * stages + i]
        _stage_of(packed, which, lanes[10 + i], p0, act, lanes[REST], lanes[SCALE])
        _share_help(lanes, pairs, pair, i, guarantors, p0, work)
    _honouring(packed, which, lanes, stages, guarantors, party)
    delta, mu, gain = lanes[DELTA], lanes[10 + stages - 1], lanes[GAIN]
    for f in range(gain.size):
        gain[f] = delta[f] * mu[f] / (1.0 - delta[f])


@_compiled
def _power(base, exponent, out):
    """out = base^exponent, by squaring; ``base`` is used up."""
    out[:] = 1.0
    while exponent > 0:
        if exponent & 1:
            for f in range(out.size):
                out[f] *= base[f]
        for f in range(out.size):
            base[f] *= base[f]
        exponent >>= 1


@_compiled
def _survival(q, q_window, period, base, out):
    """The chance that the settlement is not challenged in the first ``period`` periods."""
    window = q_window.shape[0]
    for f in range(out.size):
        base[f] = 1.0 - q[f]
    _power(base, max(0, period - window), out)
    for t in range(min(window, period)):
        chance = q_window[t]
        for f in range(out.size):
            out[f] *= 1.0 - chance[f]


@_compiled
def _direct(pi, q_window, window, stages, horizon, work, survive, each, anyone):
    """Chances of direct war by the horizon, with ``anyone`` and, if it has rows, ``each``."""
    guarantors = pi.shape[0] // stages
    reached, broken, none = work[0], work[1], work[2]
    reached[:] = 1.0
    t = 0
    for i in range(stages):
        broken[:] = 0.0
        while t < min(horizon, window.size) and window[t] == i:
            for f in range(reached.size):
                breaks = reached[f] * q_window[t, f]
                broken[f] += breaks
                reached[f] -= breaks
            t += 1
        if i == stages - 1:
            for f in range(reached.size):
                broken[f] += reached[f] - survive[f]
        none[:] = 1.0
        for k in range(guarantors):
            chance = pi[i * guarantors + k]
            if each.shape[0] > 0:
                _add(each[k], chance, broken, 1.0)
            for f in range(none.size):
                none[f] *= 1.0 - chance[f]
        for f in range(none.size):
            anyone[f] += broken[f] * (1.0 - none[f])


@_compiled
def _cost(flow, broken, belief, cost, fight, renege, total):
    """Add one stage's discounted cost to a guarantor: in peace, of fighting, of reneging."""
    for f in range(total.size):
        ends = belief[f] * fight[f] + (1.0 - belief[f]) * renege[f]
        total[f] += flow[f] * cost[f] + broken[f] * ends


@_compiled
def _protected(lanes, pi, play, stages, guarantors, hold, out):
    """V_P, its margin over the war and its part of peace for ever."""
    pairs, pair = stages * guarantors, 10 + 3 * stages
    rest, flow_p, fight_p = lanes[REST], lanes[FLOW_P], lanes[FIGHT_P]
    value = out[VALUE_P]
    for i in range(stages):
        p0, flow, broken = (
            lanes[10 + P0 * stages + i],
            play[FLOW * stages + i],
            play[BROKEN * stages + i],
        )
        for f in range(hold.size):
            hold[f] = p0[f] * rest[f] - fight_p[f]
        for k in range(guarantors):
            p = i * guarantors + k
            _add(hold, pi[p], lanes[pair + SAVED * pairs + p], 1.0)
        for f in range(hold.size):
            value[f] += flow[f] * flow_p[f] + broken[f] * hold[f]
    for f in range(hold.size):
        out[MARGIN_P, f] = value[f] - lanes[WAR_P, f]
        out[SECURITY, f] = value[f] / flow_p[f] if flow_p[f] > 0.0 else 0.0


@_compiled
def _tell(lanes, pi, play, window, party, stages, periods, out):
    """Fill ``out`` with what follows from beliefs that reproduce themselves."""
    guarantors, own = party.size, 3 * stages
    pairs, pair, ends = stages * guarantors, 10 + 3 * stages, own + 10
    q, value, work = play[own + Q], play[own + VALUE], play[own + WORK : own + WORK + 4]
    q_window = play[ends + 3 * guarantors : ends + 3 * guarantors + window.size]
    out[:] = 0.0
    for f in range(q.size):
        out[VALUE_C, f] = value[f] * lanes[SCALE, f]
        out[MARGIN_C, f] = out[VALUE_C, f] - lanes[WAR_C, f]
    _protected(lanes, pi, play, stages, guarantors, work[0], out)
    _survival(q, q_window, window.size, work[0], out[WINDOW_RISK])
    for f in range(q.size):
        out[WINDOW_RISK, f] = 1.0 - out[WINDOW_RISK, f]
    years, told = periods.size, DIRECT + 3 * guarantors
    for y in range(years):
        row = out[told + years + y]
        _survival(q, q_window, periods[y], work[0], row)
        each = out[DIRECT : DIRECT + guarantors if y == years - 1 else DIRECT]
        _direct(pi, q_window, window, stages, periods[y], work, row, each, out[told + y])
    for k in range(guarantors):
        out[DIRECT + 2 * guarantors + k] = 1.0
        if party[k]:
            _copy(play[ends + 2 * guarantors + k], out[DIRECT + 2 * guarantors + k])
        for i in range(stages):
            if party[k]:
                p = i * guarantors + k
                _cost(
                    play[FLOW * stages + i],
                    play[BROKEN * stages + i],
                    pi[p],
                    lanes[pair + COST * pairs + p],
                    lanes[pair + FIGHT * pairs + p],
                    lanes[pair + RENEGE * pairs + p],
                    out[DIRECT + guarantors + k],
                )


@_compiled
def _carry(starts, warm, new_starts, at, n, guarantors, out):
    """Lay beliefs found under one deal's stages out under another's."""
    for i in range(new_starts.size):
        old = 0
        while old + 1 < starts.size and starts[old + 1] <= new_starts[i]:
            old += 1
        for k in range(guarantors):
            for f in range(n):
                out[i * guarantors + k, f] = warm[old * guarantors + k, at + f]


@_compiled
def _solve_block(packed, deal, starts, which, warm, window, party, told, passed):
    """Solve one deal in the futures ``which``, and return the beliefs found (S·K, n).

    They are sought from ``warm`` (S·K, n). ``told`` (rows, n) and ``passed`` (2, n) are filled.
    """
    guarantors, stages, n = party.size, starts.size, which.size
    pairs, last = stages * guarantors, 10 + ACT * stages + stages - 1
    order, residual = np.empty((guarantors, stages), np.int64), np.empty(n)
    lanes = np.empty((10 + 3 * stages + PAIRS * pairs + 3 * guarantors, n))
    play = np.empty((3 * stages + 10 + 3 * guarantors + window.size, n))
    points, frozen = np.zeros((6, pairs, n)), np.empty(n, np.bool_)
    _fill(packed, deal, starts, which, lanes, party, residual)
    _order(lanes, stages, guarantors, party, order)
    for p in range(pairs):
        if party[p % guarantors]:
            _copy(warm[p], points[0, p])
    _subtract(lanes[last], lanes[FLOW_C], play[3 * stages + Z])
    _search(lanes, points, play, residual, frozen, window, party, order, stages, TRIES)
    _tell(lanes, points[0], play, window, party, stages, packed.periods, told)
    for p in range(pairs):
        _copy(points[0, p], points[5, p])
    passed[0] = frozen
    passed[1] = frozen
    _alone(lanes, points, play, passed, window, party, order, stages)
    return points[5]


@_entry
def solve_most(packed, deals, most_stages, told, passed, kept):
    """Solve deals (D, J) in every future, each from the one before, where that is enough.

    ``told`` (D, rows, F) is filled with what follows from the fixed points found, ``kept``
    (D, S·K, F); ``passed`` (D, 2, F) says where the flow from nobody, and from all, leads there.
    ``most_stages`` is the most that any deal has.
    """
    guarantors, futures = packed.fight.shape[0], packed.draw.shape[1]
    before = np.ones((most_stages * guarantors, futures))
    old, party = np.zeros(1, np.int64), np.zeros(guarantors, np.bool_)
    for d in range(deals.shape[0]):
        starts = _starts(packed, deals[d])
        window = np.empty(starts[starts.size - 1], np.int64)
        _in_stages(packed, deals[d], starts, window, party)
        pairs = starts.size * guarantors
        for at in range(0, futures, BLOCK):
            end = min(at + BLOCK, futures)
            warm, here = np.empty((pairs, end - at)), np.empty((told.shape[1], end - at))
            both, which = np.empty((2, end - at), np.bool_), np.arange(at, end)
            _carry(old, before, starts, at, end - at, guarantors, warm)
            found = _solve_block(packed, deals[d], starts, which, warm, window, party, here, both)
            told[d, :, at:end] = here
            passed[d, :, at:end] = both
            for p in range(pairs):
                _copy(found[p], kept[d, p, at:end])
                _copy(found[p], before[p, at:end])
        old = starts


@_compiled
def _solve(matrix, vector):
    """Solve a small linear system in place; say whether its determinant is above 0."""
    size, positive = vector.size, True
    for c in range(size):
        best = c
        for r in range(c + 1, size):
            if abs(matrix[r, c]) > abs(matrix[best, c]):
                best = r
        for j in range(size):
            matrix[c, j], matrix[best, j] = matrix[best, j], matrix[c, j]
        vector[c], vector[best] = vector[best], vector[c]
        if matrix[c, c] == 0.0:
            return False
        positive = positive == ((matrix[c, c] > 0.0) == (best == c))
        for r in range(c + 1, size):
            factor = matrix[r, c] / matrix[c, c]
            for j in range(c, size):
                matrix[r, j] -= factor * matrix[c, j]
            vector[r] -= factor * vector[c]
    for c in range(size - 1, -1, -1):
        for j in range(c + 1, size):
            vector[c] -= matrix[c, j] * vector[j]
        vector[c] /= matrix[c, c]
    return positive


@_entry
def seek(lanes, points, play, frozen, tries, window, party, order, stages):
    """Look for the fixed point that the flow leads to from ``points[0]``; say where there is one.

    ``points[1]`` is T there. ``points[0]`` is moved to the fixed point, ``points[4]`` is where it
    was, ``frozen`` (n,) where it is found.
    """
    for p in range(points.shape[1]):
        _copy(points[0, p], points[4, p])
        _copy(points[1, p], points[0, p])
    residual = np.empty(frozen.size)
    _search(lanes, points, play, residual, frozen, window, party, order, stages, tries)


@_entry
def straight(lanes, points, play, near, passed, window, party, order, stages):
    """Say where the flow leads from ``points[4]`` to the fixed point ``points[0]``.

    It does if T leads there all the way, or if it is about as near as ``near`` (n,), by how much
    the first point fails to reproduce itself.
    """
    here, image, origin, target = points[2], points[1], points[4], points[0]
    away = np.empty(passed.size)
    passed[:] = True
    for share in JUMP:
        _part_way(origin, target, share, here)
        _evaluate(lanes, here, play, image, window, party, order, stages, 2)
        _pulled(here, image, target, JUMP_PULL, JUMP_CLOSE, passed)
    _residual(origin, target, away)
    for f in range(away.size):
        passed[f] = passed[f] or (near[f] <= NEAR and away[f] <= FAR * near[f])


@_compiled
def _swing(ends, now, party, out):
    """The most that anybody's acceptance changes: alpha, or the chance beyond either end.

    ``ends``, ``now`` (3·K, n): low, high and alpha; where nobody refuses, the ends do not count.
    """
    guarantors = party.size
    out[:] = 0.0
    for k in range(guarantors):
        if not party[k]:
            continue
        for f in range(out.size):
            old, new = ends[guarantors + k, f], now[guarantors + k, f]
            both = old > -np.inf and new > -np.inf
            low = abs(_sigmoid(ends[k, f]) - _sigmoid(now[k, f]))
            high = abs(_sigmoid(old) - _sigmoid(new))
            most = low if low > high else high
            change = abs(ends[2 * guarantors + k, f] - now[2 * guarantors + k, f])
            most = most if both and most > change else change
            out[f] = most if most > out[f] else out[f]


@_compiled
def _take_steps(points, ends, now, length, strain):
    """Take the trial points that strain the rule by no more than 1, and set the next lengths."""
    for p in range(points.shape[1]):
        for f in range(length.size):
            taken = strain[f] <= 1.0 or length[f] <= SHORTEST
            points[0, p, f] = points[2, p, f] if taken else points[0, p, f]
            points[1, p, f] = points[3, p, f] if taken else points[1, p, f]
    for row in range(ends.shape[0]):
        for f in range(length.size):
            taken = strain[f] <= 1.0 or length[f] <= SHORTEST
            ends[row, f] = now[row, f] if taken else ends[row, f]
    for f in range(length.size):
        grown = 0.9 / strain[f] if strain[f] > 0.9 / GROWTH else GROWTH
        cut = 0.7 / strain[f] if strain[f] < 7.0 else 0.1
        longer = length[f] * (grown if strain[f] <= 1.0 or length[f] <= SHORTEST else cut)
        length[f] = longer if longer > SHORTEST else SHORTEST


@_entry
def walk(lanes, points, play, ends, length, steps, window, party, order, stages):
    """Take steps along the flow from ``points[0]`` as if it were easy: `foedus.game.dynamics`.

    ``points[1]`` is T there and ``ends`` (3·K, n) who accepts there; ``length`` (n,) is that of the
    next step in each lane.
    """
    own = 3 * stages
    here, image, trial, beyond = points[0], points[1], points[2], points[3]
    now = play[own + 10 : own + 10 + 3 * party.size]
    off, strain, swing = np.empty(length.size), np.empty(length.size), np.empty(length.size)
    for _ in range(steps):
        _residual(here, image, off)
        for p in range(here.shape[0]):
            for f in range(length.size):
                part = length[f] / (1.0 + length[f])
                trial[p, f] = here[p, f] + part * (image[p, f] - here[p, f])
        _evaluate(lanes, trial, play, beyond, window, party, order, stages, 2)
        _residual(image, beyond, strain)
        _swing(ends, now, party, swing)
        for f in range(length.size):
            turned = strain[f] / (TURN * off[f]) if off[f] > 0.0 else 0.0
            moved = off[f] * (length[f] / (1.0 + length[f])) / MOVE
            most = turned if turned > moved else moved
            strain[f] = most if most > swing[f] / SWING else swing[f] / SWING
        _take_steps(points, ends, now, length, strain)


@_compiled
def _implicit_step(slopes, ahead, length, step, matrix):
    """The linearly implicit Euler step; False where it would lead into a point that repels.

    Up to a step's length every eigenvalue of (1 + 1/h) - S is above 0 or complex; where one has
    gone through 0 the determinant has changed its sign. It is looked at up to four times h.
    """
    size = ahead.size
    careful = _repels(slopes)
    for times in (4.0, 2.0, 1.0):
        if times > 1.0 and not careful:
            continue
        for i in range(size):
            step[i] = ahead[i]
            for j in range(size):
                matrix[i, j] = (1.0 + 1.0 / (times * length) if i == j else 0.0) - slopes[i, j]
        if not _solve(matrix, step):
            return False
    return True


@_compiled
def _repels(slopes):
    """Say whether a point might repel the flow: not if no row of the slopes adds up to 1."""
    for i in range(slopes.shape[0]):
        total = 0.0
        for j in range(slopes.shape[1]):
            total += abs(slopes[i, j])
        if total >= 1.0:
            return True
    return False


@_compiled
def _slopes_at(lanes, points, play, slopes, window, party, order, stages):
    """Measure how T turns at ``points[0]``, T there being ``points[1]``: slopes (S·K, S·K, n)."""
    pairs, n = points.shape[1], points.shape[2]
    here, image, moved, beyond = points[0], points[1], points[4], points[5]
    for p in range(pairs):
        _copy(here[p], moved[p])
    for j in range(pairs):
        if not party[j % party.size]:
            continue
        for f in range(n):
            moved[j, f] += NUDGE if here[j, f] < 0.5 else -NUDGE
        _evaluate(lanes, moved, play, beyond, window, party, order, stages, 2)
        for p in range(pairs):
            for f in range(n):
                slopes[p, j, f] = (beyond[p, f] - image[p, f]) / (moved[j, f] - here[j, f])
        _copy(here[j], moved[j])


@_compiled
def _implicit_trials(points, slopes, length, aims):
    """Fill ``points[2]`` with where implicit steps lead, ``aims`` with what T should be there."""
    pairs, n = points.shape[1], points.shape[2]
    here, image, trial = points[0], points[1], points[2]
    own, matrix = np.empty((pairs, pairs)), np.empty((pairs, pairs))
    ahead, step = np.empty(pairs), np.empty(pairs)
    for f in range(n):
        for p in range(pairs):
            ahead[p] = image[p, f] - here[p, f]
            for j in range(pairs):
                own[p, j] = slopes[p, j, f]
        while length[f] > SHORTEST and not _implicit_step(own, ahead, length[f], step, matrix):
            length[f] = max(SHORTEST, length[f] / 2)
        if length[f] <= SHORTEST:
            _implicit_step(own, ahead, length[f], step, matrix)
        for p in range(pairs):
            trial[p, f] = min(1.0, max(0.0, here[p, f] + step[p]))
        for p in range(pairs):
            aim = image[p, f]
            for j in range(pairs):
                aim += own[p, j] * (trial[j, f] - here[j, f])
            aims[p, f] = aim


@_compiled
def _copy_rows(source, out):
    """Copy every row."""
    for row in range(source.shape[0]):
        _copy(source[row], out[row])


@_entry
def fill_lanes(packed, deals, rows, which, lanes, window, party, order):
    """Fill a table of lanes: lane i is deal ``rows[i]`` in future ``which[i]``.

    The deals have the same stages and parties, and lanes of a deal follow each other. ``window``,
    ``party`` and ``order`` are filled too, for all of them.
    """
    starts = _starts(packed, deals[rows[0]])
    _in_stages(packed, deals[rows[0]], starts, window, party)
    begin = 0
    while begin < rows.size:
        end = begin
        while end < rows.size and rows[end] == rows[begin]:
            end += 1
        some, work = np.empty((lanes.shape[0], end - begin)), np.empty(end - begin)
        _fill(packed, deals[rows[begin]], starts, which[begin:end], some, party, work)
        for row in range(lanes.shape[0]):
            _copy(some[row], lanes[row, begin:end])
        begin = end
    _order(lanes, starts.size, party.size, party, order)


@_entry
def begin(lanes, start, points, play, window, party, order, stages):
    """Play from where nobody is believed to honour (``start`` 0), or everybody (1)."""
    for p in range(points.shape[1]):
        if party[p % party.size]:
            points[0, p] = start
    last = 10 + ACT * stages + stages - 1
    _subtract(lanes[last], lanes[FLOW_C], play[3 * stages + Z])
    _evaluate(lanes, points[0], play, points[1], window, party, order, stages, 6)


@_entry
def tell(lanes, found, play, window, party, order, stages, periods, out):
    """Fill ``out`` (rows, n) with what follows from the equilibria ``found`` (S·K, n)."""
    last = 10 + ACT * stages + stages - 1
    _subtract(lanes[last], lanes[FLOW_C], play[3 * stages + Z])
    _evaluate(lanes, found, play, np.zeros_like(found), window, party, order, stages, 10)
    _tell(lanes, found, play, window, party, stages, periods, out)


@_entry
def creep(lanes, points, play, ends, length, steps, window, party, order, stages):
    """Take implicit steps along the flow from ``points[0]``: see `foedus.game.dynamics`.

    ``points[1]`` is T there and ``ends`` (3·K, n) who accepts there; ``length`` (n,) is that of the
    next step in each lane. A lane that has arrived takes no more.
    """
    pairs, n, own = points.shape[1], points.shape[2], 3 * stages
    here, image, trial, beyond = points[0], points[1], points[2], points[3]
    now = play[own + 10 : own + 10 + 3 * party.size]
    slopes, aims = np.zeros((pairs, pairs, n)), np.empty((pairs, n))
    accepting = np.empty_like(ends)
    off, moved, strain, swing = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    for _ in range(steps):
        _slopes_at(lanes, points, play, slopes, window, party, order, stages)
        _implicit_trials(points, slopes, length, aims)
        _evaluate(lanes, trial, play, beyond, window, party, order, stages, 3)
        _residual(here, image, off)
        _residual(here, trial, moved)
        _residual(aims, beyond, strain)
        _copy_rows(now, accepting)
        _swing(ends, accepting, party, swing)
        for f in range(n):
            turned = strain[f] / (TURN * off[f]) if off[f] > 0.0 else 0.0
            strain[f] = max(turned, moved[f] / MOVE, swing[f] / SWING)
            strain[f] = np.inf if off[f] <= EXACT else strain[f]
            length[f] = length[f] if off[f] > EXACT else 1.0
        _take_steps(points, ends, accepting, length, strain)
