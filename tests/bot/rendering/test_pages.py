import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.blocks import ImageBlock, Page, TextBlock
from bot.rendering.limits import MESSAGE_TEXT, shorten, text_length
from bot.rendering.pages import Room, make_pages, split_text
from tests.bot.rendering.blocks_of import text_of

PICTURE = ImageBlock("formula-1.png", b"png", "x")
SMALL = Room(text=200, components=8, images=2)


def texts(pages):
    return [text_of(page) for page in pages]


def test_texts_next_to_each_other_become_one():
    blocks = [TextBlock("a"), TextBlock("b"), TextBlock("- c", is_tight=True), PICTURE, TextBlock("d")]
    assert make_pages(blocks) == (Page((TextBlock("a\n\nb\n- c"), PICTURE, TextBlock("d"))),)


def test_a_page_is_cut_between_blocks():
    blocks = [TextBlock(letter * 90) for letter in "abcde"]
    assert texts(make_pages(blocks, SMALL)) == ["a" * 90 + "\n\n" + "b" * 90, "c" * 90 + "\n\n" + "d" * 90, "e" * 90]


def test_a_heading_goes_with_what_follows_it():
    blocks = [TextBlock("a" * 150), TextBlock("## Head", is_heading=True), TextBlock("b" * 100)]
    assert texts(make_pages(blocks, SMALL)) == ["a" * 150, "## Head\n" + "b" * 100]


def test_a_heading_alone_on_its_page_stays_there():
    blocks = [TextBlock("# " + "h" * 150, is_heading=True), TextBlock("b" * 100)]
    assert texts(make_pages(blocks, SMALL)) == ["# " + "h" * 150, "b" * 100]


def test_headings_that_do_not_fit_with_what_follows_get_their_own_page():
    blocks = [TextBlock("a" * 150), TextBlock("# " + "h" * 100, is_heading=True), TextBlock("b" * 150)]
    assert texts(make_pages(blocks, SMALL)) == ["a" * 150, "# " + "h" * 100, "b" * 150]


def test_pictures_are_counted():
    pages = make_pages([PICTURE] * 5, SMALL)
    assert [len(page.images) for page in pages] == [2, 2, 1]


def test_components_are_counted():
    blocks = [block for number in range(4) for block in (TextBlock(str(number)), PICTURE)]
    pages = make_pages(blocks, Room(components=7, images=10))
    assert [len(page.blocks) for page in pages] == [5, 3]


def test_nothing_gives_no_page():
    assert make_pages([]) == ()
    assert make_pages([TextBlock("  \n")]) == ()


def test_a_room_in_which_nothing_fits_is_refused():
    with pytest.raises(ValueError, match="200 characters"):
        Room(text=100)


def test_a_long_code_block_is_closed_and_opened_again():
    code = "\n".join(f"line {number}" for number in range(60))
    pieces = split_text(f"```python\n{code}\n```", 200)
    assert len(pieces) > 2
    for piece in pieces:
        assert piece.startswith("```python\n")
        assert piece.endswith("\n```")
        assert len(piece) <= 200
    assert "\n".join(piece.removeprefix("```python\n").removesuffix("\n```") for piece in pieces) == code


def test_a_long_line_of_code_is_cut_all_the_same():
    pieces = split_text(f"```js\n{'x' * 900}\n```", 200)
    assert "".join(piece.removeprefix("```js\n").removesuffix("\n```") for piece in pieces) == "x" * 900


def test_a_quoted_code_block_stays_quoted():
    code = "\n".join(f"> line {number}" for number in range(40))
    pieces = split_text(f"> ```py\n{code}\n> ```", 200)
    assert all(piece.startswith("> ```py\n") and piece.endswith("\n> ```") for piece in pieces)


def test_a_code_block_that_just_does_not_fit_leaves_no_empty_one():
    for length in range(180, 200):
        pieces = split_text(f"```py\n{'x' * length}\n```", 200)
        assert all(re.search(r"x", piece) for piece in pieces)


def test_a_long_paragraph_is_cut_between_sentences():
    sentence = "This is a sentence of some length."
    pieces = split_text(" ".join([sentence] * 20), 200)
    assert all(piece.rstrip().endswith(".") for piece in pieces)
    assert " ".join(piece.strip() for piece in pieces) == " ".join([sentence] * 20)


def test_a_cut_leaves_emphasis_and_links_whole():
    text = (
        "word " * 30
        + "**bold words that go on for a while. And on** "
        + "[a label with words](https://a.b) "
        + "word " * 30
    )
    pieces = split_text(text, 200)
    for piece in pieces:
        assert piece.count("**") % 2 == 0
        assert piece.count("[") == piece.count("](https://a.b)")


def test_a_backslash_keeps_what_it_escapes():
    pieces = split_text(r"\*" * 300, 201)
    assert all(re.fullmatch(r"(?:\\\*)+", piece) for piece in pieces)


def test_lengths_are_those_that_discord_may_count():
    assert text_length("a😀é") == 4
    assert shorten("😀😀😀", 4) == "😀…"
    assert shorten("abc", 3) == "abc"


BLOCKS = st.lists(
    st.one_of(
        st.builds(
            lambda text, tight: TextBlock(text, is_tight=tight),
            st.text("ab *`[]()\\\n😀.", min_size=1, max_size=700),
            st.booleans(),
        ),
        st.builds(lambda text: TextBlock(f"## {text}", is_heading=True), st.text("ab", min_size=1, max_size=90)),
        st.builds(lambda code: TextBlock(f"```py\n{code}\n```"), st.text("ab \n😀", min_size=1, max_size=900)),
        st.builds(lambda number: ImageBlock(f"{number}.png", b"", ""), st.integers(0, 99)),
    ),
    max_size=12,
)


@given(BLOCKS, st.integers(200, 1_000), st.integers(3, 40), st.integers(1, 10))
def test_pages_keep_every_limit_and_lose_nothing(blocks, text, components, images):
    pages = make_pages(blocks, Room(text, components, images))
    for page in pages:
        assert page.blocks
        assert text_length("".join(block.markdown for block in page.blocks if isinstance(block, TextBlock))) <= text
        assert len(page.blocks) + len(page.images) <= components
        assert len(page.images) <= images
    assert [image for page in pages for image in page.images] == [b for b in blocks if isinstance(b, ImageBlock)]
    letters = re.compile(r"[ab😀]")
    kept = "".join(block.markdown for block in blocks if isinstance(block, TextBlock)).replace("```py", "```")
    assert letters.findall(kept) == letters.findall("".join(map(text_of, pages)).replace("```py", "```"))


@given(st.lists(st.text("ab`\n", max_size=300).filter(lambda code: "```" not in code), min_size=1, max_size=4))
def test_code_blocks_are_balanced_on_every_page(codes):
    pages = make_pages([TextBlock(f"```py\n{code}\n```") for code in codes if code.strip()], SMALL)
    for page in pages:
        lines = text_of(page).split("\n")
        assert lines.count("```py") == lines.count("```")


def test_the_default_room_is_a_whole_message():
    (page,) = make_pages([TextBlock("a" * MESSAGE_TEXT)])
    assert text_of(page) == "a" * MESSAGE_TEXT
    assert len(make_pages([TextBlock("a" * (MESSAGE_TEXT + 1))])) == 2
