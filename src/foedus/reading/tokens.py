"""A line's parse as plain Python objects, read off the language pipeline's result once.

The rules ask for the same few attributes of the same words over and over. Each time spaCy makes a
new token and a new string for the answer, and walks the sentence for the words below another. Here
every word is made once with what is asked of it, and keeps what it worked out. Names and meanings
are spaCy's own, so that its documentation holds here too; `tests/reading` compares the two word by
word. Labels are those of the CLEAR style that spaCy's English models are trained on.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc as Result

_FIELDS = ("ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START", "ENT_TYPE", "SPACY")
_NEGATIVE = 1 << 63  # spaCy gives the way to a head as an unsigned number of 64 bits


class Token:
    """One word or mark of a line. Two are equal only when they are the same.

    It is no frozen dataclass because a head and its children hold each other; nothing outside this
    file changes one.
    """

    __slots__ = (
        "below",
        "children",
        "dep_",
        "doc",
        "edges",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_digit",
        "is_punct",
        "is_sent_start",
        "is_space",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )  # fmt: skip

    doc: Doc
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    whitespace_: str
    is_punct: bool
    is_space: bool
    is_digit: bool
    is_alpha: bool
    like_num: bool
    is_sent_start: bool
    head: Token
    children: tuple[Token, ...]
    sent: Words
    below: tuple[Token, ...] | None
    edges: tuple[Token, Token] | None

    def __len__(self) -> int:
        """Return how many letters it has."""
        return len(self.text)

    def __repr__(self) -> str:
        """Return its letters."""
        return self.text

    @property
    def subtree(self) -> tuple[Token, ...]:
        """The word and all below it: those of each child to the left, itself, those to the right."""
        found = self.below
        if found is None:
            if self.children:
                words: list[Token] = []
                for child in self.lefts:
                    words += child.subtree
                words.append(self)
                for child in self.rights:
                    words += child.subtree
                found = tuple(words)
            else:
                found = (self,)
            self.below = found
        return found

    @property
    def left_edge(self) -> Token:
        """The first word of the subtree."""
        return self._ends()[0]

    @property
    def right_edge(self) -> Token:
        """The last word of the subtree."""
        return self._ends()[1]

    def _ends(self) -> tuple[Token, Token]:
        if self.edges is None:
            below, all_words = [t.i for t in self.subtree], self.doc.words
            self.edges = (all_words[min(below)], all_words[max(below)])
        return self.edges

    @property
    def lefts(self) -> tuple[Token, ...]:
        """The children before it."""
        return tuple(child for child in self.children if child.i < self.i)

    @property
    def rights(self) -> tuple[Token, ...]:
        """The children behind it."""
        return tuple(child for child in self.children if child.i > self.i)

    @property
    def n_rights(self) -> int:
        """How many children stand behind it."""
        return len(self.rights)

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The words that it is coordinated with, the first of the row first."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        row = [first]
        for word in row:
            row += [child for child in word.rights if child.dep_ == "conj"]
        return tuple(word for word in row if word is not self)

    def nbor(self, step: int = 1) -> Token:
        """Return the word some steps ahead or, with a negative number, back."""
        at = self.i + step
        if at < 0:
            message = f"no word {step} from word {self.i}"
            raise IndexError(message)
        return self.doc.words[at]


class Words:
    """An unbroken stretch of a line's words, ``[start, end)``."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        """Take the words of ``doc`` from ``start`` to before ``end``."""
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __iter__(self) -> Iterator[Token]:
        """Go over the words."""
        return iter(self.doc.words[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        """Go over the words from the last to the first."""
        return reversed(self.doc.words[self.start : self.end])

    def __len__(self) -> int:
        """Return how many words there are."""
        return self.end - self.start

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Token, ...]: ...

    def __getitem__(self, place: int | slice) -> Token | tuple[Token, ...]:
        """Return the word at a place of the stretch, or the words of a slice of it."""
        return self.doc.words[self.start : self.end][place]

    @property
    def text(self) -> str:
        """The words as they stand in the line, without the blank behind the last."""
        if self.start >= self.end:
            return ""
        last = self.doc.words[self.end - 1]
        return self.doc.text[self.start_char : last.idx + len(last.text)]

    @property
    def start_char(self) -> int:
        """Where the first word begins in the line."""
        return self.doc.words[self.start].idx

    @property
    def root(self) -> Token:
        """The word that is nearest to the root of its sentence, the first of several."""
        inside = self.doc.words[self.start : self.end]
        for word in inside:
            if word.head is word:
                return word
        leads_out = [word for word in inside if not self.start <= word.head.i < self.end]
        return min(leads_out, key=_steps_to_root)  # the first of those that are equally near


class Doc:
    """A parsed line: its words, its sentences, and the stretches that the model takes for names.

    ``line`` and ``offset`` say which line of the report it is and where that begins; ``places`` are
    where its words begin; ``memory`` is for `foedus.reading.parsed.once`.
    """

    __slots__ = ("ents", "line", "memory", "offset", "places", "sents", "text", "words")

    def __init__(self, text: str, *, line: int, offset: int) -> None:
        """Start a line without words."""
        self.text, self.line, self.offset = text, line, offset
        self.words: tuple[Token, ...] = ()
        self.places: list[int] = []
        self.sents: tuple[Words, ...] = ()
        self.ents: tuple[Words, ...] = ()
        self.memory: dict[str, Any] = {}

    def __iter__(self) -> Iterator[Token]:
        """Go over the words."""
        return iter(self.words)

    def __reversed__(self) -> Iterator[Token]:
        """Go over the words from the last to the first."""
        return reversed(self.words)

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.words)

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> Words: ...

    def __getitem__(self, place: int | slice) -> Token | Words:
        """Return a word, or the stretch of a slice; what lies outside the line is left out."""
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self.words))
            return Words(self, start, max(start, end))
        return self.words[place]

    def forget(self) -> None:
        """Let go of what functions remembered of the line."""
        self.memory.clear()

    def covering(self, start: int, end: int) -> Words | None:
        """Return the words that letters ``[start, end)`` of the line touch; None when there are none."""
        if not 0 <= start < end <= len(self.text):
            return None
        first = bisect_right(self.places, start) - 1
        last = bisect_right(self.places, end - 1) - 1
        word = self.words[first]
        if start == word.idx + len(word.text):  # the blank behind a word is not of it
            first += 1
        return Words(self, first, last + 1)


def _steps_to_root(word: Token) -> int:
    """Return how far a word is from its sentence's root; a lone mark or blank is farthest."""
    if (word.is_punct or word.is_space) and not word.children:
        return len(word.doc.words) - 1
    steps = 0
    while word.head is not word:
        word = word.head
        steps += 1
    return steps


def read_off(results: Iterator[Result], lines: Sequence[tuple[str, int]]) -> Iterator[Doc]:
    """Yield each line's parse as plain objects; ``lines`` are their texts and offsets, in order."""
    forms: dict[int, tuple[str, str, bool, bool, bool, bool, bool]] = {}
    for number, (result, (text, offset)) in enumerate(zip(results, lines, strict=True)):
        doc = Doc(text, line=number, offset=offset)
        _fill(doc, result, forms)
        yield doc


def _fill(
    doc: Doc, result: Result, forms: dict[int, tuple[str, str, bool, bool, bool, bool, bool]]
) -> None:
    """Give a line its words; what hangs on a word's letters alone is kept in ``forms``."""
    strings, at = result.vocab.strings, 0
    words: list[Token] = []
    heads: list[int] = []
    starts: list[int] = []
    rows: list[list[int]] = result.to_array(list(_FIELDS)).tolist()
    for i, (orth, lemma, pos, tag, dep, head, start, ent, spaced) in enumerate(rows):
        form = forms.get(orth)
        if form is None:
            known = result.vocab[orth]
            form = forms[orth] = (
                known.text, known.lower_, known.is_punct, known.is_space, known.is_digit,
                known.is_alpha, known.like_num,
            )  # fmt: skip
        word = Token()
        (word.text, word.lower_, word.is_punct, word.is_space, word.is_digit, word.is_alpha,
         word.like_num) = form  # fmt: skip
        word.doc, word.i, word.idx = doc, i, at
        word.lemma_, word.pos_, word.tag_ = strings[lemma], strings[pos], strings[tag]
        word.dep_, word.ent_type_ = strings[dep], strings[ent]
        word.whitespace_ = " " if spaced else ""
        word.is_sent_start = start == 1
        word.children, word.below, word.edges = (), None, None
        at += len(word.text) + spaced
        if start == 1 or i == 0:
            starts.append(i)
        heads.append(i + head if head < _NEGATIVE else i + head - 2 * _NEGATIVE)
        words.append(word)
    doc.words, doc.places = tuple(words), [word.idx for word in words]
    below: list[list[Token]] = [[] for _ in words]
    for word, head in zip(words, heads, strict=True):
        word.head = words[head]
        if head != word.i:
            below[head].append(word)
    for word, children in zip(words, below, strict=True):
        if children:
            word.children = tuple(children)
    ends = [*starts[1:], len(words)]
    doc.sents = tuple(Words(doc, a, b) for a, b in zip(starts, ends, strict=True) if words)
    for sentence in doc.sents:
        for word in sentence:
            word.sent = sentence
    doc.ents = tuple(Words(doc, ent.start, ent.end, ent.label_) for ent in result.ents)
