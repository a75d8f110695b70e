"""One display name for each subject."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles.subjects import display_name, subject_key


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        ({"Ocean Studies": 1, "Ocean studies": 900}, "Ocean Studies"),
        ({"History of the Sea": 2, "History Of The Sea": 5}, "History of the Sea"),
        ({"OCEAN STUDIES": 7, "Ocean Studies": 1}, "Ocean Studies"),
        ({"Bachelor of laws": 3}, "Bachelor of laws"),
        ({"Physics": 1, "Rivers": 2, "rivers": 1}, "Rivers"),
        ({"  ": 4}, "History of the Sea"),
        ({"Gone": 0}, "History of the Sea"),
        ({}, "History of the Sea"),
    ],
)
def test_display_name(spellings, name):
    assert display_name("history-of-the-sea", spellings) == name


@given(st.lists(st.sampled_from(["Ocean Studies", "Ocean studies", "ocean studies", "OCEAN STUDIES", "Ocean lore"])))
def test_the_order_of_files_does_not_matter(names):
    assert display_name("k", Counter(names)) == display_name("k", Counter(reversed(names)))


def test_a_key_can_be_made_of_a_name():
    assert subject_key("Movies and  Cinema!") == "movies-and-cinema"
