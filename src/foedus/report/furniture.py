"""Which lines of a page are furniture: what the site says, not what the report says.

Each cue is something that sites say in many wordings: a call to comment, a box about cookies, a
byline. A cue that also occurs in reporting is only taken in the form that furniture gives it: at
the beginning of a line, in a line without a full sentence, or addressed to the reader. Sentences
of any one page are no cues.
"""

# ruff: noqa: RUF001, SIM905 - real typographic signs; word lists read best as words

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from foedus.report.lines import Line, is_prose

Cue = Literal["keep", "drop", "reader", "links", "comments"]
"""What to do with a line: keep it; drop it; drop it as a word of the site to its reader, with the
scraps among such; drop it and the headlines it announces; or, where comments begin, drop it and all
that follows."""

_FLAGS = re.IGNORECASE | re.VERBOSE

COMMENTS = re.compile(
    r"""^\W*(?:\d+\s+comments?|(?:reader\s+)?comments?(?:\W*\(?\d+\)?)?)\W*$
    | ^\W*(?:one|two|three|\d+)\s+(?:thoughts?|comments?|replies|responses)\s+(?:on|to)\b
    | ^\W*\d+\s+(?:replies|responses)\W*$
    | ^(?:leave|post|write|add|submit)\s+(?:a|your)\s+(?:comment|reply|response)\W*$
    | ^join\s+the\s+(?:conversation|discussion)\W*$
    | ^(?:view|show|read|load)\s+(?:all\s+)?(?:the\s+)?(?:\d+\s+)?comments\W*$
    """,
    _FLAGS,
)
"""Where comments begin, or the link that leads to them."""

LINKS = re.compile(
    r"""^\W*(?:
      read\s+(?:also|more|next|now|this\s+next|our\s+\w+) | (?:see|watch|hear)\s+also
    | also\s+(?:read|see|watch|in\s+the\s+news|of\s+interest|live)
    | also\s+(?:on|in|from)\s+\S+(?:\s+\S+){0,4}(?=\s*:)
    | more\s+(?:on|from|in|about|by)\s+\S+(?:\s+\S+){0,6}(?=\s*:)
    | more\s+(?:on|from)\s+\S+(?:\s+\S+){0,3}(?=\s*$)
    | more\s+(?:stories|news|coverage|reading|headlines|like\s+this|\w+(?=\s*:))
    | related(?:\s+(?:articles?|stories|story|posts?|news|topics?|content|coverage|reading|links?|
        items?|tags?|searches))?
    | you\s+(?:may|might|will|could)\s+(?:also\s+)?(?:like|enjoy|be\s+interested\s+in|have\s+missed)
    | recommended(?:\s+(?:for\s+you|stories|articles|reading|by\s+\w+))?
    | don['’]?t\s+miss(?:\s+(?:it|this|out))?
    | (?:most|must)[\s-]+(?:read|popular|viewed|shared|watched|commented)
    | trending(?:\s+(?:now|today|stories|topics))?
    | popular(?:\s+(?:now|posts|stories|articles|today))?
    | (?:latest|recent|top|other|breaking)\s+(?:news|stories|articles|posts|headlines|videos
        |comments)
    | latest | headlines | editor['’]?s?['’]?\s+(?:picks?|choice)
    | up\s+next | next\s+up | what\s+to\s+read\s+next
    | (?:previous|next|older|newer)(?:\s+(?:article|post|story|page|entry))?
    | further\s+reading | keep\s+reading | continue\s+reading | in\s+case\s+you\s+missed\s+it
    | elsewhere\s+on\s+(?:the\s+web|this\s+site) | from\s+(?:our|the)\s+(?:partners?|archives?|web)
    | around\s+the\s+web | sponsored(?:\s+(?:links?|content|posts?|stories))?
    | promoted(?:\s+(?:content|stories))? | paid\s+(?:post|content)
    | stay\s+(?:connected|informed|in\s+touch|tuned) | connect\s+with\s+us | explore(?:\s+more)?
    | in\s+pictures | in\s+this\s+(?:issue|section|series|edition) | quick\s+links
    | (?:watch|listen|live|video|podcast|gallery|photos?|opinion|quiz|archive|poll
        |newsletter)(?=\s*:)
    )\s*(?P<then>[:|»>→–—-]|$)""",
    _FLAGS,
)
"""The label over links to other pages, alone or with the links in its line."""

TO_THE_READER = re.compile(
    r"""\bcookies?\b.*\b(?:we|you|your|our|this\s+(?:site|website|page)|accept|consent
        |preferences)\b
    | \b(?:we|you|your|our|this\s+(?:site|website|page)|accept|consent|manage)\b.*\bcookies?\b
    | \b(?:akismet|re?captcha|hcaptcha|spam\s+filter|reduce\s+spam)\b | \bad[\s-]?block(?:er
        |ers|ing)?\b
    | \bjavascript\b.*\b(?:enabled?|disabled?|turn|switch|requires?|on|off|supports?)
    | \b(?:enable|disable|turn|switch|require|without)\w*\b.*\bjavascript\b
    | \byour\s+(?:browser|inbox|e-?mail|subscription|account|privacy|device|comment|consent)\b
    | ^(?:all\s+|some\s+)?comments?\s+(?:policy|below|section|feed|(?:are|may|will|can
        |must)\s+(?:be\s+|not\s+)*
        (?:moderated|closed|disabled|open|shown|published|reviewed|displayed|welcome))
    | \bin\s+the\s+comments?(?:\s+(?:section|below))*\W*$ | \bcomments?\s+below\b
    | \b(?:share|tell\s+us|let\s+us\s+know|send\s+us)\s+(?:your\s+(?:thoughts?|views?|opinions?
        |story|
        stories|comments?|experiences?)|what\s+you\s+think)\b
    | \b(?:have|had)\s+your\s+say\b | \brate\s+this\b
    | ^(?:have\s+you\s+|did\s+you\s+)?(?:spot(?:ted)?|found?|notice[d]?|see
        |do\s+you\s+have)\s+an?\s+
        (?:error|mistake|typo|correction)\b
    | \bthank(?:s|\s+you)\s+for\s+(?:reading|visiting|subscribing)\b
    | \bfree\s+(?:articles?|stories)\b | \b(?:articles?|stories)\s+(?:left|remaining|this\s+month)\b
    | \b(?:subscribers?|members?)[\s-]only\b | \balready\s+a\s+(?:subscriber|member)\b
    | ^(?:do\s+you\s+)?(?:like|love|enjoy|enjoyed|value|appreciate)\s+(?:our|this|what\s+we)\b.*\?
    | \bif\s+you\s+(?:value|like|enjoy|enjoyed|appreciate)\s+(?:our|this|what\s+we)\b
    | (?:^|[?!.]\s+)become\s+an?\s+(?:\w+\s+)?(?:patron|member|supporter|subscriber|friend|donor)\b
    | \bbuy\s+(?:me|us|the\s+(?:author|writer|editor|team))\s+an?\s+(?:coffee|beer|tea)\b
    | \bsupport\s+(?:our|independent|quality)\s+(?:work|journalism|reporting|newsroom|site
        |website)\b
    | \b(?:our|free|weekly|daily|morning|evening|monthly)\s+(?:e-?mail\s+)?(?:newsletters?
        |mailing\s+list)\b
    | \b(?:alerts?|newsletters?|digest|updates?|briefing|headlines)\b.{0,30}\b(?:by|via
        |per)\s+e-?mail\b
    | \b(?:in|to)\s+(?:your|my)\s+(?:inbox|phone|mailbox)\b | \bour\s+(?:apps?|newsletters?
        |podcasts?)\b
    | \bjoin\s+(?:over\s+|more\s+than\s+)?[\d,.]+\s*(?:k|m)?\s+(?:readers|subscribers|followers)\b
    | \b(?:privacy\s+(?:policy|notice|statement)|terms\s+of\s+(?:use|service))\b
    | \bt&cs?\b | \bgamble\s+responsibly\b | \bbet\s+now\b
    | \badvertise\s+with\s+us\b | \bread(?:ing)?\s+without\s+(?:adverti|ads)
    | \ball\s+rights\s+reserved\b | ^\W*(?:©|\(c\)\s|copyright\b|&copy)
    | ^(?:reproduction|republication)\b | \bappeared\s+first\s+on\b
    | ^this\s+(?:article|post|story|piece|report)\s+(?:was\s+)?(?:first|originally)\b
    | ^(?:first|originally|re)\s*-?(?:published|appeared)\b | \bclick\s+(?:here|to\s+(?:share
        |e-?mail|print|open))\b
    | \bthis\s+(?:site|website|page)\s+(?:uses|is\s+protected|contains\s+(?:ads|affiliate|links))\b
    | \bthis\s+(?:article|story)\s+is\s+free\b | ^an\s+official\s+website\b
        | ^here\s+is\s+how\s+you\s+know\b
    | \bpowered\s+by\s+(?:wordpress|blogger|ghost|drupal)\b | \bon\s+your\s+phone\b
        | \bour\s+(?:\w+\s+)?e-?mail\b
        | \brequired\s+fields\b
    | \balready\s+(?:have|registered|subscribed)\b.{0,30}\? | \bcancel\s+any\s?time\b
    | \b(?:unlimited|full)\s+digital\s+access\b | ^(?:get|unlock)\s+(?:full|unlimited)\s+access
    | \b(?:continue|keep)\s+reading\s+(?:with|for|by|this)\b | \bfree\s+trial\b
    | \b(?:reached|used\s+up|read)\s+(?:all\s+)?your\b.{0,20}\blimit\b
    | \bmarketing\s+(?:preferences|e-?mails)\b | ^(?:before|after)\s+newsletter\s+promotion\b
    | \b(?:enjoy|support|value|fund)\s+our\s+(?:work|journalism|reporting)\b
    | \bcontent\s+(?:is\s+|was\s+)?(?:provided|hosted|supplied)\s+by\b
    | \b(?:earn|receive)s?\s+(?:an?\s+)?(?:affiliate\s+)?commissions?\b
    | \bnot\s+an\s+official\s+(?:record|document)\b | \bfor\s+information\s+media\b
    | \bour\s+standards\s*: | \bopens?\s+in\s+(?:a\s+)?new\s+(?:window|tab)\b
    | \bthis\s+(?:discussion|thread|video|feature)\s+is\s+(?:now\s+)?(?:closed|unavailable|not)\b
    | \bto\s+(?:use|view|see|watch)\s+this\s+(?:feature|video|content|site|page)\b
    | \bwithout\s+reference\s+(?:to\b.{0,30})?is\s+prohibited\b
    | \bexternal\s+(?:sites|links|linking)\b | ^\W*note\s+to\s+(?:editors?|readers?)\W*$
    | ^read\s+(?:the\s+)?(?:full|complete|entire|whole|original)\s.{0,40}\bhere\W*$
    | ^(?:free\s+)?(?:daily|weekly)\s+newsletter\W*$ | \benter\s+your\s+(?:e-?mail|name)\b
    """,
    _FLAGS,
)
"""What a site says to its reader. Taken in lines up to ``READER_WORDS`` that report no speech."""

CALLS = re.compile(
    r"""^\W*(?:please\s+)?(?:
      (?:subscribe|sign[\s-]?in|log[\s-]?in|register|donate|unsubscribe|sign[\s-]?up)\b
    | (?:get|download|install|try|order|buy|shop|book|enter)\s+(?:our|the|your|all
        |now)\b.*\b(?:app|newsletter|
        e-?mail|phone|inbox|alerts?|offers?|tickets?|edition|copy|book)\b
    | follow\s+(?:us|@\w+|\S+(?:\s+\S+){0,3}\s+on\s+(?:facebook|twitter|x|telegram|instagram
        |linkedin|youtube))\b
    | (?:join|find|contact|e-?mail|write\s+to|visit|support)\s+(?:us|our)\b
    | (?:share|print|tweet|e-?mail|save|copy)\s+(?:this|on|via|by|article|story|link)\b
    | listen\s+to\s+(?:this|the)\s+(?:article|story|report|podcast|episode)
    | watch\s+(?:this|the|our|live)\b.*\b(?:video|live|stream)
    | skip\s+to\s+\w+ | back\s+to\s+(?:top|home|start) | jump\s+to\s+\w+
    | (?:refresh|reload|print|bookmark)\s+(?:this|the)\s+(?:page|article)
    | report\s+(?:an?|this)\s+(?:error|mistake|typo|problem|article|ad)\b
    | tell\s+(?:others|a\s+friend|your\s+friends)\b | e-?mail\s+to\s+a\s+friend
    | (?:accept|reject|manage|allow|decline)\s+(?:all|cookies|choices|preferences|settings)\b
    | open\s+in\s+(?:app|new) | (?:view|enlarge|open)\s+(?:in|as|on|images?|photos?)\b
        | (?:show|load|see|view)\s+(?:more|less|all)\b
    | (?:show|hide|view|see)\s+(?:only\s+)?(?:key|latest|new|older)\s+(?:events|updates|posts)\b
    | scroll\s+down\b | like\s+this\s*: | like\s+loading\b | reuse\s+this\s+content | copy\s+link
    | join\s+(?:the|our)\s+(?:channel|group|chat|discussion)\b
    | discuss\s+(?:this\s+)?(?:on|in)\b | we\s+value\s+your\b | what\s+do\s+you\s+think\?\s+\S
    )""",
    _FLAGS,
)
"""A call to do something on the site; taken in lines of up to ``CALL_WORDS`` words."""

CALL_AT_END = re.compile(
    r"""(?:[.!?:]|^)\s*(?:give|donate|subscribe|join|buy|book|order|apply|sign\s+up|read\s+more
        |learn\s+more|
    find\s+out\s+more|click|register|shop|download|bet|watch|listen|upgrade|renew|contribute
        |follow\s+us)
    (?:\s+(?:now|here|today|more|us))?\s*[!.»>→]*$
    | \[(?:subscribe|sign\s+up|donate|join|read\s+more|share|tweet|ok|accept)\]\s*$""",
    _FLAGS,
)
"""A button that ends a line."""

LABELS = re.compile(
    r"""^\W*(?:
      (?:photo(?:graph)?s?|images?|pictures?|illustration|graphics?|file\s+(?:photo|picture)
        |map|video|
        caption|credits?)(?:\s*(?:credits?|by|courtesy(?:\s+of)?|supplied))?\s*[:/(]
    | (?:sources?|via|tags?|topics?|keywords?|categor(?:y|ies)|labels?|filed(?:\s+under|\s+in)?|
        posted\s+in|tagged(?:\s+(?:with|in|as))?|published\s+in|share(?:\s+this(?:\s+\w+)?)?|
        follow(?:\s+us)?|tell\s+others|contact|e-?mail|views|related)\s*:
    | (?:posted\s+in|tagged|filed\s+under)\s+\S+
    | (?:editing|reporting|additional\s+reporting|writing|compiled|translated|edited|written)\s+by\b
    | \(?(?:file\s+photo|file\s+picture|photo|image|picture|reuters|afp|ap|getty)\)?\W*$
    | (?:advertisements?|advert|ad|publicité|anzeige|sponsored|реклама)\W*$
    | (?:share|tweet|print|send|save|menu|search|close|home|top|login|subscribe|donate|ok
        |loading)\W*$
    | support\s+us\W*$ | (?:breaking|live|update|exclusive|developing|just\s+in
        |flash)(?:\s+news)?\s*:?\W*$
    | \d+\s*(?:views?|shares?|reads?|likes?|comments?|retweets)\b.{0,20}$
    | .{0,30}\b\d+[\s-]*min(?:ute)?s?\.?(?:\s+of)?\s+(?:read|listen|watch)\w*\W*$
    | [\d.,]+\s*[KkM]?\s*(?:views?|shares?|likes?|comments?|reactions?|subscribers)\b.{0,20}$
    | \d{1,4}\W*$ | \(\(.*@.*\)\)\W*$ | key\s+(?:events|updates|moments)\W*$
    | (?:video|photo|map|picture|graphic)\s+(?:above|below|left|right)\s*:
    | [A-Z]{1,6}/(?:[\w.()-]+/)*[\w.()-]*\d[\w.()-]*$
    | page\s+\d+(?:\s+of\s+\d+)?\W*$ | \W*[-–—]\s*\d{1,3}\s*[-–—]\W*$
    | .*\b(?:photograph|photo|picture|image)s?(?:\s+(?:credit|by))?\s*:\s*\S
    | read(?:ing)?\s+time\b | estimated\s+read | 18\s?\+
    )""",
    _FLAGS,
)
"""Captions, credits, tags, counters and buttons: lines that begin so and are no full sentence."""

RELEASE = re.compile(
    r"\bfor (?:immediate )?(?:publication|release)\b|^(?:press|media) (?:office|service|contact)\b"
    r"|^\W+$",
    re.IGNORECASE,
)
REACTIONS = re.compile(r"^(?:[^\w\s]+\ufe0f?\s*[\d.,]*\s*[KkM]?\s*)+$")
"""Signs and counts, as "👍 1.2K ❤ 842" under a post."""

BUTTONS = frozenset(
    "menu search login log in out sign up register subscribe subscription donate shop rss "
    "facebook twitter x telegram whatsapp instagram linkedin youtube reddit bluesky mastodon "
    "threads tiktok pinterest viber messenger email e-mail mail print share tweet send copy "
    "link save bookmark like follow skip close accept reject ok agree refuse manage choices "
    "settings imprint privacy terms cookies contact help faq sitemap advertise account "
    "profile home start notifications".split()
)
SECTIONS = frozenset(
    "news world politics business economy sport sports culture society tech technology "
    "science health weather travel opinion video videos live tv radio podcast podcasts photos "
    "gallery maps archive latest trending jobs careers about us main front page english "
    "edition to content more my data protection press site map statement accessibility all "
    "post top and the of use".split()
)
CRUMBS = re.compile(r"\s+[>›»→❯▸]+\s+|\s+/\s+|\s+::\s+")
COLUMNS = re.compile(r"\s*[|•·]\s*|\s+/\s+|\s+[>›»→❯▸]+\s+")
HOME = re.compile(
    r"^\W*(?:you are here|home|start|front page|main page|startpage)\b", re.IGNORECASE
)
BRACKETED = re.compile(r"^\s*(?:\[[^\[\]]{1,24}\]\s*)+$")
SPEECH = re.compile(
    r"[“”«»„]|\"\w|\b(?:said|says|told|wrote|according|announced|reported|warned|added)\b",
    re.IGNORECASE,
)
READER_WORDS = 40
SIGNS_AT_MOST = 1000
"""A line of more signs is no furniture but a text, or nothing that words could tell."""
CALL_WORDS = 16
MOSTLY_LINKS = 0.6


@lru_cache(maxsize=4096)  # asked for several times of each line of a page
def cue(line: Line) -> Cue:
    """Return what to do with a line for what it says by itself.

    Examples
    --------
    >>> cue(Line(text="You may also like", kind="short"))
    'links'
    >>> cue(Line(text="Home > World > Velmark", kind="short"))
    'drop'
    >>> cue(Line(text="The envoys will share the text on Monday.", kind="prose"))
    'keep'
    """
    found = _cue_of_words(line) if len(line.text) <= SIGNS_AT_MOST else "keep"
    if found == "keep" and line.links > MOSTLY_LINKS and not is_prose(line.text):
        return "drop"
    return found


def _cue_of_words(line: Line) -> Cue:
    """Return what to do with a line for the words in it."""
    text = line.text
    words, short = len(text.split()), line.kind == "short"
    if (short or words <= CALL_WORDS) and COMMENTS.search(text):
        return "comments"
    if words <= READER_WORDS and not SPEECH.search(text):
        label = LINKS.search(text) if short or words <= CALL_WORDS else None
        if label:
            return "drop" if text[label.end() :].strip(" :|»>→–—-") else "links"
        if TO_THE_READER.search(text):
            return "reader"
        called = words <= CALL_WORDS and (CALLS.search(text) or CALL_AT_END.search(text))
        if called and (short or not line.heading):
            return "reader"
    if short and (
        is_menu(text) or any(table.search(text) for table in (LABELS, RELEASE, REACTIONS))
    ):
        return "drop"
    return "keep"


def is_menu(text: str) -> bool:
    """Say whether a line is a row of buttons or sections, or the path that leads to the page.

    Examples
    --------
    >>> is_menu("Menu Search Donate"), is_menu("[Share] [Print]"), is_menu("News | World | Log in")
    (True, True, True)
    >>> is_menu("Start > Talks > The envoys return"), is_menu("The Middle East")
    (True, False)
    """
    if BRACKETED.match(text):
        return True
    words = re.findall(r"[\w-]+", text.casefold())
    pushed = sum(word in BUTTONS for word in words)
    if pushed and 3 * pushed >= len(words) and all(w in BUTTONS or w in SECTIONS for w in words):
        return True
    if is_crumbs(text):
        return True
    columns = [part for part in COLUMNS.split(text) if part]
    if len(columns) < 2 or any(len(part.split()) > 5 for part in columns):
        return False
    return len(columns) > 2 or pushed > 0


def is_way_in(text: str) -> bool:
    """Say whether a line leads into a site, as stands above a report and never below its title.

    Examples
    --------
    >>> is_way_in("Skip to content"), is_way_in("Menu"), is_way_in("Share")
    (True, True, False)
    """
    return bool(
        re.match(r"^\W*(?:menu|search|skip\s+to\s+\w+|main\s+menu|toggle)\b", text, re.IGNORECASE)
    )


def is_crumbs(text: str) -> bool:
    """Say whether a line is the path that leads to the page, as "Home > World > Talks"."""
    parts = len(CRUMBS.split(text))
    arrows = len(re.findall(r"\s[>›»❯▸]\s", text))
    return arrows >= 2 or (parts >= 2 and bool(HOME.match(text)))


def is_site_word(text: str) -> bool:
    """Say whether a text names nothing but buttons and sections that any site may have."""
    return all(w in BUTTONS or w in SECTIONS for w in re.findall(r"[\w-]+", text.casefold()))
