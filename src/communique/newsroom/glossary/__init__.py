"""Glossary: approved names in each language, and the forms that are warned of."""
