"""Questions that join several features: the pantauan, likeness, desks, search."""
