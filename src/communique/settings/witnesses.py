"""The worker's duty towards the office's witnesses: to ask those whose signature is missing or a day old."""

from __future__ import annotations

import time
from collections.abc import Callable
from time import monotonic

from communique.record.errors import RecordError
from communique.settings.errors import SettingsError
from communique.settings.office import Installation
from communique.wire.witnesses import Asking, post

ASKED_S = 5.0
"""between two looks at the newest head"""
AGAIN_S = 60.0
"""after a witness that did not sign"""


def asking_of(installation: Installation) -> Asking:
    """How this installation asks its witnesses."""
    configuration, publisher = installation.configuration, installation.publisher
    return Asking(
        folder=configuration.record_folder,
        lock=publisher.lock,
        state=configuration.home / "witnesses.json",
        log=publisher.signer.verifier,
        policy=publisher.witnesses,
        policy_data=publisher.policy_data,
        post=post,
        clock=time.time,
    )


def witness_duties(installation: Installation) -> tuple[Callable[[], float | None], ...]:
    """One duty, or none where the settings name no witness. What a witness did wrong is said by who runs the duty."""
    if not installation.publisher.witnesses.witnesses:
        return ()
    asking, due_at = asking_of(installation), 0.0

    def ask() -> float:
        nonlocal due_at
        if monotonic() < due_at:
            return due_at - monotonic()
        due_at = monotonic() + ASKED_S
        faults: list[RecordError] = asking.ask_all()
        if faults:
            due_at = monotonic() + AGAIN_S
            raise SettingsError([str(fault) for fault in faults])
        return ASKED_S

    return (ask,)
