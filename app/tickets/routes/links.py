"""The page of a personal link."""
