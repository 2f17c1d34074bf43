"""The program `communique`: one file per command; each parses, calls one function and prints. No rules of its own.

`main.py` holds the table of commands, the global options and what every command does with errors.
"""
