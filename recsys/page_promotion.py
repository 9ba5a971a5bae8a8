"""Whole sentences of promotion that were added to an article: they call, they link, and they share nothing with it."""

from __future__ import annotations

from recsys.page_flow import Flow


def promotions(flow: Flow, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find sentences that only promote."""
    return []
