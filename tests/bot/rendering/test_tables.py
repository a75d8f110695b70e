import pytest

from bot.rendering.tables import MAX_WIDTH, Align, Cell, Table, table_markdown, width


def table(*rows, aligns=None):
    head, *body = [tuple(Cell(text, text) for text in row) for row in rows]
    return Table(head, tuple(body), aligns or (Align.LEFT,) * len(head))


def test_columns_are_aligned():
    (block,) = table_markdown(table(("name", "n"), ("a", "100"), ("long name", "2")))
    assert block == "```\nname      | n\n----------+----\na         | 100\nlong name | 2\n```"


def test_columns_stand_where_the_writer_wants_them():
    aligns = (Align.RIGHT, Align.CENTER, Align.LEFT)
    (block,) = table_markdown(table(("num", "mid", "x"), ("1", "a", "y"), ("20", "abc", "z"), aligns=aligns))
    assert block.split("\n")[1:-1] == ["num | mid | x", "----+-----+--", "  1 |  a  | y", " 20 | abc | z"]


@pytest.mark.parametrize(
    ("text", "letters"), [("abc", 3), ("数学", 4), ("é", 1), ("e\u0301", 1), ("🙂", 2), ("", 0), ("a\x1b", 2)]
)
def test_letters_are_measured_as_they_are_shown(text, letters):
    assert width(text) == letters


def test_wide_letters_take_two_columns():
    (block,) = table_markdown(table(("k", "v"), ("数学", "1"), ("ab", "2")))
    assert block.split("\n")[3:-1] == ["数学 | 1", "ab   | 2"]


def test_a_table_that_is_too_wide_becomes_lists():
    long = "w" * MAX_WIDTH
    records = table_markdown(table(("name", "size", "use"), ("a", long, "x"), ("b", "2", "")))
    assert records == (f"**name: a**\n- size: {long}\n- use: x", "**name: b**\n- size: 2")


def test_a_record_without_names_shows_its_cells():
    assert table_markdown(table(("", ""), ("", "x" * 60))) == ("- " + "x" * 60,)


def test_a_wide_table_without_rows_shows_the_names_of_its_columns():
    assert table_markdown(table(("n" * 60, "", "size"))) == (f"{'n' * 60} | size",)


def test_bold_cells_stay_bold_as_titles():
    cell, other = Cell("a", "**a**"), Cell("x" * 60, "x" * 60)
    assert table_markdown(Table((cell, other), ((cell, other),), (Align.LEFT,) * 2)) == (
        f"**a**: **a**\n- {'x' * 60}: {'x' * 60}",
    )


def test_a_cell_cannot_end_the_code_block():
    (block,) = table_markdown(table(("a",), ("```",)))
    assert block.count("```") == 2
