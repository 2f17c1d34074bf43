"""Quote: are these words in the record, who said them, and do they still stand? For strangers, without a server.

`pasted.py` reads what somebody brings: bare words, or a quotation as the reader's *Copy quote* gives it. `answer.py`
finds the words, proves the edition that has them against the checkpoint, and gives one of four verdicts; `nearest.py`
says what differs. What can be quoted is for `edition/passages.py` to say, what counts as the same words for
`edition/quoted.py`.
"""
