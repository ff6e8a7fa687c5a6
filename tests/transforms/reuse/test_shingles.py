from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse.normal import join_codes
from transforms.reuse.shingles import hash_shingles, sample_shingles

TEXTS = st.lists(st.text(alphabet="甲乙丙", max_size=12), max_size=5)


@given(TEXTS)
def test_equal_hashes_are_equal_shingles_and_none_runs_over_a_border(texts: list[str]) -> None:
    positions, hashes = hash_shingles(join_codes(texts), width=3)
    whole = "".join(texts)
    shingles = defaultdict(set)
    for position, hashed in zip(positions.tolist(), hashes.tolist(), strict=True):
        shingles[hashed].add(whole[position : position + 3])
    expected = {text[start : start + 3] for text in texts for start in range(len(text) - 2)}
    assert all(len(equal) == 1 for equal in shingles.values())
    assert {next(iter(equal)) for equal in shingles.values()} == expected
    assert len(positions) == sum(max(len(text) - 2, 0) for text in texts)


def test_a_part_keeps_the_shingles_that_the_whole_is_sampled_by(write) -> None:
    whole = write(1, 40)
    samples = sample_shingles(join_codes([whole, whole[200:400]]), width=5, modulus=4)
    of_whole, of_part = (set(samples.filter(text=number)["hash"]) for number in (0, 1))
    assert of_part <= of_whole
    assert 0.15 * 196 < len(of_part) < 0.35 * 196


def test_a_text_holds_each_shingle_once() -> None:
    assert sample_shingles(join_codes(["甲乙丙丁戊" * 9]), width=5, modulus=1).height == 5
