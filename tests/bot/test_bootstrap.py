"""What the composition root does beside wiring."""

from __future__ import annotations

from threadpoolctl import threadpool_info, threadpool_limits

from bot.bootstrap import open_index


def test_a_question_is_answered_in_the_thread_that_asks(sample_settings):
    with threadpool_limits():  # what is changed inside is changed back at the end
        with open_index(sample_settings) as index:
            index.ask("what is osmosis")
            matrix_libraries = [each for each in threadpool_info() if each["user_api"] == "blas"]
        assert matrix_libraries
        assert {each["num_threads"] for each in matrix_libraries} == {1}
