"""Inquiries: questions from outside, with a deadline, who answers, and what may be said."""
