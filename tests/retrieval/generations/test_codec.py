import datetime as dt
import json
import zlib
from contextlib import suppress
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.domain import Article, RelatedArticle, Section, Sentence, Seo, Subject
from retrieval.generations.codec import UNREADABLE, decode_article, encode_article

TEXT = st.text(max_size=30)
ARTICLES = st.builds(
    Article,
    url=TEXT,
    question=TEXT,
    answer=TEXT,
    subject=st.builds(Subject, key=TEXT, name=TEXT),
    path=TEXT,
    id=st.none() | st.integers(-(2**70), 2**70),
    title=TEXT,
    article_title=TEXT,
    date=st.none() | st.dates(),
    date_format=TEXT,
    post_on_text=TEXT,
    author=TEXT,
    file_name=TEXT,
    schema=TEXT,
    score=st.none() | st.floats(allow_nan=False),
    no_index=st.booleans(),
    seo=st.builds(Seo, title=TEXT, page_description=TEXT, page_keywords=st.lists(TEXT, max_size=3).map(tuple)),
    related=st.lists(
        st.builds(RelatedArticle, url=TEXT, title=TEXT, subject=TEXT, id=st.none() | st.integers()), max_size=3
    ).map(tuple),
    extra=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
)
SECTIONS = st.lists(
    st.builds(
        Section,
        ordinal=st.integers(0, 99),
        start=st.integers(0, 9999),
        end=st.integers(0, 9999),
        heading_path=st.lists(TEXT, max_size=3).map(tuple),
        passage_text=TEXT,
    ),
    max_size=4,
).map(tuple)
SENTENCES = st.lists(
    st.builds(Sentence, start=st.integers(0, 9999), end=st.integers(0, 9999), is_heading=st.booleans()), max_size=9
).map(tuple)


@settings(deadline=None)
@given(article=ARTICLES, sections=SECTIONS, sentences=SENTENCES)
def test_every_field_comes_back(article, sections, sentences):
    stored = decode_article(encode_article(article, sections, sentences), article.subject)
    assert (stored.article, stored.sections, stored.sentences) == (article, sections, sentences)


def test_the_test_above_knows_every_field():
    article = Article(
        url="/u",
        question="q",
        answer="a",
        subject=Subject("k", "n"),
        path="p",
        id=1,
        title="t",
        article_title="at",
        date=dt.date(2024, 2, 29),
        date_format="f",
        post_on_text="on",
        author="me",
        file_name="fn",
        schema="s",
        score=0.5,
        no_index=True,
        seo=Seo("st", "sd", ("k1", "k2")),
        related=(RelatedArticle("/r", "rt", "rs", 7),),
        extra=(("a", "b"),),
    )
    plain = Article(url="", question="", answer="", subject=Subject("", ""), path="")
    assert all(getattr(article, field.name) != getattr(plain, field.name) for field in fields(Article))
    assert decode_article(encode_article(article, (), ()), article.subject).article == article


def test_the_subject_is_named_as_it_is_named_now():
    article = Article(url="/u", question="q", answer="a", subject=Subject("k", "old name"), path="p")
    assert decode_article(encode_article(article, (), ()), Subject("k", "Name")).article.subject.name == "Name"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([field.name for field in fields(Article)])


@settings(max_examples=60)
@given(ARTICLES, st.dictionaries(NAMES, JSON, max_size=3), st.sets(NAMES, max_size=2), st.binary(max_size=20))
def test_what_is_no_article_raises_what_a_reader_takes_for_damage(article, others, missing, noise):
    sound = encode_article(article, (), ())
    facts, *rest = json.loads(zlib.decompress(sound))
    damaged = {name: value for name, value in (facts | others).items() if name not in missing}
    every = [[damaged, *rest], [damaged], damaged, [others, *rest]]
    bodies = [zlib.compress(json.dumps(each).encode()) for each in every]
    for body in (*bodies, noise, sound[: len(noise)] + noise, zlib.compress(noise), zlib.compress(b"[" * 100_000)):
        with suppress(*UNREADABLE):
            decode_article(body, article.subject)


def test_a_body_of_another_layout_is_no_article():
    for body in (b"", b"article", zlib.compress(b"[[], [], []]"), zlib.compress(b"{"), zlib.compress(b"\xff")):
        with pytest.raises(UNREADABLE):
            decode_article(body, Subject("k", "Name"))
