"""What an isu by hand keeps to."""

SHORTEST_TITLE, LONGEST_TITLE = 5, 300

ISU_LOCK = 41_003
"""One change at a time: two merges that cross each other would make a ring."""
