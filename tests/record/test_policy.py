"""A policy says whom to believe; a quorum is met by enough witnesses and by nothing less."""

from __future__ import annotations

from itertools import combinations

import pytest

from communique.record.checkpoint import cosign_checkpoint, sign_checkpoint
from communique.record.errors import NotOfFormat, NotVerified
from communique.record.note import COSIGNATURE, SignerKey, VerifierKey, signer_key
from communique.record.policy import format_policy, parse_policy, verify_under_policy
from signed_record import LOG

KEYS = [signer_key(f"witness.example/{n}", bytes([n] * 32), COSIGNATURE) for n in range(1, 7)]
NAMES = ["X1", "X2", "X3", "Y1", "Y2", "Y3"]
LOG_LINE = f"log {LOG.verifier.text} https://embassy.example/record/\n"
WITNESSES = "".join(f"witness {name} {key.verifier.text}\n" for name, key in zip(NAMES, KEYS, strict=True))
GROUPS = "group X 2 X1 X2 X3\ngroup Y any Y1 Y2 Y3\ngroup both all X Y\nquorum both\n"


def keys(numbers: tuple[int, ...]) -> frozenset[VerifierKey]:
    return frozenset(KEYS[number].verifier for number in numbers)


def test_a_quorum_of_two_levels_counts_as_the_specification_has_it() -> None:
    policy = parse_policy((LOG_LINE + WITNESSES + GROUPS).encode())
    for count in range(7):
        for chosen in combinations(range(6), count):
            enough = sum(n < 3 for n in chosen) >= 2 and any(n >= 3 for n in chosen)
            assert policy.is_met_by(keys(chosen)) == enough


def test_a_policy_reads_back_to_its_bytes_and_comments_and_blanks_count_for_nothing() -> None:
    plain = (LOG_LINE + WITNESSES + GROUPS).encode()
    policy = parse_policy(plain)
    assert format_policy(policy) == plain
    assert parse_policy(b"# ours\n\n \t\n" + plain.replace(b" ", b" \t ") + b"  # end") == policy


def test_names_are_opaque_bytes() -> None:
    data = b"witness \xff\xfe " + KEYS[0].verifier.text.encode() + b"\nquorum \xff\xfe\n"
    assert format_policy(parse_policy(data)) == data
    with pytest.raises(NotOfFormat, match="is not UTF-8"):
        parse_policy(data.replace(b" witness.example", b" witness\xff.example"))


def test_quorum_none_asks_for_nobody() -> None:
    assert parse_policy(b"quorum none\n").is_met_by(frozenset())


def test_a_witness_whose_key_we_cannot_check_never_counts() -> None:
    key = VerifierKey("witness.example/new", b"\x01\x02\x03\x04", 0x06, bytes(1312))
    policy = parse_policy(f"{LOG_LINE}witness new {key.text}\nquorum new\n".encode())
    assert policy.witnesses[0].key == key
    with pytest.raises(NotVerified, match="cosigned by nobody, which is not the quorum new"):
        verify_under_policy(sign_checkpoint(1, bytes(32), LOG), policy)


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ("", "has no line `quorum`"),
        ("quorum none\nquorum none\n", "line 2: `quorum` is not known, stands a second time"),
        ("quorum X1\n", "not named on a line before"),
        ("log\nquorum none\n", "line 1: `log`"),
        (WITNESSES + f"group X9 {'9' * 5000} X1\nquorum X9\n", "cannot be had"),
        (LOG_LINE + LOG_LINE + "quorum none\n", "stands on a line before"),
        (WITNESSES + f"witness Z {KEYS[0].verifier.text}\nquorum none\n", "stands on a line before"),
        (WITNESSES + f"witness X1 {LOG.verifier.text}\nquorum none\n", "the name X1 is taken"),
        (f"witness none {LOG.verifier.text}\nquorum none\n", "the name none is taken"),
        (WITNESSES + "group G 0 X1 X2\nquorum G\n", "0 of 2 members"),
        (WITNESSES + "group G 3 X1 X2\nquorum G\n", "3 of 2 members"),
        (WITNESSES + "group G most X1 X2\nquorum G\n", "most of 2 members"),
        (WITNESSES + "group G any\nquorum G\n", "`group` is not known"),
        (WITNESSES + "group G any X1 X1\nquorum G\n", "X1 is not named on a line before, or stands in a group"),
        (WITNESSES + "group G any X1\ngroup H any X1\nquorum G\n", "stands in a group already"),
        (WITNESSES + "group G any H\ngroup H any G\nquorum G\n", "H is not named"),
        (WITNESSES + "group G any none\nquorum G\n", "none is not named"),
        ("quorum\rnone\n", "control character"),
        ("log embassy.example/record+00000000+AQOh\nquorum none\n", "line 1: "),
    ],
)
def test_a_policy_that_says_something_else_is_refused_with_its_line(lines: str, what: str) -> None:
    with pytest.raises(NotOfFormat, match=what):
        parse_policy(lines.encode())


@pytest.mark.parametrize(("cosigners", "fine"), [((0, 1, 3), True), ((0, 3, 4), False), ((), False)])
def test_a_checkpoint_counts_when_log_and_quorum_signed_it(cosigners: tuple[int, ...], fine: bool) -> None:
    policy = parse_policy((LOG_LINE + WITNESSES + GROUPS).encode())
    made = sign_checkpoint(1, bytes(32), LOG)
    made = made.with_signatures(*(cosign_checkpoint(made, KEYS[number], 1772700001) for number in cosigners))
    if fine:
        assert len(verify_under_policy(made, policy).witnesses) == len(cosigners)
    else:
        with pytest.raises(NotVerified, match="which is not the quorum both"):
            verify_under_policy(made, policy)


def test_a_checkpoint_of_a_log_that_the_policy_does_not_name_counts_for_nothing() -> None:
    policy = parse_policy(f"{LOG_LINE}quorum none\n".encode())
    strangers: list[SignerKey] = [signer_key("other.example/record", LOG.seed), signer_key(LOG.name, bytes(32))]
    for stranger in strangers:
        with pytest.raises(NotVerified, match="no log of the policy signed"):
            verify_under_policy(sign_checkpoint(1, bytes(32), stranger), policy)
