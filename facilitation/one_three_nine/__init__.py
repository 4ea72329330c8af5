"""1-3-9 (1-2-4-all): people think alone, then in ever larger groups, whose sheets become posters."""

from . import drawing, forms, gallery, grouping, groups, kind, plan, sheets

__all__ = ["drawing", "forms", "gallery", "grouping", "groups", "kind", "plan", "sheets"]
