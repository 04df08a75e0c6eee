"""Pages that are written from the data: one for each rule-set, and one for each rate.

They are in no folder: MkDocs is told of them, and given their text when it asks. In the
navigation ``rulesets/*`` and ``rates/*`` stand for them, by what they rest on or are reported for.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rate_pages import rate_page
from ruleset_pages import ruleset_page
from tables import capital

from budgetperf import rules as rulebook
from budgetperf.exact import Text
from budgetperf.rates import catalogue

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

__all__ = ["on_config", "on_files", "on_page_read_source", "pages"]


def on_config(config: MkDocsConfig) -> None:
    """Called by MkDocs once for each language: puts the pages into the navigation."""
    groups = {"rulesets/*": _ruleset_groups(), "rates/*": _rate_groups()}
    if config.nav is not None:
        config.nav = _expanded(config.nav, groups)
    names = {title.zh: capital(title.en) for group in groups.values() for title in group}
    for language in config.plugins["i18n"].config["languages"]:
        if language["locale"] == "en":
            language["nav_translations"] |= names


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    """Called by MkDocs with the files of the folder."""
    from mkdocs.structure.files import File  # noqa: PLC0415 - optional

    # Not File.generated: the plugin for languages makes new ones of these, without their text.
    for path in pages():
        files.append(File(path, config.docs_dir, config.site_dir, config.use_directory_urls))


def on_page_read_source(*, page: Page, config: MkDocsConfig) -> str | None:
    """Called by MkDocs for the text of a page; ``None`` leaves it to the file."""
    del config
    write = pages().get(page.file.src_uri)
    return None if write is None else write()


def pages() -> dict[str, Callable[[], str]]:
    """The pages by their path, each with what writes it."""
    return dict(_pages())


def _pages() -> Iterator[tuple[str, Callable[[], str]]]:
    for lang, ending in (("zh", ".md"), ("en", ".en.md")):
        for rules in rulebook.shipped():
            yield f"rulesets/{rules.id}{ending}", functools.partial(ruleset_page, rules, lang)
        for rate in catalogue.values():
            yield f"rates/{rate.id}{ending}", functools.partial(rate_page, rate, lang)


def _ruleset_groups() -> dict[Text, list[str]]:
    groups: dict[Text, list[str]] = {}
    for rules in rulebook.shipped():
        groups.setdefault(rules.status.label, []).append(f"rulesets/{rules.id}.md")
    return groups


def _rate_groups() -> dict[Text, list[str]]:
    groups: dict[Text, list[str]] = {}
    for rate in catalogue.values():
        labels = [kind.label for kind in rate.kinds]
        title = Text(zh="、".join(one.zh for one in labels), en=", ".join(one.en for one in labels))
        groups.setdefault(title, []).append(f"rates/{rate.id}.md")
    return groups


def _expanded(item: object, groups: dict[str, dict[Text, list[str]]]) -> list[object]:
    """The navigation with groups of pages in the place of what stands for them."""
    found: list[object] = []
    for one in item if isinstance(item, list) else [item]:
        if isinstance(one, dict):
            found.append(
                {
                    title: _expanded(below, groups) if isinstance(below, list) else below
                    for title, below in one.items()
                }
            )
        elif one in groups:
            found += [{title.zh: paths} for title, paths in groups[one].items()]
        else:
            found.append(one)
    return found
