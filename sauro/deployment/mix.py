"""What a province is asked for in a day: which procedures, how often, how late (synthetic).

The shares are ours, set so that the demo looks like the sources: most dossiers are civil
status and certification at communes; land, construction and investment are the late ones.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Demand:
    """How much of the day's filings is one procedure. late: chance that a step overruns badly."""

    code: str
    share: int
    late: float = 0.002


MIX = (
    Demand("2.000815", 160),  # certified copies
    Demand("2.000635", 110),  # extracts of civil status
    Demand("1.001193", 90),  # birth
    Demand("1.004873", 70),  # marital status
    Demand("1.004222", 60),  # permanent residence
    Demand("1.004194", 50),  # temporary residence
    Demand("1.001612", 60),  # household business
    Demand("2.000720", 15),
    Demand("1.000656", 35),  # death
    Demand("1.000894", 30),  # marriage
    Demand("2.000884", 40),  # certified signatures
    Demand("2.001035", 25),
    Demand("1.011441", 40),  # land as security
    Demand("1.012783", 45, 0.05),  # land: new certificate
    Demand("1.012784", 25, 0.05),  # land: division
    Demand("1.012787", 30, 0.05),  # land: transfer
    Demand("1.013833", 20, 0.04),
    Demand("1.012753", 8, 0.05),  # land: first certificate, organisations
    Demand("1.013978", 20, 0.05),  # land: first certificate, households
    Demand("1.013949", 8, 0.06),  # land: change of use
    Demand("2.000986", 25),  # birth with residence and health card
    Demand("1.013225", 30, 0.05),  # building permit
    Demand("1.013229", 12, 0.04),
    Demand("2.001583", 12),  # company
    Demand("1.009664", 5, 0.10),  # investment
    Demand("1.009645", 4, 0.12),
)
