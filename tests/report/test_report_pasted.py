"""Text pasted from a browser, and plain text: furniture goes, reporting stays."""

# ruff: noqa: RUF001 - real typographic signs

import datetime as dt

import pytest

from foedus.report.furniture import cue
from foedus.report.lines import Line, kind_of_line, split_text
from foedus.report.pasted import clean_text

ONE = "Envoys of Ardal and Velmark met in Port Lind on Monday for the first time in a year."
TWO = "The two sides agreed to exchange forty prisoners and discussed a truce along the river."
PASTED = f"""Skip to navigation
Lind Review
Search Menu Log in
Home » World » Ardal and Velmark talk again

Ardal and Velmark talk again

by Ada Lind Chief Correspondent
Published: March 4, 2031 at 10:15 AM GMT · 5 min read
Share this article
Image: The hall in Port Lind

What the hall has seen before: a history of talks that came to little

{ONE}

Read more: The bridge that nobody crosses

What was agreed

{TWO} Can it last? Tell us what you think in the comments below!

Related stories
The bridge that nobody crosses
Who to watch in Velmark

What was not

1. A date for the next round.
2. The bridges.

Subscribe to our free newsletter and never miss a story.
You might also like
A cat on a roof
3 Comments
Bo: I was there on Monday, and it was not like that at all, whatever they say.
This site uses cookies. By continuing you accept our policy.
© 2031 Lind Review. All rights reserved.
"""


def test_a_pasted_page_is_left_with_its_report() -> None:
    cleaned = clean_text(PASTED)
    assert list(cleaned.lines) == [
        "What the hall has seen before: a history of talks that came to little",
        ONE, "What was agreed", TWO, "What was not",
        "1. A date for the next round.", "2. The bridges.",
    ]  # fmt: skip
    about = cleaned.about
    assert (about.title, about.outlet) == ("Ardal and Velmark talk again", "Lind Review")
    assert (about.published, about.published_from) == (dt.date(2031, 3, 4), "page")


@pytest.mark.parametrize(
    "line",
    [
        "Leave a reply", "Click here to subscribe", "Sign in to comment", "Most popular",
        "This website uses cookies to improve your experience.", "Read also: The bridge",
        "We use cookies. Accept all | Reject", "Sign up for our weekly newsletter",
        "Your email address will not be published. Required fields are marked *",
        "Please disable your ad blocker to support our journalism.", "5 minute read",
        "This page is protected by reCAPTCHA and the Privacy Policy applies.", "ADVERTISEMENT",
        "Photo: Bo Hart / Lind Pictures", "Tags: talks, prisoners", "Source: Lind Wire",
        "News | World | Sport | Log in", "Facebook | X | Telegram", "[Share] [Print]",
        "Home > World > Ardal", "Editing by Bo Hart", "Already a subscriber? Log in",
        "Become a member today and support our work.", "Enjoyed this story? Buy us a coffee!",
        "Follow us on Telegram", "Download our app", "The post Talks appeared first on Lind Wire.",
        "You have 2 free articles left this month.", "Have your say in the comments.",
        "More from World: A cat on a roof", "Recommended for you", "Back to top",
        "Please enable JavaScript to view the comments.", "Report an error", "Continue reading",
    ],
)  # fmt: skip
def test_a_line_of_furniture_goes_whatever_its_wording(line: str) -> None:
    assert cue(Line(text=line, kind=kind_of_line(line))) != "keep"


@pytest.mark.parametrize(
    "line",
    [
        "Velmark wants to become a member of the alliance within ten years.",
        "His comments may anger the government in Ardal.",
        "The plan, first published by a newspaper in Lind, has twelve points.",
        "Inspectors must have unlimited access to the site, the agency insists.",
        "The terms and conditions of the truce were agreed on Sunday.",
        "We support our partners in the region and will go on doing so.",
        "Latest figures put the dead at forty, more than half of them soldiers.",
        "More troops were sent to the river on Tuesday.",
        "The text will not be published before the parliament has seen it.",
        "Both sides share the view that the bridge must be rebuilt.",
        "According to the ministry’s official website, nine drones were shot down.",
        "“Follow us or stay behind,” the commander told them.",
        "The ministers are to sign up to the declaration in Port Lind.",
        "Read in full, the text says nothing of withdrawal.",
        "Watch officers saw three boats near the island.",
        "What was agreed", "The Middle East", "What we know", "A treaty in waiting",
        "15:30 Three wounded in Lind", "What do you think Velmark wants?",
        "Related claims could not be checked, the agency said.",
        "By the numbers", "Next steps", "Other developments",
    ],
)  # fmt: skip
def test_a_line_of_reporting_stays(line: str) -> None:
    assert cue(Line(text=line, kind=kind_of_line(line))) == "keep"


def test_what_stands_between_the_paragraphs_and_about_the_author_goes() -> None:
    text = (
        f"Talks in Lind end early, again\n\nAda Lind\nDiplomatic editor\n"
        "Tue 4 Mar 2031 10.00 GMT\n\n"
        f"{ONE}\n\nView image in fullscreen\nThe hall in Lind. Photograph: Bo Hart\n\n{TWO}\n\n"
        "Our morning email breaks down the key stories of the day\n\n"
        "Ada Lind is the diplomatic editor of the Lind Times.\n"
    )
    assert list(clean_text(text).lines) == [ONE, TWO]
    assert clean_text(text).about.author == "Ada Lind"


def test_plain_text_passes_unharmed() -> None:
    text = (
        f"Talks in Lind end early\n\nPORT LIND, 4 March 2031 (Lind Wire) – {ONE}\n\nThe points:\n\n"
        "1. A truce.\n2. An exchange of prisoners.\n\nWhat is not in it\n\n- Bridges;\n"
        "- Borders\n\n"
        f"{TWO}\n"
    )
    cleaned = clean_text(text)
    assert list(cleaned.lines) == [x for x in text.split("\n")[1:] if x]
    about = cleaned.about
    assert about.title == "Talks in Lind end early"
    assert (about.published, about.published_from) == (dt.date(2031, 3, 4), "text")


def test_hard_wrapped_lines_are_joined_and_items_are_not() -> None:
    text = (
        "Envoys of Ardal and Velmark met in the south-\n"
        "western city of Port Lind on Monday for the\n"
        "first time in a year, and agreed on two points:\n"
        "- an exchange of forty prisoners, to be held on\n"
        "  the bridge;\n"
        "- a hotline.\n\n"
        "They will meet again.\n"
    )
    assert [line.text for line in split_text(text)] == [
        text[: text.index("- an")].replace("-\n", "-").replace("\n", " ").strip(),
        "- an exchange of forty prisoners, to be held on the bridge;",
        "- a hotline.",
        "They will meet again.",
    ]


def test_short_lines_that_were_not_wrapped_stay_apart() -> None:
    text = "Killed: 4\nWounded: 12\nMissing: 1\n\nThe ministry gave no more figures on Monday."
    assert len(split_text(text)) == 4


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Situation report\n\nAs of 6 March 2031, forty are missing.\n", dt.date(2031, 3, 6)),
        ("River Front Assessment, March 6, 2031\n\nThe front did not move.\n", dt.date(2031, 3, 6)),
        ("A joint text\n\nThe sides will meet again soon.\n\nPort Lind, 6 March 2031\n",
         dt.date(2031, 3, 6)),
        ("A treaty\n\nThe treaty was signed in Lind on 6 March 2031.\n", None),
        ("Talks end\n\nPORT LIND, March 6 – The talks ended on Monday.\n", None),
    ],
)  # fmt: skip
def test_the_day_of_a_text_is_its_own_day_or_none(text: str, day: dt.date | None) -> None:
    about = clean_text(text).about
    assert (about.published, about.published_from) == (day, "text" if day else "unknown")
