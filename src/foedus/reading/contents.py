"""Where the content of speech stands: behind its cue, before it, round it, or in an object.

Each frame of cue has one function here that returns the contents of a verb, each an unbroken run of
tokens; `contents` chooses among them. An empty list means that the verb reports nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import is_verbal, own_subject
from foedus.reading.cues import cue_clause, frames, inverted, nouns
from foedus.reading.edges import (
    ASKS_FOR,
    is_loose,
    is_mandative,
    joint_of,
    run,
    with_rest,
    with_second,
    without_day_of_speech,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.reading.tokens import Token

CUE_WORDS_MOST = 3
_SAID_WORDS_LEAST = 3
_CARRIES_ON = frozenset(["until", "unless", "because", "where", "if", "so", "whether", "since"])
_BARE = frozenset(["it", "this", "that", "them", "so", "much", "more", "nothing", "him", "her"])
_TOLD_OF = frozenset(
    [
        "report",
        "claim",
        "allegation",
        "accusation",
        "suggestion",
        "rumour",
        "charge",
        "rumor",
        "lie",
        "story",
        "speculation",
        "assertion",
        "talk",
    ]
)
_REFUSES = frozenset(["reject", "dismiss", "condemn", "denounce"])
_NUMBERED = frozenset(
    ["figure", "number", "toll", "count", "estimate", "total", "picture", "tally"]
)
_FATES = frozenset(["dead", "wounded", "injured", "missing", "killed", "alive"])
_NOT_CLAIMED = frozenset(
    ["attack", "responsibility", "credit", "victory", "life", "comment", "talks"]
)


def contents(verb: Token) -> list[tuple[Token, ...]]:
    """Return the contents that a verb of speech reports."""
    return _FRAMES[frames()[verb.lemma_.lower()]](verb)


def _complement(verb: Token) -> Token | None:
    """Return the clause that a verb of speech governs: the first behind it, else one before it."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and not _is_parted(c, verb)]
    behind = [c for c in clauses if c.i > verb.i]
    if behind:
        return behind[0]
    return clauses[0] if clauses else None


def _in_a_paper(verb: Token) -> Token | None:
    """Return the clause that the parser hangs on where it was said: "said in a report that ..."."""
    for child in verb.children:
        for noun in child.children if child.dep_ == "prep" else ():
            if noun.lemma_.lower() in nouns("utterance") | nouns("document") | {"report"}:
                for told in noun.children:
                    marks = {c.lower_ for c in told.children if c.dep_ == "mark"}
                    if told.dep_ in {"acl", "ccomp", "relcl"} and "that" in marks:
                        return told
    return None


def _is_parted(clause: Token, verb: Token) -> bool:
    """Say whether a semicolon stands between a clause and a verb behind it."""
    return any(t.text == ";" for t in verb.doc[clause.i : verb.i])


def _clause(verb: Token) -> list[tuple[Token, ...]]:
    """Return the content of a verb that takes a clause."""
    content = _complement(verb) or _in_a_paper(verb)
    if content is None and verb.dep_ == "parataxis":
        return _round(verb, verb.head)
    if content is None:
        return _before_if_inverted(verb)
    if verb.lemma_ in ASKS_FOR and is_mandative(content):
        return []
    first, _ = cue_clause(verb)
    if content.i > verb.i and content.left_edge.i >= first and inverted(verb) is None:
        return _behind(verb, content)
    return _round(verb, content)


def _behind(verb: Token, content: Token) -> list[tuple[Token, ...]]:
    """Return the clause behind its verb, without "that" and what is joined to it loosely."""
    kept = [t for t in content.subtree if t.i > verb.i]
    marks = [c for c in content.children if c.dep_ == "mark" and c.lower_ in {"that", "whether"}]
    if marks:
        kept = [t for t in kept if t.i > marks[0].i]
    kept = with_rest(without_day_of_speech(kept))
    for token in kept:
        loose = token.dep_ == "conj" and token.head == content and is_loose(token)
        if loose or token.text == ";":
            stop = joint_of(token).i if loose else token.i
            kept = [t for t in kept if t.i < stop]
            break
    else:
        kept = with_second(verb, kept)
    words = run(kept)
    return [words] if words else []


def start_before(verb: Token, first: int) -> int:
    """Return where a content before its cue begins: the sentence, or the last strong stop in it."""
    start = verb.sent.start
    for k in range(verb.sent.start, first):
        if verb.doc[k].text in {";", ":"}:
            start = k + 1
    return start


def _round(verb: Token, content: Token) -> list[tuple[Token, ...]]:
    """Return a content that stands before its cue, round it, or on both sides of it."""
    if verb.dep_ == "relcl":
        return []  # "a minister who, he said, had never meant to sign"
    doc = verb.doc
    first, last = cue_clause(verb)
    start = start_before(verb, first)
    before = run(list(doc[start:first]))
    end = verb.sent.end
    for k in range(last + 1, verb.sent.end):
        if doc[k].text == ";":
            end = k
            break
    while end > last + 1 and doc[end - 1].is_punct:
        end -= 1
    after = run(list(doc[last + 1 : end]))
    if not before:
        return []
    complete = any(is_verbal(t) and own_subject(t) is not None for t in before)
    if last < content.i < end and not complete:
        whole = last - first + 1 <= max(CUE_WORDS_MOST, len(before))
        return [run(list(doc[start:end]))] if whole else [after]
    return [part for part in (before, _second(after)) if part]


def _second(after: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return what follows a cue in mid-sentence when it is still speech, else ().

    Speech is set back in time behind a past cue ("he said, and attacks would go on"); the writer's
    own words are not ("she said, but gave no details").
    """
    if not after or after[0].i == 0 or after[0].nbor(-1).text not in {",", '"'}:
        return ()
    if after[0].lower_ in _CARRIES_ON:
        return after
    if after[0].lower_ != "and" or len(after) < 3:
        return ()
    rest = after[1:]
    verbs = [t for t in rest if is_verbal(t) and own_subject(t) is not None]
    if not verbs or own_subject(verbs[0]) is None:
        return ()
    helpers = {c.lower_ for c in verbs[0].children if c.dep_ in {"aux", "auxpass"}}
    helpers |= {verbs[0].lower_} if verbs[0].pos_ == "AUX" else set()
    set_back = bool(helpers & {"had", "would", "could", "might"})
    return run(list(rest)) if set_back else ()


def _before_if_inverted(verb: Token) -> list[tuple[Token, ...]]:
    """Return the content before a cue that the parser has left hanging: "..., as X said"."""
    first, _ = cue_clause(verb)
    as_said = any(c.dep_ in {"mark", "advmod"} and c.lower_ == "as" for c in verb.children)
    if first <= verb.sent.start:
        return []
    if any(c.dep_ == "advcl" and c.left_edge.i == verb.sent.start for c in verb.children):
        return []  # "if it holds, the ministry said nothing of it"
    previous = verb.doc[first - 1]
    hangs = previous.text in {",", '"'} and (verb.dep_ in {"ROOT", "conj"} or as_said)
    if not hangs or any(
        c.dep_ in {"dobj", "xcomp", "oprd", "acomp", "attr"} for c in verb.children
    ):
        return []
    return _round(verb, verb.doc[start_before(verb, first)])


def _object(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "dobj" and child.i > verb.i:
            return child
    return None


def _phrase_run(noun: Token) -> tuple[Token, ...]:
    """Return a noun phrase, but for a relative clause set off by a comma."""
    kept = list(noun.subtree)
    for child in noun.children:
        if child.dep_ == "relcl" and child.left_edge.nbor(-1).text == ",":
            kept = [t for t in kept if t.i < child.left_edge.i]
    return run([t for t in kept if t.i >= noun.left_edge.i])


def _content(verb: Token) -> list[tuple[Token, ...]]:
    """Return a clause or, failing that, an object: "confirms an agreement on a framework"."""
    found = _clause(verb)
    if found:
        return found
    noun = _object(verb)
    if noun is None or noun.lower_ in _BARE or noun.pos_ == "PRON":
        return []
    words = _phrase_run(noun)
    counted = len(words) > 1 and any(t.like_num for t in words)
    return [words] if counted or len(words) >= _SAID_WORDS_LEAST else []


def _claim(verb: Token) -> list[tuple[Token, ...]]:
    """Return what is claimed: a clause, an infinitive ("to have downed") or a thing."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.i > verb.i:
            return [run(list(child.subtree))]
    noun = _object(verb)
    if noun is not None and noun.lemma_.lower() in _NOT_CLAIMED and _complement(verb) is None:
        return []
    return _content(verb)


def _promise(verb: Token) -> list[tuple[Token, ...]]:
    """Return what is promised: a clause or a thing; a promise to do something is an act."""
    noun = _object(verb)
    if noun is not None and noun.pos_ != "PRON":
        words = list(verb.doc[noun.left_edge.i : verb.right_edge.i + 1])
        stop = next((k for k, t in enumerate(words) if t.text == ";"), len(words))
        while stop and words[stop - 1].text in {".", '"'}:
            stop -= 1
        return [run(words[:stop])]
    return _clause(verb)


def _denial(verb: Token) -> list[tuple[Token, ...]]:  # one a form
    """Return the content that is denied: "denied reports of X" denies X."""
    told = _complement(verb)
    done = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
    if told is not None and (done is None or told.i < done.i):
        return _clause(verb)
    for child in verb.children:
        if child.dep_ in {"xcomp", "advcl"} and child.i > verb.i:
            return [run(list(child.subtree))]
    noun = _object(verb)
    if noun is None or noun.pos_ == "PRON" or noun.lower_ in _BARE:
        return []
    if noun.lemma_.lower() in _TOLD_OF:
        return _told_of(noun)
    words = run(
        [t for t in verb.doc[noun.left_edge.i : verb.right_edge.i + 1] if t in verb.subtree]
    )
    stop = next((k for k, t in enumerate(words) if t.text in {",", ";", ":"}), len(words))
    return [words[:stop]] if stop > 2 else []


def _told_of(noun: Token | None) -> list[tuple[Token, ...]]:
    """Return what a report or a rumour is about: "reports of a retreat", "the lie that they fled"."""
    if noun is None or noun.lemma_.lower() not in _TOLD_OF:
        return []
    for child in noun.children:
        if child.dep_ in {"acl", "ccomp", "relcl"} and any(
            c.dep_ == "mark" or c.lower_ == "that" for c in child.children
        ):
            return _behind(noun, child)
        if child.dep_ == "prep" and child.lower_ in {"of", "about"}:
            return [run([t for t in child.subtree if t.i > child.i])]
    return []


def _accusation(verb: Token) -> list[tuple[Token, ...]]:
    """Return what somebody is accused of."""
    for above in [verb, *(c for c in verb.children if c.dep_ == "dobj")]:
        for child in above.children:
            if child.dep_ == "prep" and child.lower_ == "of" and child.i > verb.i:
                inner = [c for c in child.children if c.dep_ in {"pcomp", "pobj"}]
                if inner and (inner[0].dep_ == "pcomp" or above == verb):
                    return [run(list(inner[0].subtree))]
    return []


def _naming(verb: Token) -> list[tuple[Token, ...]]:
    """Return a thing and the name it is given: "called the talks constructive"."""
    if verb.lemma_ in _REFUSES or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
        return _told_of(_object(verb))  # nothing for "a minister called Wrede"
    if verb.lemma_ != "call" and not any(c.lower_ == "as" for c in verb.children):
        return []
    given = [c for c in verb.children if c.dep_ in {"oprd", "ccomp", "acomp"} and c.i > verb.i]
    noun = _object(verb)
    if not given and noun is not None and verb.dep_ in {"pcomp", "relcl", "ccomp", "csubj"}:
        asked = any(c.lower_ in {"what", "which"} for c in verb.children)
        return [_phrase_run(noun)] if asked else []
    if not given or verb.lemma_ != "call":
        return []
    start = noun.left_edge.i if noun is not None else verb.i + 1
    if verb.doc[start].lower_ in {"off", "for", "on", "up"}:
        return []
    tokens = [t for t in given[0].subtree if t.i > verb.i]
    end = max(t.i for t in tokens) + 1
    return [run(list(verb.doc[min(start, *(t.i for t in tokens)) : end]))]


def _figure(verb: Token) -> list[tuple[Token, ...]]:  # noqa: PLR0911  # one a form
    """Return a number that is given: "put the dead at 40", "gave a figure of thirty"."""
    noun = _object(verb)
    lemma = verb.lemma_.lower()
    if noun is None:
        return _between(verb)
    if lemma == "put":
        below = [*verb.children, *noun.subtree]
        at = [c for c in below if c.lower_ == "at" and any(t.like_num for t in c.subtree)]
        if not at:
            return []
        return [run(list(verb.doc[noun.left_edge.i : at[-1].right_edge.i + 1]))]
    if lemma == "give":
        if noun.lemma_.lower() not in _NUMBERED:
            return []
        behind = list(verb.doc[noun.left_edge.i : verb.sent.end - 1])
        colon = [k for k, t in enumerate(behind) if t.text == ":"]
        words = behind[colon[0] + 1 :] if colon else list(noun.subtree)
        return [run(words)] if any(t.like_num for t in words) else []
    tokens = list(noun.subtree)
    fate = [c for c in verb.children if c.i == noun.right_edge.i + 1 and c.lower_ in _FATES]
    extra = [c for c in verb.children if c.dep_ == "prep" and c.i > noun.i]
    for more in (*fate, *extra):
        tokens.extend(more.subtree)
    if not any(t.like_num for t in tokens):
        return []
    return [run(sorted(tokens, key=lambda t: t.i))]


def _between(verb: Token) -> list[tuple[Token, ...]]:
    """Return a range that is counted: "counted between 40 and 60 dead"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.i == verb.i + 1 and child.lower_ in {"between", "about"}:
            last = max(
                [child.right_edge.i, *(c.right_edge.i for c in verb.children if c.dep_ == "prep")]
            )
            if any(t.like_num for t in child.subtree):
                return [run(list(verb.doc[child.i : last + 1]))]
    return []


def _report(verb: Token) -> list[tuple[Token, ...]]:
    return _content(verb)


def _question(verb: Token) -> list[tuple[Token, ...]]:
    """Return what is asked: "asked whether it could last"."""
    content = _complement(verb)
    if content is None or content.i < verb.i or _is_asked(verb):
        return []
    asked = any(c.dep_ == "mark" and c.lower_ in {"whether", "if"} for c in content.children)
    return _behind(verb, content) if asked else []


def _is_asked(verb: Token) -> bool:
    """Say whether a participle stands for a question put to the speaker: "Asked whether ..., she"."""
    return verb.tag_ == "VBN" and own_subject(verb) is None


def _nothing(verb: Token) -> list[tuple[Token, ...]]:
    """Return no content: the cue counts with words in quotation marks alone."""
    del verb
    return []


_FRAMES: dict[str, Callable[[Token], list[tuple[Token, ...]]]] = {
    "clause": _clause,
    "content": _content,
    "claim": _claim,
    "promise": _promise,
    "report": _report,
    "denial": _denial,
    "accusation": _accusation,
    "naming": _naming,
    "figure": _figure,
    "question": _question,
    "phrase": _nothing,
}
