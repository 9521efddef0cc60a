"""Under which names tickets stand in the search index."""


def scope(opd_id: int) -> str:
    """The index scope that narrows a search to one OPD's tickets."""
    return f"opd{opd_id}"


def proof_kind(opd_id: int) -> str:
    """The kind under which a former lead's proofs are indexed."""
    return f"former{opd_id}"
