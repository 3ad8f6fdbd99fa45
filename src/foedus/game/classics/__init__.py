"""A small catalogue of published results, each a pure function named after where it stands.

They are the yardsticks of the guarantee game: where the game contains one of them as a limit, the
tests take the game there and compare; the others stand beside it, for what the game leaves out. In
all of them the disputed good has size 1 and costs are shares of it, unless a docstring says
otherwise. A *reduced form* keeps a paper's result and leaves out the rest of its game: cite the
paper for the idea and this code for the numbers.

The functions by the question they answer:

- which settlements does war leave room for? `fearon_1995_range`, `nash_1950_split`,
  `rubinstein_1982_share`
- how much is demanded of one whose cost of war is not known? `fearon_1995_offer`,
  `fearon_1995_offer_to_two_types`
- when does a shift of power bring war today? `fearon_1995_preventive_war`,
  `powell_2004_inefficient`, `powell_2006_commitment`
- what makes a promise of help believed, and what does it cost? `fearon_1997_tying_hands`,
  `fearon_1997_sinking_costs`, `smith_1998_reliability`, `smith_1998_stake_in_honour`,
  `smith_1995_observed_reliability`, `benson_2014_contract`
- what do battles teach? `feller_1968_ruin`, `slantchev_2003_posterior`,
  `slantchev_2003_information`, `slantchev_2003_settles`
- how much risk is run? `ellsberg_1968_critical_risk`, `schelling_1966_tripwire`,
  `hendricks_1988_attrition`
- whom does a mediator convince, and what does monitoring do? `kydd_2003_bias`,
  `kydd_2003_reports`, `friedman_1971_patience`, `cox_1972_survival`
"""

from foedus.game.classics.alliances import (
    Contract,
    benson_2014_contract,
    smith_1995_observed_reliability,
    smith_1998_reliability,
    smith_1998_stake_in_honour,
)
from foedus.game.classics.bargaining import (
    Offer,
    TwoTypes,
    fearon_1995_offer,
    fearon_1995_offer_to_two_types,
    fearon_1995_range,
    nash_1950_split,
    rubinstein_1982_share,
)
from foedus.game.classics.battles import (
    Ruin,
    feller_1968_ruin,
    slantchev_2003_information,
    slantchev_2003_posterior,
    slantchev_2003_settles,
)
from foedus.game.classics.commitment import (
    PreventiveWar,
    Shift,
    fearon_1995_preventive_war,
    powell_2004_inefficient,
    powell_2006_commitment,
)
from foedus.game.classics.peace import (
    Reports,
    cox_1972_survival,
    friedman_1971_patience,
    kydd_2003_bias,
    kydd_2003_reports,
)
from foedus.game.classics.risk import (
    Attrition,
    ellsberg_1968_critical_risk,
    hendricks_1988_attrition,
    schelling_1966_tripwire,
)
from foedus.game.classics.signals import (
    Signal,
    fearon_1997_sinking_costs,
    fearon_1997_tying_hands,
)

__all__ = [
    "Attrition",
    "Contract",
    "Offer",
    "PreventiveWar",
    "Reports",
    "Ruin",
    "Shift",
    "Signal",
    "TwoTypes",
    "benson_2014_contract",
    "cox_1972_survival",
    "ellsberg_1968_critical_risk",
    "fearon_1995_offer",
    "fearon_1995_offer_to_two_types",
    "fearon_1995_preventive_war",
    "fearon_1995_range",
    "fearon_1997_sinking_costs",
    "fearon_1997_tying_hands",
    "feller_1968_ruin",
    "friedman_1971_patience",
    "hendricks_1988_attrition",
    "kydd_2003_bias",
    "kydd_2003_reports",
    "nash_1950_split",
    "powell_2004_inefficient",
    "powell_2006_commitment",
    "rubinstein_1982_share",
    "schelling_1966_tripwire",
    "slantchev_2003_information",
    "slantchev_2003_posterior",
    "slantchev_2003_settles",
    "smith_1995_observed_reliability",
    "smith_1998_reliability",
    "smith_1998_stake_in_honour",
]
