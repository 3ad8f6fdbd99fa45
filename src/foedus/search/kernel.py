"""The game compiled: one deal in many futures at a time, side by side in the processor.

This is the twin of `foedus.game` for speed, and is held to it by tests. It finds the same
equilibria by a shorter road. A fixed point is sought from a neighbouring deal's; then T is looked
at along the two straight ways to it, from "nobody honours" and from "everybody does". Where it
pulls towards the point everywhere on both, the flow from either start leads there: one equilibrium,
done. The other futures, few, walk the flow as the reference does, and look from time to time
whether the rest of the way is straight; `foedus.search.careful` leads them.

Everything compiled is in this one file, since a compiled function is kept on disk under the date of
its own file alone. A lane is one deal in one future; tables have the lanes as their last axis, so
that each loop is one short straight body that the compiler turns into wide instructions. The loops
are told the rows that they work on: a row cut out as an array of its own would cost more than the
loop. Two rows that a loop reads and writes are never the same, or the compiler's check for that
sends it the slow way.

Points are found and told in double precision. To look where T leads, and to walk along the flow,
single precision does, in a third of the time: the same functions, compiled for both. Values of the
challenger are in units of the scale of its private cost, stakes in units of theirs. Nothing depends
on how many threads run or which future sits beside which: a lane meets no other.
"""

from __future__ import annotations

from functools import cache
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
DETER, SAVED, NET, CUT, STRONG, BELOW, FIGHT, COST, RENEGE = range(9)
"""What honouring takes from the challenger, D(1 - x), what honouring costs net, s*, the chances of
a stake above it and below, the costs of fighting, in peace, and of reneging."""
PAIRS = 9
SUPPORT, MEAN, NARROW = range(3)
"""R_k's fall, the stake's mean, and 1 over its scale."""

FLOW, BROKEN = 1, 2
Z, MOVED, Q, VALUE, REACHED, COMMON, BASE, LINE, LOW, HIGH = 0, 1, 2, 3, 4, 5, 6, 8, 10, 12
OWN = 14
WEAK, KEEN, ALPHA = range(3)
"""Rows of a table of play: S each of A, the weights of peace and of a challenge; then once z,
Newton's last step, q, V_C, how much of the path is left, what all guarantors' lines have in common,
slope and worth of a line, the same of another, and the ends of the interval of stakes that refuse,
each as a dividend and a divisor; K each of the chances of a stake below the interval, above it, and
alpha; q in each period of the window."""

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

TRIES = (5, 8, 16)
"""Evaluations after which the lanes that have found no fixed point go on alone, and at the last of
which they take the careful road."""

WAYS = (
    *((0.0, share) for share in (0.0, 0.25, 0.4)),
    *((1.0, share) for share in (0.1, 0.5, 0.7, 0.8, 0.95)),
)
"""Where T is looked at on the ways to the point found: the start, and the share of the way."""

PULL, CLOSE = 0.4, 1e-2
"""T must lead at least this part of the rest of the way, in every belief that has far to go."""

JUMP = (0.0, 0.12, 0.4, 0.8, 0.03, 0.07, 0.2, 0.3, 0.5, 0.6, 0.7, 0.87, 0.93, 0.97)
GLANCE = 4
JUMP_PULL, JUMP_CLOSE = 0.1, 1e-3
"""Where T is looked at on the way from a point of the flow to the fixed point it seems to lead to,
how many of these places come first, the pull there must be, and what is close there."""

MOVE, TURN, SWING = 0.1, 0.1, 0.25
FIRST, SHORTEST, GROWTH, LONGEST = 0.1, 1e-4, 4.0, 1e6
"""How far a step along the flow may go and the lengths it may have; see `foedus.game.dynamics`."""

NEAR, FAR, NOISE = 1e-4, 30.0, 3e-6
"""A point this near to reproducing itself is taken to be about to arrive, at a fixed point no more
than so many times as far away; nearer than the last it may be by chance, in single precision."""

NUDGE = 1e-7
"""How far beliefs are moved to see how T turns."""

BLOCK = 512
"""Futures side by side: what they need stays in the second cache."""

EXP = (
    (
        *(1.0000000000000013, 0.5000000000000001, 0.16666666666615607, 0.04166666666662413),
        *(0.008333333367332009, 0.0013888888917213717, 0.0001984119061583585),
        *(2.4801521295954376e-05, 2.763265575933203e-06, 2.7620088445409746e-07),
    ),
    (1.0, 0.49999371887106436, 0.16666576989698775, 0.04187568633968518, 0.008363179052722578),
)
"""(e^r - 1)/r for r from -log(2)/2 to log(2)/2, as a polynomial in r through its values at
Chebyshev's nodes: for double precision, to 6e-16 of e^r, and for single, to 2e-7."""

LOG = (
    (
        *(1.0, 0.33333333333341286, 0.199999999976438, 0.1428571455582858, 0.11111095430673142),
        *(0.09091429900236955, 0.07681838124445817, 0.06795652742789947, 0.04940394524382393),
        0.08890381913056651,
    ),
    (0.9999998401331136, 0.33337924334677266, 0.19796592837711488, 0.17101809682970479),
)
"""artanh(s)/s for s <= 1/3 as a polynomial in s^2, likewise: to 1e-16 and 2e-7."""

_entry = njit(cache=True, error_model="numpy", nogil=True)
_compiled = njit(
    cache=True,
    error_model="numpy",
    nogil=True,
    no_cpython_wrapper=True,
    no_cfunc_wrapper=True,
)
_inlined = njit(
    cache=True,
    error_model="numpy",
    nogil=True,
    no_cpython_wrapper=True,
    no_cfunc_wrapper=True,
    forceinline=True,
)
_merged = njit(inline="always", error_model="numpy", nogil=True)  # quicker to compile, used once
"""IEEE arithmetic as written: nothing is reordered, so the bits do not depend on the machine."""


def _precision(*values):
    """Return the type of a number, or of a table's numbers: single if any of them is."""
    numbers = [getattr(value, "dtype", value) for value in values]
    return types.float32 if types.float32 in numbers else types.float64


def _llvm(number):
    """Return the type of a number as LLVM names it."""
    return ir.FloatType() if number == types.float32 else ir.DoubleType()


def _narrowed(builder, value, have, want):
    """Round to single precision where that is wanted of a number in double."""
    return value if have == want else builder.fptrunc(value, _llvm(want))


@intrinsic
def _as(_context, number, like):
    """A number in the precision of another, or of a table."""
    precision = _precision(like)

    def build(_target, builder, signature, args):
        return _narrowed(builder, args[0], signature.args[0], precision)

    return precision(number, like), build


@intrinsic
def _either(_context, like, double, single):
    """One number for double precision, another for single."""
    precision = _precision(like)

    def build(_target, builder, signature, args):
        which = 1 if precision == types.float64 else 2
        return _narrowed(builder, args[which], signature.args[which], precision)

    return precision(like, double, single), build


@intrinsic
def _fma(_context, a, b, c):
    """a·b + c, rounded once."""
    precision = _precision(a, b, c)

    def build(_target, builder, signature, args):
        each = zip(args, signature.args, strict=True)
        return builder.fma(*(_narrowed(builder, value, have, precision) for value, have in each))

    return precision(a, b, c), build


def _polynomial(x, coefficients):
    """Return how a polynomial in ``x`` is typed and built, by Horner's rule."""

    def build(_target, builder, _signature, args):
        single = x == types.float32
        each = [float(np.float32(c)) if single else c for c in coefficients[single]]
        *lower, total = (ir.Constant(_llvm(x), c) for c in each)
        for coefficient in reversed(lower):
            total = builder.fma(total, args[0], coefficient)
        return total

    return x(x), build


@intrinsic
def _exp_series(_context, r):
    """(e^r - 1)/r near 0."""
    return _polynomial(r, EXP)


@intrinsic
def _log_series(_context, w):
    """artanh(s)/s, from s^2."""
    return _polynomial(w, LOG)


@intrinsic
def _power_of_two(_context, rounded):
    """2^n, from n + the exponent's offset in the last bits of a number that was rounded whole."""

    def build(_target, builder, _signature, args):
        bits, fraction = (32, 23) if rounded == types.float32 else (64, 52)
        whole = ir.IntType(bits)
        moved = builder.shl(builder.bitcast(args[0], whole), ir.Constant(whole, fraction))
        return builder.bitcast(moved, _llvm(rounded))

    return rounded(rounded), build


@_inlined
def _fall(a):
    """e^-a for a >= 0, by its series about the nearest power of two; 0 where it all but is."""
    most = _either(a, 708.0, 87.0)
    cut = a if a < most else most
    shift = _either(a, 6755399441056767.0, 12583039.0)  # 1.5·2^52 + 1023, 1.5·2^23 + 127
    rounded = _fma(cut, _as(-1.4426950408889634, a), shift)
    whole = rounded - shift
    # log 2 in two parts, the first with zeros at its end
    r = _fma(whole, _either(a, -0.6931471803691238, -0.693359375), -cut)
    r = _fma(whole, _either(a, -1.9082149292705877e-10, 2.12194440e-4), r)
    power = _fma(_exp_series(r), r, _as(1.0, a)) * _power_of_two(rounded)
    return power if a < most else _as(0.0, a)


@_inlined
def _sigmoid(z):
    """The chance that a standard logistic draw is below z."""
    one = _as(1.0, z)
    small = _fall(abs(z))
    return (one if z >= _as(0.0, z) else small) / (one + small)


@_inlined
def _option(z):
    """The chance of acting, and log(1 + e^z), what being able to is worth: one exponential.

    log(1 + e) is 2 artanh(e/(2 + e)); both quotients share a division.
    """
    zero, one, two = _as(0.0, z), _as(1.0, z), _as(2.0, z)
    small = _fall(abs(z))
    above, far = one + small, two + small
    share = one / (above * far)
    s = small * above * share
    chance = (one if z >= zero else small) * far * share
    return chance, _fma(two * s, _log_series(s * s), z if z > zero else zero)


@_merged
def _newton(play, act, z, lanes):
    """Move z towards the root of z + gain·log(1 + e^z) = A - shock_mean - y_c by Newton's step.

    Increasing and convex: after one step the root is approached from above.
    """
    one = _as(1.0, lanes)
    for f in range(play.shape[1]):
        chance, worth = _option(play[z, f])
        over = play[z, f] + lanes[GAIN, f] * worth - (play[act, f] - lanes[FLOW_C, f])
        play[z, f] -= over / (one + lanes[GAIN, f] * chance)


@_merged
def _last_stage(play, act, z, lanes, mu):
    """Take one more of Newton's steps; q and V_C there, once all is in force, by Taylor's series.

    Their error is of the third order in the step; once z is found there is none.
    """
    zero, half, one = _as(0.0, lanes), _as(0.5, lanes), _as(1.0, lanes)
    for f in range(play.shape[1]):
        gain, act_here = lanes[GAIN, f], play[act, f]
        chance, worth = _option(play[z, f])
        over = play[z, f] + gain * worth - (act_here - lanes[FLOW_C, f])
        step = zero - over / (one + gain * chance)
        found = play[z, f] + step
        play[z + MOVED, f] = abs(step) / (one + abs(found))
        step = step if step < one else one
        step = step if step > -one else -one
        turn = chance * (one - chance)
        bend = half * step * step * turn
        chance_there = chance + turn * step + (one - chance - chance) * bend
        play[z, f] = found
        play[z + Q, f] = lanes[mu, f] * chance_there
        play[z + VALUE, f] = act_here - found + lanes[mu, f] * (worth + chance * step + bend)


@_merged
def _one_period(play, act, value, q, lanes, mu):
    """Go one period of the window back: V_t from V_{t+1}, and q_t."""
    for f in range(play.shape[1]):
        flow = lanes[FLOW_C, f]
        later = flow + lanes[DELTA, f] * (play[value, f] - flow)
        chance, worth = _option(play[act, f] - later)
        play[q, f] = lanes[mu, f] * chance
        play[value, f] = later + lanes[mu, f] * worth


@_merged
def _weigh(play, reached, q, lanes, flow, broken, begins):
    """Add one period's weights, to nothing if the stage ``begins`` with it, and go on."""
    zero, one = _as(0.0, lanes), _as(1.0, lanes)
    for f in range(play.shape[1]):
        breaks = play[reached, f] * play[q, f]
        kept = play[reached, f] - breaks
        play[broken, f] = breaks + (zero if begins else play[broken, f])
        play[flow, f] = kept * (one - lanes[DELTA, f]) + (zero if begins else play[flow, f])
        play[reached, f] = kept * lanes[DELTA, f]


@_merged
def _weigh_rest(play, reached, q, lanes, flow, broken):
    """Fill in the weights of all that comes once all is in force."""
    one = _as(1.0, lanes)
    for f in range(play.shape[1]):
        ever = play[q, f] / (one - lanes[DELTA, f] * (one - play[q, f]))
        breaks = play[reached, f] * ever
        play[broken, f] = breaks
        play[flow, f] = play[reached, f] - breaks


@_inlined
def _fill_row(table, row, number):
    """Fill a row with a number."""
    for f in range(table.shape[1]):
        table[row, f] = number


@_merged
def _take_from(lanes, start, pi, p, deter, play, act):
    """A in a stage, less what one guarantor's help takes from it."""
    for f in range(play.shape[1]):
        play[act, f] = lanes[start, f] - pi[p, f] * lanes[deter, f]


@_merged
def _take_more(pi, p, lanes, deter, play, act):
    """Take from A what another guarantor's help takes."""
    for f in range(play.shape[1]):
        play[act, f] -= pi[p, f] * lanes[deter, f]


@_merged
def _act(lanes, pi, play, party, stages, i):
    """A - shock_mean in stage i: what a challenge is worth to the challenger."""
    guarantors, start, deter = party.size, 10 + ACT * stages + i, 10 + 3 * stages
    begun = False
    for k in range(guarantors):
        p = i * guarantors + k
        if party[k] and begun:
            _take_more(pi, p, lanes, deter + p, play, i)
        elif party[k]:
            _take_from(lanes, start, pi, p, deter + p, play, i)
            begun = True
    if not begun:
        for f in range(play.shape[1]):
            play[i, f] = lanes[start, f]


@_merged
def _respond(lanes, pi, play, window, party, stages, rounds):
    """The challenger's best reply to ``pi``, and the weights that follow; z is moved, not found."""
    last, own = stages - 1, 3 * stages
    in_window = own + OWN + 3 * party.size
    for i in range(stages):
        _act(lanes, pi, play, party, stages, i)
    for _ in range(rounds - 1):
        _newton(play, last, own + Z, lanes)
    _last_stage(play, last, own + Z, lanes, 10 + last)
    for t in range(window.size - 1, -1, -1):
        i = window[t]
        _one_period(play, i, own + VALUE, in_window + t, lanes, 10 + i)
    _fill_row(play, own + REACHED, _as(1.0, lanes))
    for t in range(window.size):
        i = window[t]
        begins = t == 0 or window[t - 1] != i
        flow, broken = FLOW * stages + i, BROKEN * stages + i
        _weigh(play, own + REACHED, in_window + t, lanes, flow, broken, begins)
    _weigh_rest(play, own + REACHED, own + Q, lanes, FLOW * stages + last, BROKEN * stages + last)


@_inlined
def _narrow(slope, worth, low, low_by, high, high_by):
    """Narrow the interval of stakes that refuse by one plan's line: -worth/slope is its zero.

    Each end is a quotient with a divisor not below 0, so that quotients compare by products. A
    flat line that is not below 0 puts the low end at infinity: nobody refuses.
    """
    zero, one = _as(0.0, slope), _as(1.0, slope)
    flat = slope == zero and worth >= zero
    lifts = slope < zero and worth * low_by > low * -slope
    lowers = slope > zero and -worth * high_by < high * slope
    new_low = one if flat else (worth if lifts else low)
    new_low_by = zero if flat else (-slope if lifts else low_by)
    return new_low, new_low_by, -worth if lowers else high, slope if lowers else high_by


@_merged
def _first_plan(play, line, low):
    """Begin the interval with the plan never to honour."""
    zero, one = _as(0.0, play), _as(1.0, play)
    for f in range(play.shape[1]):
        ends = _narrow(play[line, f], play[line + 1, f], -one, zero, one, zero)
        play[low, f], play[low + 1, f], play[low + 2, f], play[low + 3, f] = ends


@_merged
def _next_plan(play, line, broken, lanes, saved, net, low):
    """Add to the last plan the stage where s* is the next higher; narrow the interval by it."""
    for f in range(play.shape[1]):
        slope = play[line, f] + play[broken, f] * lanes[saved, f]
        worth = play[line + 1, f] - play[broken, f] * lanes[net, f]
        play[line, f], play[line + 1, f] = slope, worth
        before = play[low, f], play[low + 1, f], play[low + 2, f], play[low + 3, f]
        ends = _narrow(slope, worth, *before)
        play[low, f], play[low + 1, f], play[low + 2, f], play[low + 3, f] = ends


@_merged
def _begin_plan(play, base, line, broken, lanes, cut, other, saved, net):
    """Begin a plan with the first stage, for a type whose stake is the s* of row ``cut``."""
    zero = _as(0.0, lanes)
    for f in range(play.shape[1]):
        weight = play[broken, f] if lanes[other, f] <= lanes[cut, f] else zero
        play[line, f] = play[base, f] + weight * lanes[saved, f]
        play[line + 1, f] = play[base + 1, f] - weight * lanes[net, f]


@_merged
def _add_to_plan(play, line, broken, lanes, cut, other, saved, net):
    """Add the stage of s* in row ``other``, where that type honours in it too."""
    zero = _as(0.0, lanes)
    for f in range(play.shape[1]):
        weight = play[broken, f] if lanes[other, f] <= lanes[cut, f] else zero
        play[line, f] += weight * lanes[saved, f]
        play[line + 1, f] -= weight * lanes[net, f]


@_merged
def _by_plan(play, line, low):
    """Narrow the interval by a plan."""
    for f in range(play.shape[1]):
        before = play[low, f], play[low + 1, f], play[low + 2, f], play[low + 3, f]
        ends = _narrow(play[line, f], play[line + 1, f], *before)
        play[low, f], play[low + 1, f], play[low + 2, f], play[low + 3, f] = ends


@_merged
def _in_common(play, common, flow, broken, lanes, p0, begins):
    """Add one stage to the slope of never honouring, with nobody's help."""
    zero = _as(0.0, lanes)
    for f in range(play.shape[1]):
        here = lanes[REST, f] * (play[flow, f] + play[broken, f] * lanes[p0, f])
        play[common, f] = here + (zero if begins else play[common, f])


@_merged
def _start_line(play, common, lanes, support, line):
    """Begin a guarantor's lines with what the war is worth to it."""
    for f in range(play.shape[1]):
        play[line, f] = play[common, f] - lanes[WAR_STAKE, f]
        play[line + 1, f] = lanes[support, f]


@_merged
def _base_line(play, worth, flow, broken, lanes, cost, renege):
    """Add one stage's costs to the line of a guarantor's plan never to honour."""
    for f in range(play.shape[1]):
        play[worth, f] -= play[flow, f] * lanes[cost, f] + play[broken, f] * lanes[renege, f]


@_merged
def _with_help(play, slope, broken, pi, p, lanes, saved):
    """Add what another's fighting saves to a guarantor's line."""
    for f in range(play.shape[1]):
        play[slope, f] += play[broken, f] * (pi[p, f] * lanes[saved, f])


@_merged
def _accept(lanes, pi, play, party, stages, k, order):
    """The interval of stakes of guarantor k that refuse: see `foedus.game.acceptance`.

    ``order`` (S,) has the stages from the lowest s* to the highest if that is the same in every
    lane, so that each plan adds one stage to the last; it begins with -1 otherwise.
    """
    guarantors, own, pair = party.size, 3 * stages, 10 + 3 * stages
    pairs, base, line, low = stages * guarantors, own + BASE, own + LINE, own + LOW
    _start_line(play, own + COMMON, lanes, pair + PAIRS * pairs + k, base)
    for i in range(stages):
        p, flow, broken = pair + i * guarantors + k, FLOW * stages + i, BROKEN * stages + i
        _base_line(play, base + 1, flow, broken, lanes, p + COST * pairs, p + RENEGE * pairs)
        for other in range(guarantors):
            if other != k and party[other]:
                o = i * guarantors + other
                _with_help(play, base, broken, pi, o, lanes, pair + SAVED * pairs + o)
    _first_plan(play, base, low)
    for i in range(stages):
        if order[0] >= 0:
            p, broken = pair + order[i] * guarantors + k, BROKEN * stages + order[i]
            _next_plan(play, base, broken, lanes, p + SAVED * pairs, p + NET * pairs, low)
            continue
        cut = pair + CUT * pairs + i * guarantors + k
        for j in range(stages):
            p, broken = pair + j * guarantors + k, BROKEN * stages + j
            other, saved, net = p + CUT * pairs, p + SAVED * pairs, p + NET * pairs
            if j == 0:
                _begin_plan(play, base, line, broken, lanes, cut, other, saved, net)
            else:
                _add_to_plan(play, line, broken, lanes, cut, other, saved, net)
        _by_plan(play, line, low)


@_merged
def _ends(play, low, lanes, mean, narrow, weak, keen, alpha):
    """The chances of a stake below the interval and above it, and alpha.

    Where the interval is empty all accept, as strong types.
    """
    nobody = _as(-np.inf, lanes)
    for f in range(play.shape[1]):
        least, most = play[low, f] / play[low + 1, f], play[low + 2, f] / play[low + 3, f]
        refused = least < most
        least = (least - lanes[mean, f]) * lanes[narrow, f]
        most = (most - lanes[mean, f]) * lanes[narrow, f]
        below, above = (
            _sigmoid(least if refused else nobody),
            _sigmoid(-most if refused else -nobody),
        )
        play[weak, f], play[keen, f], play[alpha, f] = below, above, below + above


@_merged
def _posterior(play, weak, keen, alpha, lanes, strong, below, out, p):
    """pi by Bayes' rule: the strong among those that accept, and the weak that would honour.

    The latter lie between s* and the interval: there are none if it begins below s*. The chance is
    a difference of two that are either both small, or else small beside alpha's digits.
    """
    zero, one = _as(0.0, lanes), _as(1.0, lanes)
    for f in range(play.shape[1]):
        strongest = lanes[strong, f] if lanes[strong, f] < play[keen, f] else play[keen, f]
        between = play[weak, f] - lanes[below, f]
        chance = (strongest + (between if between > zero else zero)) / play[alpha, f]
        out[p, f] = zero if play[alpha, f] <= zero else (chance if chance < one else one)


@_entry
def evaluate(lanes, pi, play, out, window, party, order, stages, rounds):
    """T(pi): the challenger's reply, who accepts given that, and what that says of them."""
    _respond(lanes, pi, play, window, party, stages, rounds)
    guarantors, own, pair = party.size, 3 * stages, 10 + 3 * stages
    pairs, ends = stages * guarantors, own + OWN
    mine = pair + PAIRS * pairs
    for i in range(stages):
        flow, broken = FLOW * stages + i, BROKEN * stages + i
        _in_common(play, own + COMMON, flow, broken, lanes, 10 + P0 * stages + i, i == 0)
    for k in range(guarantors):
        if not party[k]:
            continue
        weak, keen, alpha = ends + k, ends + KEEN * guarantors + k, ends + ALPHA * guarantors + k
        _accept(lanes, pi, play, party, stages, k, order[k])
        mean, narrow = mine + guarantors + k, mine + 2 * guarantors + k
        _ends(play, own + LOW, lanes, mean, narrow, weak, keen, alpha)
        for i in range(stages):
            p = i * guarantors + k
            strong, below = pair + STRONG * pairs + p, pair + BELOW * pairs + p
            _posterior(play, weak, keen, alpha, lanes, strong, below, out, p)


@intrinsic
def _call(_context, address, lanes, pi, play, out, window, party, order, stages, rounds):
    """Call `evaluate`, compiled once, where it lies: it is too long to be part of every caller."""
    given = (lanes, pi, play, out, window, party, order, stages, rounds)
    if any(getattr(each, "layout", "C") != "C" for each in given):
        return None  # tables are as they were made

    def build(target, builder, signature, args):
        kinds = signature.args[1:]
        kind = target.call_conv.get_function_type(types.none, kinds)
        place = builder.inttoptr(args[0], kind.as_pointer())
        target.call_conv.call_function(builder, place, types.none, kinds, args[1:])
        return target.get_dummy_value()

    return types.none(address, *given), build


@cache
def address(single):
    """Return where `evaluate` lies for tables in double or ``single`` precision."""
    table = types.Array(types.float32 if single else types.float64, 2, "C")
    counts, flags = types.Array(types.int64, 1, "C"), types.Array(types.boolean, 1, "C")
    common = (counts, flags, types.Array(types.int64, 2, "C"), types.int64)
    kinds = (*(table,) * 4, *common, types.int64)
    evaluate.compile(kinds)
    made = evaluate.get_compile_result(types.void(*kinds))
    return made.library.get_pointer_to_function(made.fndesc.llvm_func_name)


@_compiled
def _copy(source, out):
    """out = source."""
    for f in range(out.size):
        out[f] = source[f]


@_inlined
def _residual(pi, image, out):
    """By how much beliefs fail to reproduce themselves: the largest difference, in each lane."""
    out[:] = _as(0.0, pi)
    for p in range(pi.shape[0]):
        for f in range(out.size):
            off = abs(image[p, f] - pi[p, f])
            out[f] = off if off > out[f] else out[f]


@_merged
def _secant(points, frozen, top, bottom):
    """Move beliefs by Anderson's method with one step of memory (Walker and Ni 2011).

    The step is along T's image, less what the last two points say is still to come. ``frozen``
    lanes stay; ``top`` and ``bottom`` (n,) are for work.
    """
    top[:] = 0.0
    bottom[:] = 0.0
    for p in range(points.shape[1]):
        for f in range(top.size):
            off = points[1, p, f] - points[0, p, f]
            turned = off - (points[3, p, f] - points[2, p, f])
            top[f] += off * turned
            bottom[f] += turned * turned
    for f in range(top.size):
        top[f] = top[f] / bottom[f] if bottom[f] > 0.0 else 0.0
    for p in range(points.shape[1]):
        for f in range(top.size):
            stay, image = points[0, p, f], points[1, p, f]
            ahead = image - top[f] * (image - points[3, p, f])
            ahead = ahead if ahead > 0.0 else 0.0
            ahead = ahead if ahead < 1.0 else 1.0
            points[2, p, f] = stay
            points[3, p, f] = image
            points[0, p, f] = stay if frozen[f] else ahead


@_merged
def _follow(points, frozen):
    """Move beliefs to T's image: the first step, when nothing is remembered."""
    for p in range(points.shape[1]):
        for f in range(frozen.size):
            stay, image = points[0, p, f], points[1, p, f]
            points[2, p, f] = stay
            points[3, p, f] = image
            points[0, p, f] = stay if frozen[f] else image


@_compiled
def _search(evaluate, lanes, points, play, frozen, window, party, order, stages, begin, end):
    """Look for a fixed point from ``points[0]``, from evaluation ``begin`` up to ``end``.

    ``points`` (4, S·K, n): the beliefs, their image, and the last of both. A lane that has found
    one is frozen there, so that ``play`` is what follows from ``points[0]``.
    """
    moved, n = 3 * stages + MOVED, frozen.size
    residual, work = np.empty(n), np.empty(n)
    for turn in range(begin, end):
        if turn == 1:
            _follow(points, frozen)
        elif turn:
            _secant(points, frozen, residual, work)
        rounds = 4 if turn == 0 else 1
        _call(evaluate, lanes, points[0], play, points[1], window, party, order, stages, rounds)
        _residual(points[0], points[1], residual)
        missing = 0
        for f in range(n):
            frozen[f] = residual[f] <= EXACT and play[moved, f] <= SETTLED
            missing += not frozen[f]
        if missing == 0:
            return


@_compiled
def _where(flags, wanted):
    """The lanes where a flag is as wanted."""
    where, count = np.empty(flags.size, np.int64), 0
    for i in range(flags.size):
        where[count] = i
        count += flags[i] == wanted
    return where[:count]


@_compiled
def _pick(table, where, out):
    """out = table[:, where]."""
    for row in range(table.shape[0]):
        for i in range(where.size):
            out[row, i] = table[row, where[i]]


@_compiled
def _picked(table, where):
    """table[:, where], which the compiler would not have in one row after the other."""
    out = np.empty((table.shape[0], where.size), table.dtype)
    _pick(table, where, out)
    return out


@_compiled
def _put(table, where, out):
    """out[:, where] = table."""
    for row in range(table.shape[0]):
        for i in range(where.size):
            out[row, where[i]] = table[row, i]


@_merged
def _search_on(evaluate, lanes, points, play, frozen, window, party, order, stages, begin, end):
    """Go on looking in the lanes that are not frozen, moved together."""
    where = _where(frozen, wanted=False)
    if where.size == 0:
        return
    n = where.size
    some, found = np.empty((lanes.shape[0], n)), np.zeros(n, np.bool_)
    their_play, their = np.empty((play.shape[0], n)), np.empty((4, points.shape[1], n))
    _pick(lanes, where, some)
    _pick(play, where, their_play)
    for i in range(4):
        _pick(points[i], where, their[i])
    _search(evaluate, some, their, their_play, found, window, party, order, stages, begin, end)
    _put(their_play, where, play)
    for i in range(4):
        _put(their[i], where, points[i])
    for i in range(n):
        frozen[where[i]] = found[i]


@_inlined
def _part_way(origin, target, share, out):
    """Go a share of the way from one set of beliefs to another."""
    part = _as(share, target)
    for p in range(target.shape[0]):
        for f in range(target.shape[1]):
            out[p, f] = origin[p, f] + part * (target[p, f] - origin[p, f])


@_inlined
def _pulled(here, image, target, least, close, passed):
    """Clear ``passed`` where T does not lead on from ``here`` towards ``target``."""
    part, near = _as(least, target), _as(close, target)
    for p in range(target.shape[0]):
        for f in range(passed.size):
            rest = target[p, f] - here[p, f]
            led = image[p, f] - here[p, f]
            passed[f] = passed[f] and (abs(rest) <= near or led * rest >= part * rest * rest)


@_compiled
def _in_single(table):
    """The table in single precision."""
    out = np.empty(table.shape, np.float32)
    for row in range(table.shape[0]):
        for f in range(table.shape[1]):
            out[row, f] = table[row, f]
    return out


@_merged
def _alone(evaluate, lanes, found, play, passed, window, party, order, stages):
    """Clear ``passed`` (2, n) where the flow from either start may not lead to ``found``.

    In single precision: it is looked, not counted.
    """
    small, small_play, target = _in_single(lanes), _in_single(play), _in_single(found)
    here, image, origin = np.empty_like(target), np.zeros_like(target), np.zeros_like(target)
    for start, share in WAYS:
        for p in range(target.shape[0]):
            if party[p % party.size]:
                _fill_row(origin, p, _as(start, origin))
        _part_way(origin, target, share, here)
        _call(evaluate, small, here, small_play, image, window, party, order, stages, 4)
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
def _draws(packed, which):
    """The case with the futures ``which`` alone."""
    n = which.size
    draw, effect = np.empty((packed.draw.shape[0], n)), np.empty((packed.effect.shape[0], n))
    shape = (packed.fight.shape[0], n)
    fight, support, mean, scale = (
        np.empty(shape),
        np.empty(shape),
        np.empty(shape),
        np.empty(shape),
    )
    _pick(packed.draw, which, draw)
    _pick(packed.effect, which, effect)
    _pick(packed.fight, which, fight)
    _pick(packed.support, which, support)
    _pick(packed.mean, which, mean)
    _pick(packed.scale, which, scale)
    return Packed(
        draw,
        fight,
        support,
        mean,
        scale,
        effect,
        packed.once,
        packed.vector,
        packed.delay,
        packed.first,
        packed.periods,
    )


@_inlined
def _scale(lanes, row, effect, j, value):
    """Add a provision's effect to a row, scaled by how well it works, when there is any."""
    if value != 0.0:
        for f in range(lanes.shape[1]):
            lanes[row, f] += effect[j, f] * value


@_inlined
def _copy_row(lanes, source, row):
    """Copy a row onto another."""
    for f in range(lanes.shape[1]):
        lanes[row, f] = lanes[source, f]


@_merged
def _sum_scaled(packed, deal, starts, lanes, guarantors):
    """Add up what is scaled by how well provisions work: each stage has all of the one before.

    As sums to begin with, denial goes to p0, punishment to A, crisis to mu, help to D(1 - x), harm
    to what honouring takes.
    """
    stages, pair = starts.size, 10 + 3 * starts.size
    pairs, effect = stages * guarantors, packed.effect
    for i in range(stages):
        for row in range(3):
            if i == 0:
                _fill_row(lanes, 10 + row * stages, 0.0)
            else:
                _copy_row(lanes, 10 + row * stages + i - 1, 10 + row * stages + i)
        for p in range(pair + i * guarantors, pair + (i + 1) * guarantors):
            for row in (SAVED * pairs, DETER * pairs):
                if i == 0:
                    _fill_row(lanes, row + p, 0.0)
                else:
                    _copy_row(lanes, row + p - guarantors, row + p)
        for j in range(deal.size):
            level = packed.first[j] + deal[j]
            if packed.delay[level] != starts[i]:
                continue
            once, vector = packed.once[level], packed.vector[level]
            _scale(lanes, 10 + MU * stages + i, effect, j, once[6])
            _scale(lanes, 10 + P0 * stages + i, effect, j, once[3])
            _scale(lanes, 10 + ACT * stages + i, effect, j, once[4])
            for k in range(guarantors):
                p = pair + i * guarantors + k
                _scale(lanes, p + SAVED * pairs, effect, j, vector[0, k])
                _scale(lanes, p + DETER * pairs, effect, j, vector[1, k])


@_merged
def _sum_given(packed, deal, start, k, out):
    """Add up guarantor k's costs in peace, of reneging and of risk once ``start`` periods are over.

    They are the same in every lane. ``out`` (3,) is filled.
    """
    out[:] = 0.0
    for j in range(deal.size):
        level = packed.first[j] + deal[j]
        if packed.delay[level] <= start:
            for v in range(3):
                out[v] += packed.vector[level, 2 + v, k]


@_merged
def _in_peace(packed, deal, lanes):
    """Fill the first rows: what does not change from stage to stage."""
    share = value_c = value_p = provoke = 0.0
    for j in range(deal.size):
        once = packed.once[packed.first[j] + deal[j]]
        share += once[0]
        value_c += once[1]
        value_p += once[2]
        provoke += once[5]
    draw = packed.draw
    for f in range(lanes.shape[1]):
        x = draw[1, f] + share
        x = x if x > 0.0 else 0.0
        x = x if x < 1.0 else 1.0
        lanes[FLOW_C, f] = (x + value_c - provoke) / draw[7, f]
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
        for f in range(lanes.shape[1]):
            lanes[row, f] = draw[source, f]


@_merged
def _stage_of(packed, lanes, mu, p0, act):
    """Turn a stage's sums into mu, p0 and A; see `foedus.game.stages`."""
    draw = packed.draw
    for f in range(lanes.shape[1]):
        shrunk = _fall(abs(lanes[mu, f]))
        rate = draw[2, f] * (1.0 / shrunk if lanes[mu, f] > 0.0 else shrunk)
        lanes[mu, f] = rate if rate < 1.0 else 1.0
    for f in range(lanes.shape[1]):
        alone = draw[3, f] + lanes[p0, f]
        alone = alone if alone > 0.0 else 0.0
        alone = alone if alone < 1.0 else 1.0
        worth = 1.0 - alone * lanes[REST, f] - draw[4, f] - lanes[act, f] - draw[6, f]
        lanes[p0, f] = alone
        lanes[act, f] = worth / lanes[SCALE, f]


@_merged
def _share_help(lanes, first, guarantors, p0, total):
    """Turn a stage's sums of help, from row ``first``, into D(1 - x).

    Together they are no more than the whole shortfall.
    """
    total[:] = 0.0
    for k in range(first, first + guarantors):
        for f in range(total.size):
            helps = lanes[k, f] if lanes[k, f] > 0.0 else 0.0
            lanes[k, f] = helps
            total[f] += helps
    for f in range(total.size):
        shrink = total[f] if total[f] > 1.0 else 1.0
        total[f] = (1.0 - lanes[p0, f]) * lanes[REST, f] / shrink
    for k in range(first, first + guarantors):
        for f in range(total.size):
            lanes[k, f] *= total[f]


@_compiled
def _cut_off(lanes, mean, narrow, saved, net, cut, strong, below):
    """s* in units of the stake's scale, and the chances of a stake above it and below."""
    for f in range(lanes.shape[1]):
        always = -np.inf if lanes[net, f] <= 0.0 else np.inf
        stake = lanes[net, f] / lanes[saved, f] if lanes[saved, f] > 0.0 else always
        stake = (stake - lanes[mean, f]) * lanes[narrow, f]
        small = _fall(abs(stake))
        share = 1.0 / (1.0 + small)
        lanes[cut, f] = stake
        lanes[strong, f] = share if stake <= 0.0 else small * share
        lanes[below, f] = small * share if stake <= 0.0 else share


@_merged
def _stakes(packed, lanes, k, support, mean, narrow):
    """Fill in what a guarantor's stake is, and what the war costs it."""
    for f in range(lanes.shape[1]):
        lanes[support, f] = packed.support[k, f]
        lanes[mean, f] = packed.mean[k, f]
        lanes[narrow, f] = 1.0 / packed.scale[k, f]


@_merged
def _to_honour(packed, lanes, k, p, pairs, given):
    """Fill in what honouring takes from the challenger and costs guarantor k, in a stage."""
    saved, deter = p + SAVED * pairs, p + DETER * pairs
    fight, net = p + FIGHT * pairs, p + NET * pairs
    for f in range(lanes.shape[1]):
        lanes[deter, f] = (lanes[saved, f] + lanes[deter, f]) / lanes[SCALE, f]
    for f in range(lanes.shape[1]):
        fights = packed.fight[k, f] + given[2]
        lanes[fight, f] = fights
        lanes[net, f] = fights - given[1]
    _fill_row(lanes, p + COST * pairs, given[0])
    _fill_row(lanes, p + RENEGE * pairs, given[1])


@_merged
def _honouring(packed, deal, starts, lanes, guarantors, party):
    """Fill what honouring takes and costs, and from which stake on it is done."""
    stages, given = starts.size, np.empty(3)
    pairs, pair = stages * guarantors, 10 + 3 * stages
    mine = pair + PAIRS * pairs
    for k in range(guarantors):
        mean, narrow = mine + MEAN * guarantors + k, mine + NARROW * guarantors + k
        _stakes(packed, lanes, k, mine + k, mean, narrow)
        for i in range(stages):
            p = pair + i * guarantors + k
            _sum_given(packed, deal, starts[i], k, given)
            _to_honour(packed, lanes, k, p, pairs, given)
            cut, strong, below = p + CUT * pairs, p + STRONG * pairs, p + BELOW * pairs
            if party[k]:
                saved, net = p + SAVED * pairs, p + NET * pairs
                _cut_off(lanes, mean, narrow, saved, net, cut, strong, below)
            else:
                _fill_row(lanes, cut, 0.0)
                _fill_row(lanes, strong, 0.0)
                _fill_row(lanes, below, 0.0)


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
def _fill(packed, deal, starts, lanes, party, work):
    """Work out what ``deal`` comes to in every future: see `foedus.game.stages`."""
    guarantors, stages = party.size, starts.size
    pairs, pair = stages * guarantors, 10 + 3 * stages
    _in_peace(packed, deal, lanes)
    _sum_scaled(packed, deal, starts, lanes, guarantors)
    for i in range(stages):
        p0 = 10 + P0 * stages + i
        _stage_of(packed, lanes, 10 + MU * stages + i, p0, 10 + ACT * stages + i)
        _share_help(lanes, pair + SAVED * pairs + i * guarantors, guarantors, p0, work)
    _honouring(packed, deal, starts, lanes, guarantors, party)
    mu = 10 + MU * stages + stages - 1
    for f in range(lanes.shape[1]):
        lanes[GAIN, f] = lanes[DELTA, f] * lanes[mu, f] / (1.0 - lanes[DELTA, f])


@_compiled
def _add(total, belief, each):
    """total += belief·each."""
    for f in range(total.size):
        total[f] += belief[f] * each[f]


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


@_merged
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
                _add(each[k], chance, broken)
            for f in range(none.size):
                none[f] *= 1.0 - chance[f]
        for f in range(none.size):
            anyone[f] += broken[f] * (1.0 - none[f])


@_merged
def _cost(flow, broken, belief, cost, fight, renege, total):
    """Add one stage's discounted cost to a guarantor: in peace, of fighting, of reneging."""
    for f in range(total.size):
        ends = belief[f] * fight[f] + (1.0 - belief[f]) * renege[f]
        total[f] += flow[f] * cost[f] + broken[f] * ends


@_merged
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
            _add(hold, pi[p], lanes[pair + SAVED * pairs + p])
        for f in range(hold.size):
            value[f] += flow[f] * flow_p[f] + broken[f] * hold[f]
    for f in range(hold.size):
        out[MARGIN_P, f] = value[f] - lanes[WAR_P, f]
        out[SECURITY, f] = value[f] / flow_p[f] if flow_p[f] > 0.0 else 0.0


@_compiled
def _tell(lanes, pi, play, window, party, stages, periods, out):
    """Fill ``out`` with what follows from beliefs that reproduce themselves."""
    guarantors, own = party.size, 3 * stages
    pairs, pair, ends = stages * guarantors, 10 + 3 * stages, own + OWN
    q, value, work = play[own + Q], play[own + VALUE], play[own + BASE : own + BASE + 4]
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
            _copy(play[ends + ALPHA * guarantors + k], out[DIRECT + 2 * guarantors + k])
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


@_merged
def _carry(starts, warm, new_starts, guarantors, out):
    """Lay beliefs found under one deal's stages out under another's."""
    for i in range(new_starts.size):
        old = 0
        while old + 1 < starts.size and starts[old + 1] <= new_starts[i]:
            old += 1
        for k in range(guarantors):
            _copy(warm[old * guarantors + k], out[i * guarantors + k])


@_merged
def _solve_block(evaluate, look, packed, deal, starts, warm, window, party, told, passed, frozen):
    """Solve one deal in every future of ``packed``, and return the beliefs found (S·K, n).

    They are sought from ``warm`` (S·K, n). ``told`` (rows, n), ``passed`` (2, n) and ``frozen``
    (n,) are filled.
    """
    guarantors, stages, n = party.size, starts.size, packed.draw.shape[1]
    pairs, last = stages * guarantors, 10 + ACT * stages + stages - 1
    order = np.empty((guarantors, stages), np.int64)
    lanes = np.empty((10 + 3 * stages + PAIRS * pairs + 3 * guarantors, n))
    play = np.empty((3 * stages + OWN + 3 * guarantors + window.size, n))
    points = np.zeros((4, pairs, n))
    _fill(packed, deal, starts, lanes, party, np.empty(n))
    _order(lanes, stages, guarantors, party, order)
    for p in range(pairs):
        if party[p % guarantors]:
            _copy(warm[p], points[0, p])
    for f in range(n):
        play[3 * stages + Z, f] = lanes[last, f] - lanes[FLOW_C, f]
    _search(evaluate, lanes, points, play, frozen, window, party, order, stages, 0, TRIES[0])
    for i in range(len(TRIES) - 1):
        begin, end = TRIES[i], TRIES[i + 1]
        _search_on(evaluate, lanes, points, play, frozen, window, party, order, stages, begin, end)
    _tell(lanes, points[0], play, window, party, stages, packed.periods, told)
    passed[0] = frozen
    passed[1] = frozen
    _alone(look, lanes, points[0], play, passed, window, party, order, stages)
    return points[0]


@_entry
def solve_most(evaluate, look, packed, deals, most_stages, told, passed, kept, frozen):
    """Solve deals (D, J) in every future, each from the one before, where that is enough.

    ``told`` (D, rows, F) is filled with what follows from the fixed points found, ``kept``
    (D, S·K, F); ``frozen`` (D, F) says where there are any, ``passed`` (D, 2, F), where the flow
    from nobody, and from all, leads there. ``most_stages`` is the most that any deal has;
    ``evaluate`` and ``look`` are where T lies in double and in single precision.
    """
    guarantors, futures = packed.fight.shape[0], packed.draw.shape[1]
    party = np.zeros(guarantors, np.bool_)
    for at in range(0, futures, BLOCK):
        end = min(at + BLOCK, futures)
        some = _draws(packed, np.arange(at, end))
        old, before = np.zeros(1, np.int64), np.ones((most_stages * guarantors, end - at))
        here, both = np.empty((told.shape[1], end - at)), np.empty((2, end - at), np.bool_)
        still = np.empty(end - at, np.bool_)
        for d in range(deals.shape[0]):
            starts = _starts(packed, deals[d])
            window = np.empty(starts[starts.size - 1], np.int64)
            _in_stages(packed, deals[d], starts, window, party)
            warm = np.empty((starts.size * guarantors, end - at))
            _carry(old, before, starts, guarantors, warm)
            found = _solve_block(
                evaluate, look, some, deals[d], starts, warm, window, party, here, both, still
            )
            told[d, :, at:end] = here
            passed[d, :, at:end] = both
            frozen[d, at:end] = still
            for p in range(found.shape[0]):
                _copy(found[p], kept[d, p, at:end])
                _copy(found[p], before[p])
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
        drawn = _draws(packed, which[begin:end])
        _fill(drawn, deals[rows[begin]], starts, some, party, work)
        for row in range(lanes.shape[0]):
            _copy(some[row], lanes[row, begin:end])
        begin = end
    _order(lanes, starts.size, party.size, party, order)


@_entry
def seek(evaluate, lanes, points, play, frozen, tries, window, party, order, stages):
    """Look for the fixed point that the flow leads to from ``points[0]``; say where there is one.

    ``play`` is what follows from a point near by. ``points`` (4, S·K, n) are for work:
    ``points[0]`` is moved to the fixed point, ``points[1]`` is T there; ``frozen`` (n,) says where
    it is found.
    """
    _search(evaluate, lanes, points, play, frozen, window, party, order, stages, 0, tries)


@_entry
def tell(evaluate, lanes, found, play, window, party, order, stages, periods, out):
    """Fill ``out`` (rows, n) with what follows from the equilibria ``found`` (S·K, n)."""
    last = 10 + ACT * stages + stages - 1
    for f in range(found.shape[1]):
        play[3 * stages + Z, f] = lanes[last, f] - lanes[FLOW_C, f]
    _call(evaluate, lanes, found, play, np.zeros_like(found), window, party, order, stages, 10)
    _tell(lanes, found, play, window, party, stages, periods, out)


@_entry
def begin(evaluate, lanes, start, points, play, window, party, order, stages):
    """Play from where nobody is believed to honour (``start`` 0), or everybody (1)."""
    last = 10 + ACT * stages + stages - 1
    for p in range(points.shape[1]):
        if party[p % party.size]:
            _fill_row(points[0], p, _as(start, points))
    for f in range(points.shape[2]):
        play[3 * stages + Z, f] = lanes[last, f] - lanes[FLOW_C, f]
    _call(evaluate, lanes, points[0], play, points[1], window, party, order, stages, 6)


@_merged
def _look(evaluate, lanes, origin, target, play, passed, window, party, order, stages, shares):
    """Clear ``passed`` where T does not lead on at some of the ``shares`` of the way."""
    here, image = np.empty_like(target), np.zeros_like(target)
    for i in range(shares.size):
        _part_way(origin, target, shares[i], here)
        _call(evaluate, lanes, here, play, image, window, party, order, stages, 4)
        _pulled(here, image, target, JUMP_PULL, JUMP_CLOSE, passed)


@_entry
def straight(evaluate, lanes, origin, target, play, near, passed, window, party, order, stages):
    """Say where the flow leads from ``origin`` to the fixed point ``target`` (S·K, n).

    It does if T leads there all the way, or if it is about as near as ``near`` (n,), by how much
    the first point fails to reproduce itself. Lanes that pass at the first places go on together.
    """
    away = np.empty_like(near)
    noise, most, far = _as(NOISE, near), _as(NEAR, near), _as(FAR, near)
    passed[:] = True
    _look(
        evaluate,
        lanes,
        origin,
        target,
        play,
        passed,
        window,
        party,
        order,
        stages,
        np.array(JUMP[:GLANCE]),
    )
    where = _where(passed, wanted=True)
    if where.size:
        some = _picked(lanes, where)
        start, aim, there = _picked(origin, where), _picked(target, where), _picked(play, where)
        still = np.ones(where.size, np.bool_)
        _look(
            evaluate,
            some,
            start,
            aim,
            there,
            still,
            window,
            party,
            order,
            stages,
            np.array(JUMP[GLANCE:]),
        )
        for i in range(where.size):
            passed[where[i]] = still[i]
    _residual(origin, target, away)
    for f in range(away.size):
        about = near[f] if near[f] > noise else noise
        passed[f] = passed[f] or (about <= most and away[f] <= far * about)


@_merged
def _swing(ends, now, party, out):
    """The most that anybody's acceptance changes: alpha, or the chance beyond either end.

    ``ends``, ``now`` (3·K, n): the chances below, above, and alpha; where nobody refuses, the ends
    do not count.
    """
    guarantors, one = party.size, _as(1.0, ends)
    out[:] = _as(0.0, ends)
    for k in range(guarantors):
        if not party[k]:
            continue
        for f in range(out.size):
            old, new = ends[guarantors + k, f], now[guarantors + k, f]
            low, high = abs(ends[k, f] - now[k, f]), abs(old - new)
            most = low if low > high else high
            change = abs(ends[2 * guarantors + k, f] - now[2 * guarantors + k, f])
            most = most if old < one and new < one and most > change else change
            out[f] = most if most > out[f] else out[f]


@_merged
def _take_steps(points, ends, now, length, strain):
    """Take the trial points that strain the rule by no more than 1, and set the next lengths."""
    one, shortest, longest = _as(1.0, length), _as(SHORTEST, length), _as(LONGEST, length)
    growth = _as(GROWTH, length)
    for p in range(points.shape[1]):
        for f in range(length.size):
            here, image, trial, beyond = (
                points[0, p, f],
                points[1, p, f],
                points[2, p, f],
                points[3, p, f],
            )
            taken = (strain[f] <= one) | (length[f] <= shortest)
            points[0, p, f] = trial if taken else here
            points[1, p, f] = beyond if taken else image
    for row in range(ends.shape[0]):
        for f in range(length.size):
            then, there = ends[row, f], now[row, f]
            ends[row, f] = there if (strain[f] <= one) | (length[f] <= shortest) else then
    grows, cuts, seven, tenth = (
        _as(0.9, length),
        _as(0.7, length),
        _as(7.0, length),
        _as(0.1, length),
    )
    for f in range(length.size):
        tried, size = strain[f], length[f]
        more, less = grows / tried, cuts / tried
        more = more if tried * growth > grows else growth
        less = less if tried < seven else tenth
        size *= more if (tried <= one) | (size <= shortest) else less
        size = size if size < longest else longest
        length[f] = size if size > shortest else shortest


@_merged
def _strain(off, turned, moved, swing, out):
    """By how much a step strains the rule: see `foedus.game.dynamics`.

    ``off`` is how far T was from the point, ``turned`` how far it is from its straight line.
    """
    zero, turn = _as(0.0, off), _as(TURN, off)
    move, most_swing = _as(1.0 / MOVE, off), _as(1.0 / SWING, off)
    for f in range(out.size):
        bent = turned[f] / (turn * off[f]) if off[f] > zero else zero
        most = bent if bent > moved[f] * move else moved[f] * move
        out[f] = most if most > swing[f] * most_swing else swing[f] * most_swing


@_entry
def walk(evaluate, lanes, points, play, ends, length, steps, window, party, order, stages):
    """Take steps along the flow from ``points[0]`` as if it were easy: `foedus.game.dynamics`.

    ``points[1]`` is T there and ``ends`` (3·K, n) who accepts there; ``length`` (n,) is that of the
    next step in each lane.
    """
    first, one = 3 * stages + OWN, _as(1.0, length)
    here, image, trial, beyond = points[0], points[1], points[2], points[3]
    now = play[first : first + 3 * party.size]
    off, strain, swing = np.empty_like(length), np.empty_like(length), np.empty_like(length)
    moved, turned = np.empty_like(length), np.empty_like(length)
    for _ in range(steps):
        _residual(here, image, off)
        for f in range(length.size):
            moved[f] = length[f] / (one + length[f])
        for p in range(here.shape[0]):
            for f in range(length.size):
                trial[p, f] = here[p, f] + moved[f] * (image[p, f] - here[p, f])
        for f in range(length.size):
            moved[f] *= off[f]
        _call(evaluate, lanes, trial, play, beyond, window, party, order, stages, 2)
        _residual(image, beyond, turned)
        _swing(ends, now, party, swing)
        _strain(off, turned, moved, swing, strain)
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


@_merged
def _slopes_at(evaluate, lanes, points, play, slopes, window, party, order, stages):
    """Measure how T turns at ``points[0]``, T there being ``points[1]``: slopes (S·K, S·K, n)."""
    pairs, n = points.shape[1], points.shape[2]
    here, image, moved, beyond = points[0], points[1], np.empty((pairs, n)), np.zeros((pairs, n))
    for p in range(pairs):
        _copy(here[p], moved[p])
    for j in range(pairs):
        if not party[j % party.size]:
            continue
        for f in range(n):
            moved[j, f] += NUDGE if here[j, f] < 0.5 else -NUDGE
        _call(evaluate, lanes, moved, play, beyond, window, party, order, stages, 2)
        for p in range(pairs):
            for f in range(n):
                slopes[p, j, f] = (beyond[p, f] - image[p, f]) / (moved[j, f] - here[j, f])
        _copy(here[j], moved[j])


@_merged
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


@_entry
def creep(evaluate, lanes, points, play, ends, length, steps, window, party, order, stages):
    """Take implicit steps along the flow from ``points[0]``: see `foedus.game.dynamics`.

    ``points[1]`` is T there and ``ends`` (3·K, n) who accepts there; ``length`` (n,) is that of the
    next step in each lane. A lane that has arrived takes no more.
    """
    pairs, n, first = points.shape[1], points.shape[2], 3 * stages + OWN
    here, image, trial, beyond = points[0], points[1], points[2], points[3]
    now = play[first : first + 3 * party.size]
    slopes, aims = np.zeros((pairs, pairs, n)), np.empty((pairs, n))
    accepting = np.empty_like(ends)
    off, moved, strain, swing = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    turned = np.empty(n)
    for _ in range(steps):
        _slopes_at(evaluate, lanes, points, play, slopes, window, party, order, stages)
        _implicit_trials(points, slopes, length, aims)
        _call(evaluate, lanes, trial, play, beyond, window, party, order, stages, 3)
        _residual(here, image, off)
        _residual(here, trial, moved)
        _residual(aims, beyond, turned)
        for row in range(now.shape[0]):
            _copy(now[row], accepting[row])
        _swing(ends, accepting, party, swing)
        _strain(off, turned, moved, swing, strain)
        for f in range(n):
            strain[f] = np.inf if off[f] <= EXACT else strain[f]
            length[f] = length[f] if off[f] > EXACT else 1.0
        _take_steps(points, ends, accepting, length, strain)
