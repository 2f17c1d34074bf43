"""The player of a hosted recording is known by the address of its page, and of no other address is one guessed."""

from __future__ import annotations

import pytest

from communique.edition.player import player_address, player_origin

TUBE = "https://www.youtube-nocookie.com/embed/AbC_dEf-123"
UUID = "9db9f3f1-9b54-44ed-9e91-461d262d2205"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=AbC_dEf-123&list=2", TUBE),
        ("https://youtu.be/AbC_dEf-123", TUBE),
        ("https://m.youtube.com/live/AbC_dEf-123", TUBE),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://www.dailymotion.com/video/x7abcd", "https://geo.dailymotion.com/player.html?video=x7abcd"),
        (f"https://films.example/videos/watch/{UUID}", f"https://films.example/videos/embed/{UUID}"),
    ],
)
def test_a_known_host_has_a_player(address: str, player: str) -> None:
    assert player_address(address) == player


@pytest.mark.parametrize(
    "address",
    [
        "http://youtu.be/AbC_dEf-123",
        "https://youtu.be:8443/AbC_dEf-123",
        "https://youtu.be.evil.example/AbC_dEf-123",
        "https://www.youtube.com/watch?v=AbC_dEf-12%22x",
        "https://www.youtube.com/watch",
        "https://video.example/watch?v=1",
        "https://vimeo.com/channels/staff",
        "https://films.example/w/short",
        "https://[::1/watch?v=AbC_dEf-123",
    ],
)
def test_of_any_other_address_nothing_is_guessed(address: str) -> None:
    assert player_address(address) is None


def test_the_origin_of_a_player_is_what_a_policy_names() -> None:
    assert player_origin(TUBE) == "https://www.youtube-nocookie.com"
