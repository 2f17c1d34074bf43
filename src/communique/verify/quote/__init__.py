"""Quote: are these words in the record, who said them, and do they still stand? For strangers, without a server.

`pasted.py` reads what somebody brings: bare words, or a quotation as the reader's *Copy quote* gives it. `passages.py`
says what in an edition can be quoted. `answer.py` finds the words, proves the edition that has them against the
checkpoint, and gives one of four verdicts. Whether words are the same is for `communique.edition.quoted` to say.
"""
