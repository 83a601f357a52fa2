"""What the example figures assume of each housing area: size, answers and true shares beneath the noise."""

from dataclasses import dataclass

PT_WAVES = ("2016", "2017", "2018", "2019")
JM_WAVES = ("2021", "2022", "2023", "2024", "2025")


@dataclass(frozen=True)
class Path:
    """A true share that moves in a straight line from the first to the last wave of each series."""

    pt: tuple[float, float]
    jm: tuple[float, float]

    def at(self, wave: str) -> float:
        """The true share in a wave of either series, between 0 and 1."""
        waves, (first, last) = (PT_WAVES, self.pt) if wave in PT_WAVES else (JM_WAVES, self.jm)
        elapsed = (int(wave) - int(waves[0])) / (int(waves[-1]) - int(waves[0]))
        return first + (last - first) * elapsed


@dataclass(frozen=True)
class Profile:
    """One housing area: its dwellings (assumed where unpublished), answers a wave and true shares.

    `growth` is of the residents, a year.
    `unsafe_of_rest` is the part of those not feeling safe who feel unsafe; the others answer in the middle.
    """

    area_id: str
    municipality: str
    dwellings: int
    persons_per_dwelling: float
    growth: float
    answers: int
    safe: Path
    trust: Path
    unsafe_of_rest: float


PROFILES = (
    Profile("hoeje-gladsaxe", "gladsaxe", 1921, 2.15, 0.004, 290,
            Path((0.69, 0.70), (0.70, 0.805)), Path((0.77, 0.77), (0.78, 0.82)), 0.62),
    Profile("vaerebro-park", "gladsaxe", 1345, 2.30, -0.004, 265,
            Path((0.62, 0.66), (0.64, 0.775)), Path((0.71, 0.74), (0.72, 0.79)), 0.66),
    Profile("moerkhoej-pileparken", "gladsaxe", 760, 2.10, 0.002, 190,
            Path((0.70, 0.69), (0.71, 0.71)), Path((0.75, 0.76), (0.77, 0.77)), 0.64),
    Profile("hede-magleparken", "ballerup", 1600, 2.20, 0.003, 250,
            Path((0.71, 0.73), (0.73, 0.77)), Path((0.76, 0.78), (0.78, 0.76)), 0.60),
    Profile("grantoften", "ballerup", 1340, 2.20, -0.002, 270,
            Path((0.69, 0.68), (0.72, 0.595)), Path((0.75, 0.75), (0.76, 0.70)), 0.68),
    Profile("hjortegaarden", "herlev", 1000, 2.25, 0.005, 240,
            Path((0.68, 0.74), (0.75, 0.83)), Path((0.77, 0.80), (0.80, 0.86)), 0.58),
    Profile("lille-birkholm", "herlev", 1000, 2.20, 0.001, 165,
            Path((0.73, 0.72), (0.72, 0.73)), Path((0.77, 0.77), (0.78, 0.79)), 0.62),
    Profile("hoejbjerg-vaenge", "herlev", 522, 2.05, 0.002, 75,
            Path((0.74, 0.76), (0.76, 0.79)), Path((0.80, 0.80), (0.81, 0.83)), 0.58),
)  # fmt: skip

# A wave in which so few answered that nothing may be shown.
TOO_FEW_ANSWERS = {("lille-birkholm", "2025"): 24}
