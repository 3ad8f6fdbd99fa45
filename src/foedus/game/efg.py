"""The finite game of a crisis as Gambit reads it: an extensive-form file with labels for people.

The format is that of Gambit's ``.efg`` files (R. D. McKelvey, A. McLennan and T. L. Turocy,
"Gambit: Software Tools for Game Theory"). Each information set of a player is labelled with what
the player knows there and, after a colon, with what the equilibrium has it do, so that the file
holds the equilibrium beside the game. Gambit itself is not needed to write it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from foedus.errors import Fault, GameError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from foedus.game.cells import Cell
    from foedus.game.crisis import Crisis, Shock, Stakeholder

MOST_NODES = 2_000_000
"""A larger tree is of use to nobody: the file would have hundreds of megabytes."""

DIGITS = Decimal("1e-40")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the players are called in the file; ``title`` is the file's own."""

    title: str = "A crisis"
    challenger: str = "Challenger"
    protected: str = "Protected"
    guarantors: tuple[str, ...]


def to_efg(crisis: Crisis, names: Names) -> str:
    """Return the text of the ``.efg`` file.

    Raises
    ------
    GameError
        When the game's tree has more than `MOST_NODES` nodes.
    """
    if crisis.size > MOST_NODES:
        must = f"have at most {MOST_NODES:,} nodes"
        do = "Use fewer types or shocks."
        fault = Fault(at="the game's tree", found=f"{crisis.size:,} nodes large", must=must, do=do)
        raise GameError(names.title, (fault,))
    return "\n".join(_Writer(crisis=crisis, names=names).lines()) + "\n"


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Writes the tree from its root, node after node."""

    crisis: Crisis
    names: Names
    ends: int = 0
    drawn: list[Stakeholder] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the file."""
        parties = [self.names.guarantors[k] for k in self.crisis.parties]
        players = " ".join(map(_quoted, (self.names.challenger, self.names.protected, *parties)))
        yield f"EFG 2 R {_quoted(self.names.title)} {{ {players} }}"
        yield _quoted(self.comment())
        yield from self.stake(0)

    def comment(self) -> str:
        """Say what the file holds."""
        return (
            f"One crisis, in period {self.crisis.period}, of a settlement solved by foedus. What"
            " comes before and after it is in the payoffs, as the equilibrium has it. Types stand"
            " on a grid, with one exactly at each cut-off. An information set is labelled with what"
            " its player knows and, after the colon, with what the equilibrium has it do: played"
            " so, nobody gains by acting otherwise at any one of them. Payoffs are shares of the"
            " good, a flow for ever being worth itself."
        )

    def stake(self, j: int) -> Iterator[str]:
        """Yield the part of the tree from where the stake of party ``j`` is drawn."""
        if j == len(self.crisis.parties):
            yield from self.accepting(0)
            return
        whose = self.names.guarantors[self.crisis.parties[j]]
        cells = [one.cell for one in self.crisis.types[j]]
        actions = _chances([(_at(c), c.chance) for c in cells])
        yield f'c "" {j + 1} {_quoted(f"The stake of {whose}")} {actions} 0'
        for one in self.crisis.types[j]:
            self.drawn.append(one)
            yield from self.stake(j + 1)
            self.drawn.pop()

    def accepting(self, player: int) -> Iterator[str]:
        """Yield the part of the tree from where ``player`` accepts or refuses."""
        sides = (self.crisis.challenger, self.crisis.protected)
        if player == len(sides) + len(self.drawn):
            yield from self.chance()
            return
        if player < len(sides):
            number, knows, accepts = 1, "the deal", sides[player].accepts
        else:
            one = self.drawn[player - len(sides)]
            number = self.type_number(player - len(sides))
            knows = f"the deal, with a stake of {_at(one.cell)}"
            accepts = one.accepts
        label = f"{knows}: {'accept' if accepts else 'refuse'}"
        yield f'p "" {player + 1} {number} {_quoted(label)} {{ "accept" "refuse" }} 0'
        yield from self.accepting(player + 1)
        yield self.end("no deal", [*(s.war for s in sides), *(one.war for one in self.drawn)])

    def chance(self) -> Iterator[str]:
        """Yield the part of the tree from where a crisis comes or does not."""
        mu = self.crisis.stage.mu
        number = len(self.crisis.parties) + 1
        costs = [
            (f"a crisis, acting costs {_at(s.cell)}", mu * s.cell.chance)
            for s in self.crisis.shocks
            if mu > 0
        ]
        calm = [("no crisis", 1 - mu)] if mu < 1 else []
        yield f'c "" {number} "A crisis" {_chances([*calm, *costs])} 0'
        if mu < 1:
            yield self.peace("no crisis")
        if mu > 0:
            for number, shock in enumerate(self.crisis.shocks, start=2):
                yield from self.acting(number, shock)

    def acting(self, number: int, shock: Shock) -> Iterator[str]:
        """Yield the part of the tree from where the challenger acts or waits."""
        cost = _at(shock.cell)
        label = f"a crisis, acting costs {cost}: {'act' if shock.acts else 'wait'}"
        yield f'p "" 1 {number} {_quoted(label)} {{ "act" "wait" }} 0'
        yield from self.honouring(shock, [])
        yield self.peace("it waits")

    def honouring(self, shock: Shock, fights: list[bool]) -> Iterator[str]:
        """Yield the part of the tree from where the next party honours or abandons."""
        j = len(fights)
        if j == len(self.drawn):
            who = [
                self.names.guarantors[k]
                for k, fight in zip(self.crisis.parties, fights, strict=True)
                if fight
            ]
            label = f"it acts, {' and '.join(who) or 'none'} {'fight' if who[1:] else 'fights'}"
            yield self.end(label, self.crisis.after(self.drawn, shock, fights))
            return
        one = self.drawn[j]
        number = self.type_number(j) + len(self.crisis.types[j])
        stake = _at(one.cell)
        label = f"an attack, with a stake of {stake}: {'honour' if one.honours else 'abandon'}"
        yield f'p "" {j + 3} {number} {_quoted(label)} {{ "honour" "abandon" }} 0'
        yield from self.honouring(shock, [*fights, True])
        yield from self.honouring(shock, [*fights, False])

    def type_number(self, j: int) -> int:
        """Return the number, from 1, of the type that party ``j`` has drawn."""
        return 1 + next(i for i, one in enumerate(self.crisis.types[j]) if one is self.drawn[j])

    def peace(self, label: str) -> str:
        """Return an end at which the crisis passes."""
        sides = (self.crisis.challenger.peace, self.crisis.protected.peace)
        return self.end(label, [*sides, *(one.peace for one in self.drawn)])

    def end(self, label: str, payoffs: Sequence[float]) -> str:
        """Return an end of the game."""
        self.ends += 1
        told = ", ".join(map(_number, payoffs))
        return f't "" {self.ends} {_quoted(f"{label} ({self.ends})")} {{ {told} }}'


def _chances(drawn: Sequence[tuple[str, float]]) -> str:
    """Return labelled chances that add to 1 to the last digit, as Gambit wants them."""
    with localcontext(prec=60):
        exact = [Decimal(chance).quantize(DIGITS) for _, chance in drawn]
        largest = max(range(len(exact)), key=exact.__getitem__)
        exact[largest] += 1 - sum(exact)
    pairs = zip(drawn, exact, strict=True)
    return f"{{ {' '.join(f'{_quoted(label)} {chance:f}' for (label, _), chance in pairs)} }}"


def _at(cell: Cell) -> str:
    """Return a stake or a cost as it is labelled."""
    return f"{cell.at:.6g}" + (f" (cut-off, from {cell.edge})" if cell.edge else "")


def _number(value: float) -> str:
    """Return a number in full, without an exponent."""
    return f"{Decimal(repr(value)):f}"


def _quoted(text: str) -> str:
    r"""Return ``text`` as a label: Gambit wants plain ASCII, and no space beside another.

    Examples
    --------
    >>> print(_quoted('the  "Île"'))
    "the \"Ile\""
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    spaced = " ".join("".join(c if c.isprintable() else " " for c in plain).split())
    return '"' + spaced.replace("\\", "/").replace('"', '\\"') + '"'
