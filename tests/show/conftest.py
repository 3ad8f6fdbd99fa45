"""The briefs that the tests of this folder show."""

import pytest

import fictional_brief as fictional
from foedus.show.values import Brief


@pytest.fixture
def whole() -> Brief:
    return fictional.brief()


@pytest.fixture
def unanswered() -> Brief:
    return fictional.without_answer()


@pytest.fixture
def hostile() -> Brief:
    return fictional.hostile()
