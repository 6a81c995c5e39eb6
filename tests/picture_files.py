"""Pictures for the tests, as cameras and drawing programs write them."""

from io import BytesIO

from PIL import Image


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """Encode a picture."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photograph(width: int = 400, height: int = 300, shade: int = 0) -> bytes:
    """Make a photograph, another one for each shade; the same bytes each time."""
    across = Image.linear_gradient("L").resize((width, height))
    down = Image.radial_gradient("L").resize((width, height))
    return saved(Image.merge("RGB", (across, down, Image.new("L", (width, height), shade % 256))))


def drawing(width: int = 400, height: int = 300, colour: str = "navy") -> bytes:
    """Make a flat drawing: half of it white, half of it one colour."""
    image = Image.new("RGB", (width, height), "white")
    image.paste(colour, (0, 0, width // 2, height))
    return saved(image, "PNG")
