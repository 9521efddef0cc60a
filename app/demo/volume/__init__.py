"""Any number of tickets, alerts and agencies for measuring: the same data for the same seed and time.

Rows go in through Core in batches, so memory stays bounded; history has real hash chains, counters are right,
everything can be searched. What happened follows the table of moves, but no verb of the house is run.
"""

from app.demo.volume.load import Size, load

__all__ = ["Size", "load"]
