"""The letters of the addon's engine, whether this package stands inside the addon or alone in a test."""

try:
    from ..engine.vietnamese import clean_line, search_key
except ImportError:
    from engine.vietnamese import clean_line, search_key

__all__ = ["clean_line", "search_key"]
