"""A page, file or address as it came -> a Report: clean text, title, dates, language, hash."""
