"""What a sentence about a change is made from: two sides of facts, and a note of which of them it tells."""

from collections.abc import Mapping

from insek_core.rules.figures import Figure, Sentence

Facts = Mapping[str, Figure]  # every figure of an assessment by a stable key
GONE = Figure(label="", value="entfällt", unit="text")


class Telling:
    """The facts before and after a change. What a sentence reads here is what it tells, no more and no less."""

    def __init__(self, before: Facts, after: Facts) -> None:
        self.before, self.after = before, after
        self._told: dict[str, Figure] = {}

    def differs(self, *keys: str) -> bool:
        """Whether one of these figures is another than before; asking tells nothing."""
        return any(self._side(self.before, key).value != self._side(self.after, key).value for key in keys)

    def both(self, key: str) -> tuple[Figure, Figure]:
        """A figure before and after, both told; what is on one side only has "entfällt" on the other."""
        old, new = self._side(self.before, key), self._side(self.after, key)
        self._told[key] = old if new is GONE else new
        return old, new

    def now(self, key: str) -> Figure:
        """A figure after the change, told."""
        return self.both(key)[1]

    def sentence(self, text: str, screen: str) -> Sentence | None:
        """The sentence with all that was told for it; none where there is nothing to say. The next one starts anew."""
        told, self._told = self._told, {}
        if not text:
            return None
        return Sentence(text=text, screen=screen, figures=tuple(told.values()), keys=tuple(told))

    @staticmethod
    def _side(facts: Facts, key: str) -> Figure:
        return facts.get(key, GONE)
