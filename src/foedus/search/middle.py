"""One deal of a case in its middle future: every parameter at its median."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.errors import CaseError, Fault
from foedus.search.dealing import broken_ties
from foedus.search.distributions import values_at
from foedus.search.inputs import each_future, effects
from foedus.search.values import Futures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from foedus.case.values import Case
    from foedus.game import Effects, Future
    from foedus.search.values import Deal


def middle_pair(case: Case, levels: Mapping[str, str]) -> tuple[tuple[Effects, ...], Future]:
    """Return the deal with these levels, by provision, in the middle future of ``case``.

    A provision that is not named is at its first level, which does nothing.

    Raises
    ------
    CaseError
        With every provision or level that the case does not have, or that no deal may have, and
        every tie that is broken.
    """
    half = np.array([0.5])
    futures = Futures(
        seed=0,
        keys=tuple(parameter.key for parameter in case.parameters),
        values=np.array([[float(values_at(p.distribution, half)[0]) for p in case.parameters]]),
    )
    return effects(case, deal_of(case, levels)), each_future(case, futures)[0]


def deal_of(case: Case, levels: Mapping[str, str]) -> Deal:
    """Return the deal with these levels, by provision, the others at their first.

    Raises
    ------
    CaseError
        As `middle_pair` does.
    """
    known = [provision.id for provision in case.provisions]
    faults = [
        Fault(at="a provision", found=repr(name), must=f"be one of {', '.join(known)}")
        for name in levels
        if name not in known
    ]
    deal: list[int] = []
    for provision in case.provisions:
        may = [level.name for level in provision.levels if level.name not in provision.excluded]
        wanted = levels.get(provision.id, provision.levels[0].name)
        if wanted in may:
            deal.append([level.name for level in provision.levels].index(wanted))
        else:
            must = f"be one of {', '.join(may)}"
            faults.append(Fault(at=f"the level of {provision.id}", found=repr(wanted), must=must))
    if not faults:
        broken = broken_ties(case, tuple(deal))
        faults = [Fault(at=at, found=found, must=must) for at, found, must in broken]
    if faults:
        raise CaseError(case.title, tuple(faults))
    return tuple(deal)
