"""The model's rules for words, looked up rather than searched for.

A model corrects its tagger by some two hundred rules, nearly all about one word with its tag and its
label. Its own matcher tries each of them at each word, which is a tenth of the time that a parse
takes. Here it is worked out once for a word with its tag and label which rules fit, and remembered.
Rules that ask for more are left to the matcher, and the order stays.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens._retokenize import set_token_attrs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

    Word = tuple[int, int, int]
    """What spaCy numbers a word's tag, its small letters and its label by."""
    Asked = dict[str, object]
    """What a rule asks of one word, by what it asks about."""

NAME = "word_rules"
_KNOWN_MOST = 1 << 16  # words with tag and label; memory stays bounded however much is read
_TOLD = ("TAG", "LOWER", "DEP")


class WordRules:
    """Applies the rules of a model's attribute ruler, in their order."""

    def __init__(self, ruler: AttributeRuler) -> None:
        """Sort the rules into those about words that can be looked up and the others."""
        self.ruler = ruler
        self.rest = Matcher(ruler.vocab)
        self.rules: list[tuple[int, list[Asked]]] = []
        for number, rule in enumerate(ruler.patterns):
            for pattern in cast("list[list[Asked]]", rule["patterns"]):
                if all(_can_be_looked_up(asked) for asked in pattern):
                    self.rules.append((number, pattern))
                else:
                    self.rest.add(str(number), [pattern])
        self.about = lru_cache(maxsize=_KNOWN_MOST)(self._about)

    def __call__(self, doc: Doc) -> Doc:
        """Apply the rules to a text that has been tagged and parsed."""
        strings, attributes = doc.vocab.strings, self.ruler.attrs
        matches = self.rest(doc, allow_missing=True) if len(self.rest) else ()
        found = [(int(strings[key]), start, end) for key, start, end in matches]
        words = [(tag, lower, dep) for tag, lower, dep in doc.to_array(list(_TOLD)).tolist()]
        for i, word in enumerate(words):
            for number, pattern in self.about(word):
                if len(pattern) == 1 or self._go_on(pattern, words[i : i + len(pattern)]):
                    found.append((number, i, i + len(pattern)))
        found.sort()
        for number, start, end in found:
            at = start if end - start == 1 else start + self.ruler.indices[number]
            set_token_attrs(doc[at], attributes[number])
        return doc

    def _about(self, word: Word) -> tuple[tuple[int, list[Asked]], ...]:
        """Return the rules, with their numbers, whose first word this may be."""
        return tuple(rule for rule in self.rules if self._fits(word, rule[1][0]))

    def _go_on(self, pattern: list[Asked], words: Sequence[Word]) -> bool:
        """Say whether the words behind the first fit too."""
        return len(words) == len(pattern) and all(map(self._fits, words[1:], pattern[1:]))

    def _fits(self, word: Word, asked: Asked) -> bool:
        """Say whether a word is what a rule asks for."""
        told = dict(zip(_TOLD, (self.ruler.vocab.strings[n] for n in word), strict=True))
        return all(
            told["LOWER"].isspace() == wanted
            if about == "IS_SPACE"
            else _is_wanted(told[about], wanted)
            for about, wanted in asked.items()
        )


def _can_be_looked_up(asked: Asked) -> bool:
    """Say whether a rule asks of a word only what can be told of it by itself."""
    return all(
        (about == "IS_SPACE" and isinstance(wanted, bool))
        or (
            about in _TOLD
            and (
                isinstance(wanted, str)
                or (isinstance(wanted, dict) and wanted.keys() <= {"IN", "NOT_IN", "REGEX"})
            )
        )
        for about, wanted in asked.items()
    )


def _is_wanted(told: str, wanted: object) -> bool:
    """Say whether what is told of a word is what a rule wants.

    Examples
    --------
    >>> _is_wanted("are", "are"), _is_wanted("are", {"IN": ["is", "'s"]})
    (True, False)
    >>> _is_wanted("n't", {"REGEX": "^n'?t$"}), _is_wanted("TO", {"NOT_IN": ["TO", ""]})
    (True, False)
    """
    if isinstance(wanted, str):
        return told == wanted
    kinds = cast("dict[str, list[str] | str]", wanted)
    return all(
        bool(re.search(cast("str", named), told))
        if kind == "REGEX"
        else (told in named) == (kind == "IN")
        for kind, named in kinds.items()
    )


@Language.factory(NAME)
def _made(nlp: Language, name: str) -> WordRules:  # noqa: ARG001 - spaCy calls it with both
    """Make the component from the pipeline's own ruler."""
    return WordRules(cast("AttributeRuler", nlp.get_pipe("attribute_ruler")))
