"""The drawings that lie beside the program are the ones that it draws."""

from __future__ import annotations

import pytest

from communique.demo.pictures.carving import Block
from communique.demo.pictures.draw import HERE, PICTURES, seeded


@pytest.mark.parametrize("name", PICTURES)
def test_a_drawing_is_what_its_scene_draws(name: str) -> None:
    cut, width, height, ground = PICTURES[name]
    block = Block(width, height, seeded(name))
    cut(block)
    assert block.svg(ground) == (HERE / f"{name}.svg").read_text("utf-8")


@pytest.mark.parametrize("name", PICTURES)
def test_a_drawing_holds_shapes_only(name: str) -> None:
    drawing = (HERE / f"{name}.svg").read_text("utf-8")
    assert "<path" in drawing
    assert not any(sign in drawing for sign in ("<script", "<image", "href", "<style", "onload"))
