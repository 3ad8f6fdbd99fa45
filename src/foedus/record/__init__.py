"""Mentions from many reports in one file: sourced, merged without loss, asked as of any day."""
