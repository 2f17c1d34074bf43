"""One installation: its configuration file, its engines, and how the rooms are put together.

`configuration.py` reads and checks `communique.toml`; `engines.py` starts Django on the chosen database; `office.py`
hands the record its key, clock and followers; `processes.py` is the process tree of `serve`.
"""
