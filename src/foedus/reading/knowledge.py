"""What the reader knows about the world beforehand: names of states, groups, offices and places.

The tables lie in ``data/``, one CSV file a kind, each row with its source. They are read when first
asked for, and once. A name is looked up by its `key`, so that accents, hyphens, full stops and the
possessive make no difference; abbreviations must stand in capitals.
"""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

Kind = Literal["state", "person", "organisation", "group", "force", "ministry", "people"]
How = Literal["name", "demonym", "capital", "metonym", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who can act or speak, under the one name used for it.

    Parameters
    ----------
    name
        The canonical name: "Russia", "Steve Witkoff", "Ukrainian Air Force".
    side
        The state, group or organisation it acts for; its own name when it is one of these itself;
        None when the report does not say.
    kind
        ``state``, ``group`` (armed or political), ``organisation`` (of states, or aid), ``person``,
        ``force`` (an army or service), ``ministry`` (any other office), ``people`` (several
        persons known by what they are, such as rescuers).
    country
        ISO 3166 alpha-3 code of a state or of the country a group is at home in.
    """

    name: str
    side: str | None
    kind: Kind
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place and the ISO 3166 alpha-3 code of the country it lies in, None when not known."""

    name: str
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one name in a table stands for, and how: by itself, as demonym, capital or metonym."""

    actor: Actor | None
    place: Place | None
    how: How
    capitals: bool
    """Whether the name counts only when written in capitals (US, RSF)."""
    needs: str | None = None
    """The country that the report must name for the name to count: many states have a Senate."""


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """Return what two spellings of one name have in common.

    Examples
    --------
    >>> key("Côte d’Ivoire’s") == key("cote d'ivoire")
    True
    >>> key("U.S."), key("Sharm el-Sheikh")
    ('us', 'sharm el sheikh')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    bare = bare.casefold().replace("’", "'").replace("‘", "'")
    bare = re.sub(r"'s$|'$", "", bare.strip())
    return re.sub(r"[\s\-‑–]+", " ", bare.replace(".", "").replace("'", "")).strip()


def _table(name: str) -> list[dict[str, str]]:
    text = resources.files("foedus.reading").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _split(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def _is_short(name: str) -> bool:
    """Say whether a name is an abbreviation, which must stand in capitals to count."""
    letters = name.replace(".", "")
    return len(letters) <= 6 and letters.isupper()


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of one kind that tell who or what somebody is, in small letters.

    ``governs`` and ``force`` speak for a state that stands beside them, ``office`` keeps its own
    name, ``role`` and ``official`` are held by a person, ``title`` stands before a name, ``pair``
    goes with "both", ``group`` names an armed or political group, ``institution`` may be "it",
    ``unnamed`` are persons without an office; ``group-name`` and ``org-name`` end names.
    """
    return frozenset(row["word"] for row in _table("who_words.csv") if kind in row["kinds"].split())


class _Book:
    """The names while they are collected; the first entry under a key stays."""

    def __init__(self) -> None:
        self.known: dict[str, Entry] = {}
        self.places = {
            key(row["name"]): Place(name=row["name"], country=row["alpha3"] or None)
            for row in _table("regions.csv")
        }

    def add(
        self, name: str, actor: Actor | None, how: How = "name", *, place: Place | None = None,
        needs: str | None = None,
    ) -> None:  # fmt: skip
        """Take one name; a region that acts for itself is a place too (Somaliland)."""
        short, known = _is_short(name), key(name)
        wanted = needs if short or how == "name" else None
        entry = Entry(
            actor=actor,
            place=place or self.places.get(known),
            how=how,
            capitals=short,
            needs=wanted,
        )
        self.known.setdefault(known, entry)

    def add_states(self) -> dict[str, str]:
        """Take states by name, demonym and metonym; return their codes."""
        codes = {}
        for row in _table("states.csv"):
            name, code = row["name"], row["alpha3"]
            codes[name] = code
            actor = Actor(name=name, side=name, kind="state", country=code)
            for alias in (name, *_split(row["aliases"])):
                self.add(alias, actor, place=Place(name=name, country=code))
            for demonym in _split(row["demonyms"]):
                self.add(demonym, actor, "demonym")
            for metonym in _split(row["metonyms"]):
                self.add(metonym, actor, "metonym")
        return codes

    def add_groups(self) -> None:
        """Take armed and political groups; an abbreviation needs the group's country beside it."""
        for row in _table("groups.csv"):
            actor = Actor(name=row["name"], side=row["name"], kind="group", country=row["alpha3"])
            for alias in (row["name"], *_split(row["aliases"])):
                self.add(alias, actor, needs=row["alpha3"] if _is_short(alias) else None)
            for city in _split(row["capitals"]):
                self.add(city, actor, "capital", place=Place(name=city, country=row["alpha3"]))

    def add_organisations(self) -> None:
        """Take organisations of states, of aid and of those who count, with their bodies."""
        for row in _table("organisations.csv"):
            side = row["side"] or row["name"]
            actor = Actor(name=row["name"], side=side, kind="organisation")
            for alias in (row["name"], *_split(row["aliases"])):
                self.add(alias, actor)
            for body in _split(row["bodies"]):
                self.add(body, actor, "metonym")

    def add_offices(self, codes: dict[str, str]) -> None:
        """Take offices and forces; one that many states have needs its own state beside it."""
        for row in _table("offices.csv"):
            kind: Kind = "force" if row["kind"] == "force" else "ministry"
            actor = Actor(name=row["name"], side=row["side"], kind=kind)
            needs = codes.get(row["side"]) if row["generic"] else None
            for alias in (row["name"], *_split(row["aliases"])):
                self.add(alias, actor, needs=needs)

    def add_persons(self) -> None:
        """Take persons by their full names and their other spellings."""
        for row in _table("persons.csv"):
            actor = Actor(name=row["name"], side=row["side"], kind="person")
            for alias in (row["name"], *_split(row["aliases"])):
                self.add(alias, actor)

    def add_places(self) -> None:
        """Take capitals, which speak for their states, and the regions left."""
        for row in _table("states.csv"):
            actor = Actor(name=row["name"], side=row["name"], kind="state", country=row["alpha3"])
            for city in _split(row["capitals"]):
                self.add(city, actor, "capital", place=Place(name=city, country=row["alpha3"]))
        for row in _table("regions.csv"):
            self.add(row["name"], None, "place")


@cache
def entries() -> dict[str, Entry]:
    """Return every name that is known beforehand, by its key; a state's name wins over others."""
    book = _Book()
    codes = book.add_states()
    book.add_groups()
    book.add_organisations()
    book.add_offices(codes)
    book.add_persons()
    book.add_places()
    return book.known


@cache
def states() -> dict[str, Actor]:
    """Return every state by its canonical name."""
    found = (entry.actor for entry in entries().values())
    return {actor.name: actor for actor in found if actor and actor.kind == "state"}


@cache
def _states_by_country() -> dict[str, str]:
    return {actor.country: name for name, actor in states().items() if actor.country}


def state_of_country(country: str | None) -> str | None:
    """Return the common name of the state of an ISO 3166 alpha-3 code; None when there is none.

    Examples
    --------
    >>> state_of_country("COD"), state_of_country(None)
    ('Democratic Republic of the Congo', None)
    """
    return _states_by_country().get(country) if country else None


@cache
def _group_countries() -> dict[str, str]:
    return {row["name"]: row["alpha3"] for row in _table("groups.csv")}


def group_country(group: str) -> str | None:
    """Return the country that an armed or political group is at home in."""
    return _group_countries().get(group)


@cache
def _capitals() -> dict[str, Place]:
    found = {}
    for row in _table("states.csv"):
        for city in _split(row["capitals"])[:1]:
            found[row["name"]] = Place(name=city, country=row["alpha3"])
    return found


def capital_of(state: str) -> Place | None:
    """Return a state's capital, where a metonym stands: "in the Kremlin" is in Moscow."""
    return _capitals().get(state)


@cache
def adjectives() -> dict[str, str]:
    """Return a state's first demonym by its canonical name: Russia -> Russian."""
    return {
        row["name"]: _split(row["demonyms"])[0] for row in _table("states.csv") if row["demonyms"]
    }


@cache
def roles() -> dict[str, str]:
    """Return the key of each known person's office, by name."""
    return {row["name"]: key(row["role"]) for row in _table("persons.csv")}


@cache
def namesakes() -> dict[str, tuple[Actor, ...]]:
    """Return the known persons of each name that more than one bears."""
    found: dict[str, dict[str, Actor]] = {}
    for row in _table("persons.csv"):
        actor = Actor(name=row["name"], side=row["side"], kind="person")
        for name in (row["name"], *_split(row["aliases"])):
            found.setdefault(key(name), {}).setdefault(row["side"], actor)
    return {name: tuple(some.values()) for name, some in found.items() if len(some) > 1}


@cache
def surnames() -> dict[str, Actor]:
    """Return each known person by surname, where only one known person bears it."""
    found: dict[str, list[Actor]] = {}
    for row in _table("persons.csv"):
        actor = Actor(name=row["name"], side=row["side"], kind="person")
        for name in (row["name"], *_split(row["aliases"])):
            parts = key(name.removesuffix(" Jr.")).split()
            if actor not in found.setdefault(parts[-1], []):
                found[parts[-1]].append(actor)
    return {
        surname: actors[0]
        for surname, actors in found.items()
        if len(actors) == 1 and surname not in words("title")
    }


@cache
def _gazetteer() -> tuple[dict[str, str], ...]:
    packed = resources.files("foedus.reading").joinpath("data", "places.csv.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()
    return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def cities() -> dict[str, tuple[tuple[Place, int], ...]]:
    """Return the places of each name, with their people, the largest first."""
    found: dict[str, list[tuple[Place, int]]] = {}
    for row in _gazetteer():
        place = Place(name=row["name"], country=row["alpha3"])
        found.setdefault(row["key"] or key(row["name"]), []).append((place, int(row["population"])))
    return {name: tuple(places) for name, places in found.items()}


@cache
def place_aliases() -> dict[str, str]:
    """Return the key of a place's usual name by the key of another spelling of it."""
    found: dict[str, str] = {}
    for row in _gazetteer():
        for alias in _split(row["aliases"]):
            if alias not in words("no-state"):  # "human" is no town
                found.setdefault(alias, row["key"] or key(row["name"]))
    return found
