"""The desk for everybody: axe-core finds nothing in any view, nothing is too wide, and keys alone will do."""

from collections.abc import Iterator

import pytest
from chromium import Tab
from desk_sample import HTML, edition, finding, view
from desk_sample import opened as desk_opened

from bulletin.desk import Fault, Proof, View

LONG = f"https://long.example/{'a-very-long-address/' * 15}"
ITEM = "issues/2026-11/items/fund.md"
FILES = dict.fromkeys(("bulletin.docx", "bulletin.eml", "parts.zip", "bulletin.txt"), b"")
VIEWS = {
    "an edition": "",
    "a pack": "?pack=north",
    "a pack that cannot be made": "?pack=inner",
    "nothing at all": "?nothing",
    "a fault": "?fault",
}
LARGER = "document.documentElement.style.fontSize = '200%'"
ACTIVE = """(() => {
  const one = document.activeElement, shown = one.matches('fieldset input') ? one.nextElementSibling : one;
  return [one.id || one.name || one.textContent.trim(), getComputedStyle(shown).outlineStyle];
})()"""


def full() -> View:
    """Give a view with everything in it that a page can have."""
    severe = [finding(severity, detail=f"Look at {LONG}") for severity in ("error", "warning", "note")]
    apart = [finding(waived="They meant it"), finding(path="issues/2026-11/items/held.md")]
    pack = Proof("north", edition("north"), {"fund": "fund"}, pack=True, files=FILES)
    fault = Fault("It would hold a secret", "Take it out")
    return view(
        *severe,
        *apart,
        proofs=(edition(text=f"{LONG}\n" * 40), edition("clerks", HTML)),
        titles={ITEM: "A fund for halls"},
        held=frozenset({apart[1].path}),
        next_step="`bulletin build`",
        packs={"north": lambda: pack, "inner": lambda: fault},
    )


@pytest.fixture(params=VIEWS)
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of the desk's page in one of its views."""
    shows = {
        "nothing at all": lambda: view(proofs=()),
        "a fault": lambda: View("C", "Issue 14", fault=Fault(f"No {LONG}", "Mend it")),
    }
    with desk_opened(shows.get(request.param, full)) as desk:
        yield desk.address + VIEWS[request.param]


def too_wide(tab: Tab) -> list[str]:
    """Give what makes the page itself scroll sideways."""
    return [one for one in tab.overflow() if one.endswith(" px")]


def test_axe_finds_nothing_in_light_in_dark_or_on_a_telephone(tab: Tab, address: str) -> None:
    for width, dark in ((1280, False), (1280, True), (320, False), (320, True)):
        tab.go(address, width, dark=dark)
        assert tab.axe(whole=True) == [], (width, dark)


def test_nothing_is_wider_than_a_window_or_large_text(tab: Tab, address: str) -> None:
    for width in (1280, 800, 640, 320):  # 640: a window of 1280 at 200 %
        tab.go(address, width)
        assert too_wide(tab) == [], width
    tab.go(address)
    tab.run(LARGER)
    assert too_wide(tab) == []
    assert tab.axe(whole=True) == []


@pytest.mark.parametrize("width", [1280, 1366, 1600, 1920])
def test_page_and_text_lie_side_by_side_on_a_laptop(tab: Tab, width: int) -> None:
    with desk_opened(full) as desk:
        tab.go(desk.address, width)
        page, text = tab.run(
            "['.html', '.text'].map(one => document.querySelector(one).getBoundingClientRect().toJSON())"
        )
    assert page["top"] == text["top"]
    assert page["right"] <= text["left"]
    assert too_wide(tab) == []


def test_every_choice_of_looks_is_fit_for_everybody(tab: Tab) -> None:
    with desk_opened(full) as desk:
        tab.go(desk.address)
        names = tab.run("[...looks.querySelectorAll('input:not(:checked)')].map(one => one.value)")
        assert names == ["phone", "dark", "print", "off", "in", "html", "text"]
        for name in names:
            tab.run(f"looks.querySelector('[value={name}]').click()")
            assert (name, tab.axe(whole=True), too_wide(tab)) == (name, [], [])
        tab.run("sessionStorage.clear()")


def test_keys_alone_reach_and_change_everything(tab: Tab) -> None:
    with desk_opened(full) as desk:
        tab.go(desk.address)
        reached = []
        for _ in range(30):
            tab.press("Tab", code=9)
            name, outline = tab.run(ACTIVE)
            reached.append(name)
            assert outline == "solid", name
            if name == "part":
                break
        tab.press("ArrowLeft", code=37)
        assert tab.run("[chosen().part, parts.className]") == [
            "text",
            "parts width-desktop scheme-light part-text",
        ]
    assert reached[:2] == ["Skip to the findings", "Skip to the bulletin"]
    wanted = ["Clerks", "north", "inner", "width", "scheme", "pictures", "findings", "part"]
    assert reached[-len(wanted) :] == wanted


def test_the_frame_is_passed_by_one_key_and_says_when_it_has_the_focus(tab: Tab) -> None:
    with desk_opened(full) as desk:
        tab.go(desk.address)
        tab.run("sessionStorage.clear(); looks.elements.part.value = 'both'; looks.elements.part[0].focus()")
        tab.press("Tab", code=9)
        assert tab.run(ACTIVE)[0] == "Skip to the plain text"
        tab.press("Enter", code=13, text="\r")
        assert tab.run("document.activeElement.id") == "text"
        tab.run("frame.focus()")
        assert tab.run("getComputedStyle(frame).outlineStyle") == "solid"
        tab.run("document.getElementById('text').focus()")
        assert tab.run("getComputedStyle(frame).outlineStyle") == "none"
