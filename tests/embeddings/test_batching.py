import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embeddings.batching import pad_batch, plan_batches


@given(st.lists(st.integers(0, 300), max_size=200), st.integers(1, 600))
def test_every_text_is_in_one_batch_and_no_batch_exceeds_the_budget(lengths, budget):
    batches = plan_batches(lengths, token_budget=budget)
    assert sorted(int(place) for batch in batches for place in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[place] for place in batch) <= budget


@given(st.lists(st.integers(1, 300), min_size=2, max_size=200))
def test_batches_go_from_long_to_short(lengths):
    planned = [lengths[place] for batch in plan_batches(lengths, token_budget=500) for place in batch]
    assert planned == sorted(lengths, reverse=True)


def test_texts_of_one_length_share_a_batch_up_to_the_budget():
    assert [list(batch) for batch in plan_batches([10, 10, 10, 10, 10], token_budget=20)] == [[0, 1], [2, 3], [4]]


def test_padding_stands_right_of_the_tokens_and_is_masked():
    ids, mask = pad_batch([[7, 8, 9], [5]], pad_id=1)
    np.testing.assert_array_equal(ids, [[7, 8, 9], [5, 1, 1]])
    np.testing.assert_array_equal(mask, [[1, 1, 1], [1, 0, 0]])


def test_a_text_without_tokens_still_has_a_column():
    ids, mask = pad_batch([[]], pad_id=3)
    assert ids.tolist() == [[3]]
    assert mask.tolist() == [[0]]
