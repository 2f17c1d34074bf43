"""What can be wrong with an installation, all of it told at once."""

from __future__ import annotations

from collections.abc import Sequence


class SettingsError(Exception):
    """The installation cannot be used as it is. `faults` are lines of what, where and what to do."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)
        self.where = faults[0].partition(":")[0] if faults else ""
