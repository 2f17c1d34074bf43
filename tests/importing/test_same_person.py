"""Persons across the pages of an archive are joined on evidence, and on nothing less."""

from __future__ import annotations

from communique.importing.same_person import INITIAL, LONGER, same_names


def test_an_initial_and_a_surname_are_the_one_person_who_has_them() -> None:
    assert same_names({"anna keller": 40, "a keller": 2}) == {"a keller": ("anna keller", INITIAL)}


def test_where_two_persons_could_be_meant_neither_is() -> None:
    assert same_names({"anna keller": 40, "albert keller": 3, "a keller": 2}) == {}


def test_a_title_before_the_same_name_is_no_other_person() -> None:
    found = same_names({"anna keller": 40, "dr anna keller": 1, "a keller": 2})
    assert found == {"dr anna keller": ("anna keller", LONGER), "a keller": ("anna keller", INITIAL)}


def test_another_first_name_is_another_person() -> None:
    assert same_names({"anna keller": 40, "berta keller": 3}) == {}
    assert same_names({"anna keller": 40, "anna maria keller": 3, "maria keller": 3}) == {}, "either could be meant"


def test_a_surname_alone_is_nobody() -> None:
    assert same_names({"anna keller": 40, "keller": 9}) == {}
