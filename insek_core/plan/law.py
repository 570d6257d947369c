"""Records of law: a Land, a paragraph that a rule rests on with the days it holds, school holidays."""

from dataclasses import dataclass
from datetime import date

# the codes of the Länder, as the library `holidays` has them
LAENDER = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")
LAW_KEYS = (  # what a Land settles, then what a programme does
    "transfer_rule",
    "overrun_rule",
    "supplementary_rule",
    "provisional_rule",
    "underrun_rule",
    "call_interest_rule",
    "overspend_rule",
    "proof_of_use_rule",
    "eligibility_rule",
    "share_rule",
)


@dataclass(frozen=True)
class Land:
    """A Land: its code as the library `holidays` writes it, its name, and the name as it stands behind a noun."""

    code: str
    name: str
    genitive: str


@dataclass(frozen=True)
class LegalSource:
    """A rule of law: what it settles, law with its abbreviation, section, the days it holds, where to read it.

    `value` and `unit` are the number it fixes, where one is known; what nobody has read in the law is not `checked`.
    """

    key: str
    rule: str
    law: str
    short: str
    section: str
    valid_from: date
    link: str
    evidence: str
    checked: bool
    valid_until: date | None = None
    value: str = ""
    unit: str = ""

    def cited(self) -> str:
        """The section with the abbreviation of the law: "§ 79 SächsGemO"."""
        return f"{self.section} {self.short}"

    def holds_on(self, day: date | None) -> bool:
        """Whether it holds on a day; without a day, whether it holds still."""
        if day is None:
            return self.valid_until is None
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True)
class SchoolHoliday:
    """School holidays of a Land: the first and the last day off, and where the dates come from."""

    land: str
    name: str
    first_on: date
    last_on: date
    source: str
