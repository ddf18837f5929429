"""The letters of the addon's engine, whether this package stands inside the addon or alone in a test."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the checker sees the packages side by side
    from engine.vietnamese import clean_line, name_key, search_key
else:
    try:
        from ..engine.vietnamese import clean_line, name_key, search_key
    except ImportError:
        from engine.vietnamese import clean_line, name_key, search_key

__all__ = ["clean_line", "name_key", "search_key"]
