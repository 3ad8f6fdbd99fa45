"""What must hold of provisions: their levels, the effects of these, and the ties between them."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from foedus.case.flaws import flaw, listed, name_flaws, source_flaws
from foedus.case.values import GUARANTOR_EFFECTS, SCALAR_EFFECTS
from foedus.case.yaml_nodes import meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from foedus.case.flaws import Flaw, Path
    from foedus.case.values import Case, Level, Provision, Source, Tie

_CRISIS_MOST = 10.0  # exp(10) is 22,000 times as many crises: more can only be a slip
_BORNE = ("cost", "renege")


def provision_flaws(case: Case) -> Iterator[Flaw]:
    """Yield what is wrong with the provisions of ``case``."""
    if not case.provisions:
        yield flaw(("provisions",), "empty", "hold at least one provision: a deal is made of them")
    times = Counter(p.id for p in case.provisions)
    for provision_id, count in times.items():
        if count > 1:
            yield flaw(("provisions", provision_id), f"given {count} times", "be given once")
    levels = {p.id: [level.name for level in p.levels] for p in case.provisions}
    for provision in case.provisions:
        yield from _provision(provision, case.guarantors)
        yield from _bearers(provision, case)
        for level in provision.levels:
            yield from _ties(provision, level, levels)


def _provision(provision: Provision, guarantors: tuple[str, ...]) -> Iterator[Flaw]:
    path = ("provisions", provision.id)
    yield from name_flaws(path, provision.id)
    if not provision.title.strip():
        yield flaw((*path, "title"), "empty", "say what the provision is")
    names = [level.name for level in provision.levels]
    if not names:
        yield flaw((*path, "levels"), "empty", "hold at least one level, one that does nothing")
        return
    for name, count in Counter(names).items():
        if count > 1:
            yield flaw((*path, "levels", name), f"given {count} times", "be given once")
    first = provision.levels[0]
    doing = [key for key, size in first.effects.items() if size != 0]
    if doing:
        found = f"first and has {listed(map(_effect_name, doing))}"
        must = "do nothing: the first level of a provision is the deal without it"
        yield flaw((*path, "levels", first.name), found, must)
    for level in provision.levels:
        yield from _level((*path, "levels", level.name), level, guarantors)
    yield from _standing((*path, "excluded"), provision.excluded, names)
    yield from _standing((*path, "present"), provision.present, names)
    yield from _present((*path, "present"), provision)


def _standing(path: Path, standing: Mapping[str, Source], names: Sequence[str]) -> Iterator[Flaw]:
    """Yield what is wrong with the levels that are off the table, or in force already."""
    for name, source in standing.items():
        at = (*path, name)
        if name not in names:
            yield flaw(at, "no level of it", f"be one of {listed(names[1:])}", meant(name, names))
        elif name == names[0] and path[-1] == "excluded":
            yield flaw(at, "its first level", "leave the first level in: the bare deal stays")
        elif name == names[0]:
            yield flaw(at, "its first level", "be a level that does something")
        yield from source_flaws(at, source)


def _present(path: Path, provision: Provision) -> Iterator[Flaw]:
    """Yield what is wrong with a level that is in force already."""
    if len(provision.present) > 1:
        must = "be one level: a provision is at one level at a time"
        yield flaw(path, listed(provision.present), must)
    for name in provision.present:
        if name in provision.excluded:
            yield flaw((*path, name), "excluded too", "be one or the other")
    for level in provision.levels:
        delay = level.effects.get("delay", 0)
        if level.name in provision.present and delay:
            must = "have no delay: it is in force already"
            yield flaw((*path, level.name), f"a level with a delay of {delay:g} periods", must)


def _bearers(provision: Provision, case: Case) -> Iterator[Flaw]:
    """Yield what is wrong with who bears a provision."""
    path = ("provisions", provision.id)
    parties = (case.challenger, case.protected, *case.guarantors)
    for name, count in Counter(provision.borne_by).items():
        if name not in parties:
            must = f"be a party: {listed(parties)}"
            yield flaw((*path, "borne_by"), repr(name), must, meant(name, parties))
        if count > 1:
            yield flaw((*path, "borne_by"), f"{name!r} {count} times", "name each party once")
    if not provision.borne_by:
        return
    for level in provision.levels:
        for key, size in level.effects.items():
            if isinstance(key, tuple) and key[0] in _BORNE and key[1] in case.guarantors and size:
                if key[1] in provision.borne_by:
                    continue
                at = (*path, "levels", level.name, "effects", *key)
                must = f"be for one who bears the provision: {listed(provision.borne_by)}"
                do = f"Add {key[1]} under borne_by, or leave it out here."
                yield flaw(at, f"for {key[1]!r}", must, do)


def _ties(provision: Provision, level: Level, levels: Mapping[str, list[str]]) -> Iterator[Flaw]:
    """Yield what is wrong with what a level needs or cannot stand beside."""
    path = ("provisions", provision.id, "levels", level.name)
    for key, ties in (("requires", level.requires), ("excludes", level.excludes)):
        if ties and level is provision.levels[0]:
            must = "have no ties: the bare deal, the first level of each provision, always stays"
            yield flaw((*path, key), "given for its first level", must)
        times = Counter(tie.provision for tie in ties)
        for number, tie in enumerate(ties, start=1):
            at = (*path, key, str(number))
            yield from _tie(at, tie, provision.id, levels)
            if times[tie.provision] > 1:
                found = f"one of {times[tie.provision]} about {tie.provision}"
                yield flaw((*at, "provision"), found, "be one tie with all its levels")


def _tie(at: Path, tie: Tie, own: str, levels: Mapping[str, list[str]]) -> Iterator[Flaw]:
    if tie.provision == own:
        must = "be another provision: a deal has one level of each anyway"
        yield flaw((*at, "provision"), f"{own!r}, its own", must)
    elif tie.provision not in levels:
        must = f"be a provision: {listed(levels)}"
        do = meant(tie.provision, levels)
        yield flaw((*at, "provision"), repr(tie.provision), must, do)
    else:
        yield from level_flaws((*at, "levels"), tie.levels, (tie.provision, levels))
    yield from source_flaws((*at, "source"), tie.source)


def level_flaws(
    path: Path, named: Sequence[str], among: tuple[str, Mapping[str, list[str]]]
) -> Iterator[Flaw]:
    """Yield what is wrong with the levels that are named of a provision.

    Parameters
    ----------
    path
        Where they are named.
    named
        The names given.
    among
        The provision, and the names of the levels of each.
    """
    provision, levels = among
    if not named:
        yield flaw(path, "empty", f"name levels of {provision}")
    for name in named:
        if name not in levels[provision]:
            must = f"be a level of {provision}: {listed(levels[provision])}"
            yield flaw(path, repr(name), must, meant(name, levels[provision]))
    for name, count in Counter(named).items():
        if count > 1:
            yield flaw(path, f"{name} {count} times", "name each level once")


def _level(path: Path, level: Level, guarantors: tuple[str, ...]) -> Iterator[Flaw]:
    yield from name_flaws(path, level.name)
    if not level.title.strip():
        yield flaw((*path, "title"), "empty", "say what the level is")
    for key, size in level.effects.items():
        at = (*path, "effects", *((key,) if isinstance(key, str) else key))
        yield from _effect(at, key, size, guarantors)
    yield from source_flaws((*path, "source"), level.source)
    if level.condition and not level.condition.strip():
        yield flaw((*path, "condition"), "empty", "say what the level hangs on, or be left out")
    if level.expires_years is not None and not 0 < level.expires_years < math.inf:
        yield flaw((*path, "expires_years"), f"{level.expires_years:g}", "be above 0")


def _effect_name(key: str | tuple[str, str]) -> str:
    return key if isinstance(key, str) else f"{key[0]} of {key[1]}"


def _effect(
    at: Path, key: str | tuple[str, str], size: float, guarantors: tuple[str, ...]
) -> Iterator[Flaw]:
    if isinstance(key, str):
        if key in GUARANTOR_EFFECTS:
            yield flaw(at, "given for nobody", "be given for each guarantor that it touches")
        elif key not in SCALAR_EFFECTS:
            known = listed([*SCALAR_EFFECTS, *GUARANTOR_EFFECTS])
            do = meant(key, [*SCALAR_EFFECTS, *GUARANTOR_EFFECTS])
            yield flaw(at, "not an effect", f"be one of {known}", do)
    else:
        name, guarantor = key
        if name in SCALAR_EFFECTS:
            yield flaw(at, f"given for {guarantor!r}", "be one number, for nobody in particular")
        elif name not in GUARANTOR_EFFECTS:
            must = f"be one of {listed(GUARANTOR_EFFECTS)}"
            yield flaw(at, "not an effect", must, meant(name, GUARANTOR_EFFECTS))
        if guarantor not in guarantors:
            must = f"be for a guarantor: {listed(guarantors)}"
            yield flaw(at, f"for {guarantor!r}", must, meant(guarantor, guarantors))
    yield from _size(at, key, size)


def _size(at: Path, key: str | tuple[str, str], size: float) -> Iterator[Flaw]:
    if not math.isfinite(size):
        yield flaw(at, size, "be finite")
    elif key == "delay" and (size < 0 or size != round(size)):
        yield flaw(at, f"{size:g}", "be a whole number of periods, 0 or more")
    elif key == "share" and not -1 <= size <= 1:
        yield flaw(at, f"{size:g}", "lie between -1 and 1: the good has size 1")
    elif key == "crisis" and abs(size) > _CRISIS_MOST:
        must = f"lie between -{_CRISIS_MOST:g} and {_CRISIS_MOST:g}: it is added to a logarithm"
        yield flaw(at, f"{size:g}", must)
