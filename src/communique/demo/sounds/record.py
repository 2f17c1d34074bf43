"""Makes the demo's sounds: `python -m communique.demo.sounds.record` writes fog-bell.mp3 and reply-read-aloud.mp3.

For those who change a sound. The bell is a sum of the partials of a bronze bell, each fading at its own pace, over the
noise of a calm sea; the reply is read by a machine and says so in its title. Needs flite, which speaks, and ffmpeg,
which makes MP3 of samples. Prints when each turn is heard, in milliseconds, for the message's file.
"""

from __future__ import annotations

import math
import random
import subprocess
import sys
import tempfile
import wave
from array import array
from pathlib import Path

HERE = Path(__file__).parent
RATE = 22_050
"""samples a second"""

STRIKE = 196.0
"""the note one hears, in hertz"""
PARTIALS = ((0.5, 0.35, 7.0), (1.0, 0.8, 5.0), (1.2, 0.5, 3.5), (1.5, 0.3, 2.6), (2.0, 0.55, 1.9), (2.67, 0.2, 1.1))
"""hum, prime, tierce, quint, nominal and twelfth of a tuned bell: times the strike, loudness, seconds to fade"""

TURNS = (
    (
        "awb",
        "Joren Askelvik, Tessmark Tidings. Guests of the new hotel at Skelmar Point have signed a petition against the "
        "fog bell. Will it be silenced?",
    ),
    (
        "rms",
        "No. It rings only in fog, on average for thirty-four nights a year, and it rings for people who cannot see "
        "the hotel. The lighthouse service has, however, invited the signatories to spend such a night in the watch "
        "room, with soup. Eleven went. Nine of them have since withdrawn their names, and one has asked whether the "
        "post of assistant keeper is vacant.",
    ),
)

Sound = list[float]


def main() -> int:
    """Writes both sounds; returns 0."""
    bell = over_the_sea(strokes(3, apart=4.0))
    as_mp3(bell, HERE / "fog-bell.mp3")
    reply = over_the_sea(strokes(1, apart=4.0))
    for number, (voice, words) in enumerate(TURNS, 1):
        began = len(reply)
        reply += [*spoken(voice, words), *silence(0.9)]
        print(f"turn {number}: {ms(began)} {ms(len(reply))}")
    as_mp3(reply, HERE / "reply-read-aloud.mp3")
    return 0


def strokes(count: int, apart: float) -> Sound:
    """The bell, struck so many times, so many seconds apart."""
    sound = silence(apart * count + 3.0)
    for stroke in range(count):
        start = round(stroke * apart * RATE)
        for at in range(len(sound) - start):
            sound[start + at] += struck(at / RATE)
    return sound


def struck(seconds: float) -> float:
    """What a bell says so many seconds after the stroke."""
    swell = min(1.0, seconds / 0.004)
    return swell * sum(
        loud * math.exp(-seconds / fade * 2.3) * math.sin(2 * math.pi * STRIKE * times * seconds)
        for times, loud, fade in PARTIALS
    )


def over_the_sea(sound: Sound) -> Sound:
    """The same above a slow swell of soft noise, with an even end."""
    noise, random_of = 0.0, random.Random(34)  # noqa: S311 - noise, and the same each time
    heard = []
    for at, value in enumerate(sound):
        noise += (random_of.uniform(-1, 1) - noise) * 0.06
        swell = 0.35 + 0.25 * math.sin(2 * math.pi * at / RATE / 6.5)
        end = min(1.0, (len(sound) - at) / RATE)
        heard.append((value * 0.3 + noise * swell) * end)
    return heard


def spoken(voice: str, words: str) -> Sound:
    """Words read by flite, at our rate."""
    with tempfile.TemporaryDirectory() as folder:
        said, resampled = Path(folder) / "said.wav", Path(folder) / "resampled.wav"
        subprocess.run(["flite", "-voice", voice, "-t", words, "-o", str(said)], check=True)
        subprocess.run(["ffmpeg", "-v", "error", "-i", str(said), "-ar", str(RATE), str(resampled)], check=True)
        with wave.open(str(resampled)) as file:
            samples = array("h", file.readframes(file.getnframes()))
    return [sample / 32_768 for sample in samples]


def silence(seconds: float) -> Sound:
    """Nothing, for so many seconds."""
    return [0.0] * round(seconds * RATE)


def as_mp3(sound: Sound, path: Path) -> None:
    """The sound as MP3, one channel, 40 kbit/s, without a note of the program that made it."""
    loudest = max(map(abs, sound))
    samples = array("h", (round(value / loudest * 29_000) for value in sound))
    to_mp3 = ["-codec:a", "libmp3lame", "-b:a", "40k", "-map_metadata", "-1", "-fflags", "+bitexact"]
    raw = ["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "-"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *raw, *to_mp3, str(path)], input=samples.tobytes(), check=True)


def ms(samples: int) -> int:
    """Samples as milliseconds."""
    return samples * 1000 // RATE


if __name__ == "__main__":
    sys.exit(main())
