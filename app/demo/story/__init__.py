"""What happened in Kukar in the last fortnight, all of it invented."""

from app.demo.story import care, children, lights, noise, offices, roads, waste, water

THEMES = (water, roads, children, care, lights, waste, offices, noise)
STORIES = tuple(story for theme in THEMES for story in theme.STORIES)
