"""Pictures from the drop folder to the archive, at the command line."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from officer import Officer, at, contents
from picture_files import drawing, photograph

PARTNERS_ONLY = photograph(shade=200)


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    """Give an officer whose partners sent pictures with two stories, one of them for partners alone."""
    officer = at("collected", tmp_path)
    (officer.folder / "contributions/fund.jpg").write_bytes(photograph())
    (officer.folder / "contributions/draft.jpg").write_bytes(PARTNERS_ONLY)
    officer.edit("bulletin.toml", "[sender]", 'logo = "crest.png"\n\n[sender]')
    (officer.folder / "crest.png").write_bytes(drawing(600, 200))
    assert officer.on("2026-11-19")("collect").code == 0
    return officer


def ready(officer: Officer) -> Officer:
    for words in (("build",), ("approve", "--by", "Jo Field")):
        assert officer(*words).code == 0
    return officer


def names(officer: Officer, edition: str) -> list[str]:
    return sorted(path.name for path in officer.path(f"editions/{edition}/images").iterdir())


def test_each_edition_has_its_own_pictures_in_its_manifest(officer: Officer) -> None:
    ready(officer)
    assert names(officer, "partners") == ["draft.jpg", "fund.jpg", "logo.png"]
    assert names(officer, "everyone") == ["fund.jpg", "logo.png"]
    manifest = officer.path("editions/everyone/manifest.json").read_text("utf-8")
    assert '"images/fund.jpg": "image/jpeg"' in manifest
    assert '"issues/2026-11/images/fund.jpg": "' in manifest


def test_building_again_gives_the_same_bytes(officer: Officer) -> None:
    first = contents(ready(officer).path("editions"))
    officer.outside("build", env={"PYTHONHASHSEED": "7"})
    assert contents(officer.path("editions")) == first


def test_a_message_has_its_pictures_and_says_nothing_of_its_size(officer: Officer) -> None:
    assert "MB" not in ready(officer)("send", "--plan").out
    assert officer.send().code == 0
    copy = max(officer.path("sandbox").glob("*.eml"))
    parsed = message_from_bytes(copy.read_bytes(), policy=policy.default)
    pictures = [part for part in parsed.walk() if part.get_content_maintype() == "image"]
    assert {part.get_content_disposition() for part in pictures} == {"inline"}
    assert {f"cid:{part['Content-ID'].strip('<>')}" for part in pictures} == {
        word.strip('"')
        for word in parsed.get_body(("html",)).get_content().split('"')
        if word.startswith("cid:")
    }


def test_a_large_message_is_said(officer: Officer) -> None:
    for number in range(8):
        name = f"big{number}"
        officer.path(f"items/{name}.md").write_text(
            f"---\nTitle: Big {number}\nSection: Key messages\nImage: {name}.png\n---\n\nWords {number}.\n",
            "utf-8",
        )
        noise = photograph(1100, 1100, shade=number * 9)
        officer.path(f"images/{name}.png").write_bytes(
            noise + b"" if len(noise) < 81_920 else photograph(700, 700)
        )
    planned = ready(officer)("send", "--plan", json=True).data
    assert planned["size"] > 300_000
    assert ("Each copy has up to" in officer("send", "--plan").out) is (planned["size"] >= 524_288)


def test_what_was_changed_after_approval_does_not_reach_the_archive(officer: Officer) -> None:
    ready(officer)
    assert officer("archive").code == 0
    assert (officer.folder / "archive/2026-11/images/fund.jpg").is_file()
    assert (officer.folder / "archive/logo.png").is_file()
    assert not (officer.folder / "archive/2026-11/images/draft.jpg").exists()
    officer.path("images/fund.jpg").write_bytes(photograph(shade=9))
    said = officer("archive")
    assert (said.code, "issues/2026-11/images/fund.jpg" in said.err) == (1, True)


def test_a_picture_changed_after_building_has_to_be_built_again(officer: Officer) -> None:
    officer("build")
    officer.path("images/fund.jpg").write_bytes(photograph(shade=9))
    assert "would read differently now" in officer("approve", "--by", "Jo").err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "there is no such file beside bulletin.toml"),
        (b"GIF89a", "damaged"),
        (drawing(600, 200, "#fafafa"), "on white it can hardly be seen"),
    ],
    ids=["missing", "damaged", "pale"],
)
def test_a_logo_that_cannot_be_printed_is_said_and_left_out(
    officer: Officer, data: bytes | None, said: str
) -> None:
    path = officer.folder / "crest.png"
    path.unlink() if data is None else path.write_bytes(data)
    found = [one for one in officer("check", json=True).data["findings"] if one["rule"] == "logo"]
    assert said in found[0]["detail"]
    assert found[0]["path"] == "bulletin.toml"
    assert names(ready(officer), "everyone") == ["fund.jpg"]


def test_a_large_logo_with_a_place_in_it_is_made_small(officer: Officer) -> None:
    (officer.folder / "crest.png").write_bytes(photograph(2400, 900))
    ready(officer)
    assert (officer.folder / "crest.png").read_bytes() == photograph(2400, 900)
    assert names(officer, "everyone") == ["fund.jpg", "logo.jpg"]
    assert len((officer.path("editions/everyone/images") / "logo.jpg").read_bytes()) <= 80 * 1024
