"""Who is mailed after a move (design.md §4, «Letters»), to be said before it is made. Notify writes the letters."""

NEW_LEAD, LEAD, NARAHUBUNG = "new_lead", "lead", "narahubung"
MAILED = {
    "forward": NEW_LEAD,
    "reroute": NEW_LEAD,
    "reopen": LEAD,
    "submit": NARAHUBUNG,
    "send_back": LEAD,
    "rework": LEAD,
}
