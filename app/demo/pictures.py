"""Pictures drawn at load time, so that evidence has something to show and nobody's photo is needed."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 900
SKY, GROUND, WATER, WALL, ROOF = "#cfe0e8", "#9c8a6e", "#5b8fa8", "#e8dfcc", "#8a4b38"
DARK, STEEL, LEAF, LIGHT = "#3b3f42", "#9aa5ab", "#5d7f4e", "#f3c94b"
Pen = ImageDraw.ImageDraw


def draw(what: str) -> bytes:
    """A JPEG of one of `SCENES`."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 560, WIDTH, HEIGHT), fill=GROUND)
    SCENES[what](pen)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()


def _pump(pen: Pen) -> None:
    """A pump house at the river, two pumps and a rented generator."""
    pen.rectangle((0, 700, WIDTH, HEIGHT), fill=WATER)
    pen.rectangle((140, 330, 560, 700), fill=WALL, outline=DARK, width=6)
    pen.polygon(((110, 330), (350, 210), (590, 330)), fill=ROOF)
    for left in (190, 380):
        pen.ellipse((left, 470, left + 130, 600), fill=STEEL, outline=DARK, width=6)
        pen.rectangle((left + 50, 590, left + 80, 760), fill=STEEL)
    pen.rounded_rectangle((700, 520, 1080, 690), 20, fill=LIGHT, outline=DARK, width=6)
    pen.ellipse((740, 680, 800, 740), fill=DARK)
    pen.ellipse((970, 680, 1030, 740), fill=DARK)


def _road(pen: Pen) -> None:
    """A road with a hole and cones around it."""
    pen.polygon(((460, 560), (740, 560), (1120, HEIGHT), (80, HEIGHT)), fill="#6d6f70")
    for top in (580, 660, 760):
        pen.rectangle((594, top, 606, top + 40), fill="#f5f5f0")
    pen.ellipse((420, 700, 680, 800), fill="#4a3d31", outline=DARK, width=4)
    for left in (380, 700, 540):
        pen.polygon(((left, 820), (left + 60, 820), (left + 30, 700)), fill="#d9662b")


def _school(pen: Pen) -> None:
    """A school building whose roof has a hole under a tarpaulin."""
    pen.rectangle((160, 380, 1040, 690), fill=WALL, outline=DARK, width=6)
    pen.polygon(((120, 380), (260, 250), (940, 250), (1080, 380)), fill=ROOF)
    pen.polygon(((520, 380), (560, 260), (780, 258), (830, 380)), fill="#2f6f9f")
    for left in range(220, 960, 180):
        pen.rectangle((left, 440, left + 110, 540), fill="#b9d3df", outline=DARK, width=4)
    pen.rectangle((570, 560, 640, 690), fill="#6b4a32")


def _lamp(pen: Pen) -> None:
    """A street lamp that shines again."""
    pen.rectangle((0, 0, WIDTH, 560), fill="#2b3a4a")
    for left in (250, 650, 1020):
        pen.rectangle((left, 200, left + 14, 700), fill=STEEL)
        pen.rectangle((left, 200, left + 110, 214), fill=STEEL)
        pen.polygon(((left + 90, 214), (left + 200, 560), (left - 20, 560)), fill="#5a5a3c")
        pen.ellipse((left + 78, 200, left + 130, 240), fill=LIGHT)


def _waste(pen: Pen) -> None:
    """A cleaned roadside with a container."""
    pen.rectangle((0, 470, WIDTH, 570), fill=LEAF)
    pen.rounded_rectangle((300, 480, 820, 740), 16, fill="#3f7a5a", outline=DARK, width=6)
    pen.rectangle((280, 450, 840, 490), fill="#2f5c44")
    for left in (360, 700):
        pen.ellipse((left, 720, left + 70, 790), fill=DARK)


def _queue(pen: Pen) -> None:
    """A waiting room with two counters and a number on the screen."""
    pen.rectangle((0, 0, WIDTH, 640), fill=WALL)
    pen.rectangle((0, 640, WIDTH, HEIGHT), fill=STEEL)
    pen.rounded_rectangle((420, 80, 780, 240), 14, fill=DARK)
    pen.text((520, 110), "A-042", fill=LIGHT, font_size=80)
    for left in (180, 660):
        pen.rectangle((left, 380, left + 360, 600), fill="#b7c9a8", outline=DARK, width=5)
    for left in range(140, 1060, 130):
        pen.rounded_rectangle((left, 720, left + 90, 820), 12, fill="#3b6f8a")


SCENES: dict[str, Callable[[Pen], None]] = {
    "pump": _pump, "road": _road, "school": _school, "lamp": _lamp, "waste": _waste, "queue": _queue,
}  # fmt: skip
