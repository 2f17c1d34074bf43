"""search: the record as an index of what was said. A follower: it holds nothing that cannot be made again.

Begin with `words.py` (what is a word), `turns.py` (what is a unit), `asked.py` (what can be asked), `engine.py` (what
an engine owes; `engine_tantivy.py` is the one in the process), `follower.py` (how it keeps up), `answering.py`. What
readers' browsers ask where no program answers is `cut.py` (the files) and `cutting.py` (how they keep up).
"""
