"""The model's rules for single words, looked up rather than searched for.

A model corrects its tagger by some two hundred rules, nearly all about one word with one tag. Its
own matcher tries each of them at each word, which is a tenth of the time that a parse takes. Here
those rules are found in a table; the others are left to the matcher, and the order stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens._retokenize import set_token_attrs

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

    Word = tuple[str | None, str | None]
    """A tag and a word in small letters; None for any."""

NAME = "word_rules"


class WordRules:
    """Applies the rules of a model's attribute ruler, in their order."""

    def __init__(self, ruler: AttributeRuler) -> None:
        """Sort the rules into those about a single word and the others."""
        self.ruler = ruler
        self.rest = Matcher(ruler.vocab)
        self.about: dict[Word, list[int]] = {}
        for number, rule in enumerate(ruler.patterns):
            patterns = cast("list[list[dict[str, object]]]", rule["patterns"])
            words = [_word(pattern) for pattern in patterns]
            if None in words:
                self.rest.add(str(number), patterns)
            for word in words if None not in words else ():
                self.about.setdefault(cast("Word", word), []).append(number)

    def __call__(self, doc: Doc) -> Doc:
        """Apply the rules to a text that has been tagged and parsed."""
        strings, about, attributes = doc.vocab.strings, self.about, self.ruler.attrs
        found = [(int(strings[key]), s, e) for key, s, e in self.rest(doc, allow_missing=True)]
        for i, token in enumerate(doc):
            tag, lower = token.tag_, token.lower_
            for word in ((tag, None), (None, lower), (tag, lower)):
                if word in about:
                    found += [(number, i, i + 1) for number in about[word]]
        found.sort()
        for number, start, end in found:
            at = start if end - start == 1 else start + self.ruler.indices[number]
            set_token_attrs(doc[at], attributes[number])
        return doc


def _word(pattern: list[dict[str, object]]) -> Word | None:
    """Return what a pattern asks of a single word, or None if it asks for more than that."""
    if len(pattern) != 1 or not pattern[0].keys() <= {"TAG", "LOWER"}:
        return None
    if not all(isinstance(value, str) for value in pattern[0].values()):
        return None
    return cast("Word", (pattern[0].get("TAG"), pattern[0].get("LOWER")))


@Language.factory(NAME)
def _made(nlp: Language, name: str) -> WordRules:  # noqa: ARG001 - spaCy calls it with both
    """Make the component from the pipeline's own ruler."""
    return WordRules(cast("AttributeRuler", nlp.get_pipe("attribute_ruler")))
