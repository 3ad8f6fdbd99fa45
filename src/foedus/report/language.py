"""Whether a text is in English, the one language that reports are read in."""

from __future__ import annotations

import re

from foedus.report.refusal import refusal

NAMES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "es": "Spanish", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese", "zxx": "no language",
}  # fmt: skip
COMMON = frozenset(["the", "of", "and", "to", "in", "a", "that", "was", "on", "said", "for", "is"])
"""Words that make up about a quarter of running English, and of no other language."""
THE = "the"  # the commonest of all, and of English alone: "in" and "was" are German words too
ENOUGH = 0.12  # half of that share: names in a short text thin them out


def require_english(text: str, where: str) -> str:
    """Return the language of a text, which is English, or refuse it.

    The identifier is unsure of short texts full of foreign names, so a text with enough of the
    commonest English words is English whatever it says.
    """
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if THE in words and sum(word in COMMON for word in words) >= ENOUGH * len(words):
        return "en"
    import py3langid  # noqa: PLC0415 - its model takes half a second to load

    language = str(py3langid.classify(text)[0])
    if language != "en":
        found = f"text that looks like {NAMES.get(language, language)}"
        raise refusal(
            "not in English",
            where,
            found,
            "be in English",
            "Give an English report, or a translation.",
        )
    return language
