"""Imports at the desk: batches of other sites' pages as they were read, on which a person decides page by page."""
