"""A dossier as one HTML page that loads nothing, runs nothing, and prints well."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from foedus.record.exchange.told import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.record.exchange.dossier import Dossier


def page(dossier: Dossier) -> Iterator[str]:
    """Yield the text of a page. All words of reports are escaped, never taken for HTML."""
    import jinja2  # noqa: PLC0415 - slow to import, and only a page needs it

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
        keep_trailing_newline=True,
    )
    asset = resources.files("foedus.record.exchange").joinpath("data", "dossier.html.j2")
    template = environment.from_string(asset.read_text(encoding="utf-8"))
    yield from template.stream(dossier=dossier, is_link=_is_link)


def _is_link(url: str | None) -> bool:
    """Whether an address may be linked to: the web only, never a script."""
    return url is not None and url.lower().startswith(("https://", "http://"))
