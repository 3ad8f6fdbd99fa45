"""The paper that a passage is about: a plan that proposes, or a deal that was agreed.

Points of a plan are proposed and points of a deal agreed, though their own sentences do not say so.
A clause may name its paper itself ("under the deal", "the draft requires"); else it is that of the
last sentence that spoke of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from foedus.reading.clauses import clause, governors, is_passive, is_verbal, subject
from foedus.reading.phrases import compiled

if TYPE_CHECKING:
    from foedus.reading.names import Names
    from foedus.reading.parsed import Sentence
    from foedus.reading.tokens import Token
    from foedus.reading.topics import Topic

Kind = Literal["plan", "deal"]

_PLAN = compiled(
    "(draft|peace plan|proposals?|proposed|new plan|the plan|leaked plan|\\w+-point (peace )?plan"
    "|(ten|twelve|fifteen|twenty|thirty|\\w+-\\w+) points|blueprint|non-paper|road ?map"
    "|under (a|an|the|this|that) <1>(scheme|idea|outline|arrangement|formula|proposal)|ultimatum|term sheet|new offer"
    "|(paper|document|outline|scheme) <4>(drawn up|drafted|prepared|circulated|leaked|obtained))"
)
_DEAL = compiled(
    "((statement|text|declaration|document|communique) (says|said)|(truce|ceasefire) <1>(brokered|concluded)"
    "|signed|agreed|agreement|accords?|treaty|declaration|issued a statement|deal|approved|text"
    "|accepted <3>(pause|truce|ceasefire|cease-fire)|under its terms|(announced|reached) <3>(truce|ceasefire)"
    "|pact|memorandum|protocol|armistice|joint statement|communiqué|communique|resolution)"
)
_CLOSED = compiled(
    "(signed|approved|adopted|initialled|initialed|ratified|issued a statement|accords?|concluded"
    "|came into force|entered into force|took effect)"
)
_PLANS = frozenset(
    {"plan", "draft", "proposal", "blueprint", "roadmap", "non-paper", "offer", "initiative",
     "ultimatum", "outline", "sheet", "paper", "scheme"}
)  # fmt: skip
_DEALS = frozenset(
    {"agreement", "accord", "treaty", "deal", "pact", "declaration", "memorandum", "protocol",
     "text", "resolution", "armistice", "settlement", "charter", "communique", "communiqué",
     "convention", "annex", "appendix", "arrangement", "understanding", "truce", "ceasefire", "document", "statement"}
)  # fmt: skip
_UNSIGNED = frozenset(
    {"proposed", "draft", "planned", "possible", "potential", "future", "final", "any", "eventual",
     "leaked", "new", "comprehensive"}
)  # fmt: skip
_UNDER = frozenset({"under", "in", "of", "by", "within", "per", "to", "with"})
_CLOSES = frozenset(
    {"sign", "agree", "adopt", "initial", "approve", "issue", "undertake", "ratify", "conclude",
     "reach", "seal", "strike", "endorse"}
)  # fmt: skip
_SAYS = frozenset({"say", "state", "read", "stipulate", "specify", "note", "declare"})
_LASTS = 14
_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper spoken of: its kind, whose it is, and how many sentences ago it was named."""

    kind: Kind
    parties: tuple[str, ...] = ()
    age: int = 0

    @property
    def is_fresh(self) -> bool:
        """Say whether the passage may still be about it."""
        return self.age <= _LASTS


def kind_in(text: str) -> Kind | None:
    """Return what kind of paper a text speaks of; None for neither.

    Examples
    --------
    >>> kind_in("Under the draft agreement the army would shrink."), kind_in("They signed it.")
    ('deal', 'deal')
    >>> kind_in("A peace plan of ten points was leaked."), kind_in("It rained.")
    ('plan', None)
    """
    if _CLOSED.search(text):
        return "deal"
    deals, plans = list(_DEAL.finditer(text)), list(_PLAN.finditer(text))
    if plans and (not deals or plans[-1].start() >= deals[-1].start()):
        return "plan"
    return "deal" if deals else None


def next_paper(last: Paper | None, sentence: Sentence, names: Names) -> Paper | None:
    """Return the paper that a sentence is about, given the one before it."""
    kind = kind_in(sentence.words.text)
    if kind is None:
        if last is None:
            return None
        return Paper(kind=last.kind, parties=last.parties, age=last.age + 1)
    parties = (
        _joint(sentence, names) or _signers(sentence, names) or _one_body_before(sentence, names)
    )
    if not parties and last is not None and last.kind == kind:
        parties = last.parties
    return Paper(kind=kind, parties=parties)


def titled(last: Paper | None, sentence: Sentence, names: Names) -> Paper | None:
    """Return the paper that a heading names when it is of two sides; else the one before it."""
    parties = _joint(sentence, names)
    return Paper(kind="deal", parties=parties) if parties else last


def _joint(sentence: Sentence, names: Names) -> tuple[str, ...]:
    """Return the two sides whose common paper is named: "joint statement of Ardal and Velmark"."""
    for noun in sentence.words:
        if noun.lemma_.lower() not in _DEALS:
            continue
        for prep in noun.children:
            if prep.dep_ == "prep" and prep.lower_ in {"of", "by", "between"}:
                sides = (side for t in prep.subtree if (side := _state_in(t, names)) is not None)
                found = tuple(dict.fromkeys(sides))
                if len(found) == _PAIR:
                    return found
    return ()


def _state_in(token: Token, names: Names) -> str | None:
    naming = names.naming(token)
    actor = naming.actor if naming is not None else None
    return actor.name if actor is not None and actor.kind in {"state", "group"} else None


def _signers(sentence: Sentence, names: Names) -> tuple[str, ...]:
    """Return the sides that a sentence says signed, adopted or issued a paper."""
    for verb in sentence.words:
        if is_verbal(verb) and verb.lemma_ in _CLOSES and not is_passive(verb):
            doer = subject(verb)
            if doer is not None:
                sides = [side for token in doer.subtree if (side := side_of(token, names))]
                if sides:
                    return tuple(dict.fromkeys(sides))[:4]
    return ()


def _one_body_before(sentence: Sentence, names: Names) -> tuple[str, ...]:
    """Return the one body of states that a paragraph has named so far, when it is but one."""
    doc = sentence.line.doc
    before = doc[: sentence.words.end]
    bodies = {
        side
        for token in before
        if (side := side_of(token, names)) is not None
        and (naming := names.naming(token)) is not None
        and naming.actor is not None
        and naming.actor.kind == "organisation"
    }
    return tuple(bodies) if len(bodies) == 1 else ()


def side_of(token: Token, names: Names) -> str | None:
    """Return the state, group or organisation that a single word names as an actor."""
    naming = names.naming(token)
    if naming is None or naming.actor is None or names.is_place_here(token):
        return None
    if token.dep_ == "compound" and token.head.lemma_.lower() in _DEALS | _PLANS:
        return None  # the Osthaven Declaration is of a place
    actor = naming.actor
    return actor.side or (None if actor.kind == "person" else actor.name)


def in_clause(verb: Token, topic: Topic) -> Kind | None:
    """Return the kind of paper that a clause names: as its subject, or "under the deal"."""
    doer = _speaking(verb)
    if doer is not None and doer not in topic.tokens and not is_passive(verb):
        kind = _kind_of(doer)
        if kind is not None:
            return kind
    found = _under(verb) or _saying(verb)
    if found is not None:
        return found
    for child in verb.children:
        if child.lower_ == "according":
            told = (_kind_of(t) for t in child.subtree if t != child)
            return next((kind for kind in told if kind is not None), None)
        if child.dep_ == "prep" and child.lower_ in _UNDER:
            for noun in child.children:
                if noun.lower_ == "which" and verb.dep_ == "relcl" and child.lower_ != "of":
                    return _kind_of(verb.head, named=True)
                under = child.lower_ == "under"
                kind = _kind_of(noun, named=under) if noun.dep_ == "pobj" else None
                if kind is not None and (under or _is_part(child, noun)):
                    return kind
    return None


def _saying(verb: Token) -> Kind | None:
    """Return the kind of paper that says a clause: "Ardal will leave, the statement says"."""
    beside = [c for c in verb.children if c.dep_ == "parataxis"]
    above = [verb.head] if verb.dep_ == "ccomp" else []
    for said in (*beside, *above):
        doer = subject(said) if said.lemma_ in _SAYS else None
        if doer is not None and not any(c.dep_ == "poss" for c in doer.children):
            return _kind_of(doer)
    return None


def _under(verb: Token) -> Kind | None:
    """Return the kind of paper that a phrase somewhere in a clause names: "aid under the treaty"."""
    for prep in clause(verb):
        if prep.lower_ != "under" or prep.dep_ != "prep" or prep.head == verb:
            continue
        if any(is_verbal(above) for above in _between(prep, verb)):
            continue
        kinds = (_kind_of(noun, named=True) for noun in prep.children if noun.dep_ == "pobj")
        found = next((kind for kind in kinds if kind is not None), None)
        if found is not None:
            return found
    return None


def _between(token: Token, verb: Token) -> list[Token]:
    """Return what stands between a word and the verb it hangs below."""
    found = []
    for above in governors(token.head):
        if above == verb:
            break
        found.append(above)
    return found


def _is_part(prep: Token, noun: Token) -> bool:
    """Say whether a phrase places a point in a paper: "in the text", "as part of the plan"."""
    return prep.lower_ in {"in", "within"} and any(
        c.lower_ in {"the", "this", "that"} for c in noun.children
    )


def _kind_of(noun: Token, *, named: bool = False) -> Kind | None:
    """Return whether a noun is a plan or a deal; "terms of the plan" and "point 3" follow theirs."""
    lemma = noun.lemma_.lower()
    if lemma in {"term", "point", "part", "clause", "article", "phase", "version", "provision"}:
        inside = (t for t in noun.subtree if t.i > noun.i and t.lemma_.lower() in _PLANS | _DEALS)
        paper = next(inside, None)
        if paper is None:
            return "deal" if lemma == "term" and noun.tag_ == "NNS" else None
        return _kind_of(paper)
    if lemma in _PLANS:
        return "plan"
    if lemma in _DEALS:
        unsigned = any(c.lower_ in _UNSIGNED or c.lemma_ in _PLANS for c in noun.children)
        vague = not named and any(
            c.dep_ == "det" and c.lower_ in {"a", "an", "any"} for c in noun.children
        )
        return "plan" if unsigned else None if vague else "deal"
    return None


def _speaking(verb: Token) -> Token | None:
    """Return the subject of a verb; the first of its sentence when the parse has lost it."""
    found = subject(verb)
    if found is None and verb.dep_ == "ROOT":
        before = (t for t in verb.sent if t.i < verb.i and t.dep_ in {"nsubj", "nsubjpass"})
        return next(before, None)
    return found


def has_paper_subject(verb: Token, topic: Topic) -> bool:
    """Say whether a paper itself is what speaks: "the treaty obliges"."""
    doer = _speaking(verb)
    if doer is None or doer in topic.tokens or not is_verbal(verb):
        return False
    return _kind_of(doer) is not None
