"""Papers: one data shape each, rendered to DOCX, PDF and text; what was signed comes back and is registered."""
