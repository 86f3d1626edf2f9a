"""Proof of work: a form costs the sender's device some seconds, so that thousands of them cost a day.

Sixteen small puzzles instead of a large one, since the time for one alone varies too much. The device looks for numbers
n0 … n15 so that SHA-256 of "challenge:place:number" begins with as many zero bits as are asked for (hashcash).
"""

from hashlib import sha256

PUZZLES = 16
LEAST_BITS, MOST_BITS = 11, 14  # 33,000 and 262,000 hashes; docs/decisions/anonymous-reports.md has the times measured
FOR_EACH_BIT = 8  # so many reports within the hour make it twice as hard
LONGEST = PUZZLES * 12


def bits_for(reports_last_hour: int) -> int:
    """How many zero bits are asked for; it never gets so hard that an old phone needs ten seconds."""
    return min(MOST_BITS, LEAST_BITS + reports_last_hour // FOR_EACH_BIT)


def is_proven(challenge: str, bits: int, answer: str) -> bool:
    """Whether the numbers, joined by dots, solve every puzzle of the challenge."""
    numbers = answer.split(".")
    if len(answer) > LONGEST or len(numbers) != PUZZLES:
        return False
    return all(zero_bits(f"{challenge}:{place}:{number}") >= bits for place, number in enumerate(numbers))


def zero_bits(text: str) -> int:
    """With how many zero bits the SHA-256 of the text begins."""
    return 256 - int.from_bytes(sha256(text.encode()).digest()).bit_length()
