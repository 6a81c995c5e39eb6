"""The desk's page: what the officer reads there, and that nothing a partner wrote can act on it."""

import re

import html5lib
import pytest
from desk_sample import HTML, edition, finding, view

from bulletin.desk import Fault, Proof, View
from bulletin.desk.groups import also, grouped, notes_by_anchor, verdict
from bulletin.desk.page import page
from bulletin.desk.proof import Medium, shown
from bulletin.desk.watch import Shown

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>' {{ 7*7 }} </pre></title>"


def rendered(what: View) -> str:
    return page(Shown(3, what), what.proofs[0] if what.proofs else None)


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ([], "Nothing stops this bulletin"),
        (["warning", "note"], "Nothing stops this bulletin"),
        (["error"], "1 error stops this bulletin"),
        (["error", "error", "note"], "2 errors stop this bulletin"),
    ],
)
def test_one_line_says_whether_it_may_go_out(severities: list[str], words: str) -> None:
    assert verdict(view(*map(finding, severities))) == words


def test_a_waived_error_stops_nothing_and_is_shown_with_its_reason() -> None:
    what = view(finding(waived="They meant the Friday"))
    assert what.stops == 0
    assert "Let pass: They meant the Friday" in rendered(what)


def test_an_error_of_an_item_on_hold_stops_nothing_and_is_shown_apart() -> None:
    what = view(finding(detail="There is no title"), held=frozenset({"issues/2026-11/items/fund.md"}))
    assert verdict(what) == "Nothing stops this bulletin"
    assert "There is no title" in rendered(what).partition("About items on hold")[2]


def test_what_stops_nothing_is_counted_too() -> None:
    assert also(view(finding("warning"), finding("note"), finding("note"))) == "1 warning and 2 notes"


def test_findings_stand_by_item_worst_first() -> None:
    found = [
        finding("note", "b.md"),
        finding("warning", "a.md"),
        finding("error", "b.md"),
        finding("note", "c.md"),
    ]
    groups = grouped(found, {})
    assert [group.path for group in groups] == ["b.md", "a.md", "c.md"]
    assert [one.severity.value for one in groups[0].findings] == ["error", "note"]


def test_a_finding_says_where_what_and_what_to_do() -> None:
    body = rendered(
        view(finding(hint="Write `When: Friday`"), titles={"issues/2026-11/items/fund.md": "A fund"})
    )
    assert "<h3>A fund</h3>" in body
    assert "issues/2026-11/items/fund.md:4" in body
    assert "Write <code>When: Friday</code>" in body


def test_a_finding_about_a_whole_file_names_no_line() -> None:
    assert "<code>bulletin.toml</code>" in rendered(view(finding(path="bulletin.toml", line=0)))


def test_a_finding_leads_to_its_item_in_the_bulletin() -> None:
    assert 'href="edition/everyone/light#fund"' in rendered(view(finding()))


def test_a_finding_about_an_item_that_is_left_out_leads_nowhere() -> None:
    assert "Show in the bulletin" not in rendered(view(finding(path="issues/2026-11/items/past.md")))


def test_both_parts_are_there_with_the_subject_the_day_and_the_next_step() -> None:
    body = rendered(view(next_step="bulletin approve --by NAME"))
    assert '<iframe id="frame" sandbox="" src="edition/everyone/light?is=' in body
    assert "COMMUNICATE\n\n1. A fund" in body
    assert "Communicate 14 for everyone" in body
    assert "Built for Thursday 26 November 2026" in body
    assert "<code>bulletin approve --by NAME</code>" in body


def test_each_edition_can_be_chosen_and_the_open_one_is_marked() -> None:
    body = rendered(view(proofs=(edition("everyone"), edition("core group"))))
    assert '<a href="?edition=everyone" aria-current="page">Everyone</a>' in body
    assert '<a href="?edition=core%20group">Core Group</a>' in body


def test_a_view_without_editions_says_so() -> None:
    assert "There is no edition to show yet" in rendered(view(proofs=()))


def test_a_fault_is_a_page_with_what_to_do() -> None:
    body = rendered(
        View("", "Issue 14", fault=Fault("templates/bulletin.html line 3: no `endif`", "Close it"))
    )
    assert "templates/bulletin.html line 3: no <code>endif</code>." in body
    assert "Close it." in body


def test_hostile_words_are_words() -> None:
    bad = finding(path=HOSTILE, detail=HOSTILE, hint=HOSTILE, rule=HOSTILE)
    proof = edition(HOSTILE, text=HOSTILE)
    body = rendered(View(HOSTILE, HOSTILE, findings=(bad,), titles={HOSTILE: HOSTILE}, next_step=HOSTILE))
    for whole in (body, rendered(view(bad, proofs=(proof, edition())))):
        tree = html5lib.parse(whole, namespaceHTMLElements=False)
        assert [script.get("src") for script in tree.iter("script")] == ["desk.js"]
        assert not list(tree.iter("img"))
        assert "49" not in whole


@pytest.mark.parametrize(
    "what",
    [
        view(),
        view(finding(), finding(waived="so")),
        view(proofs=()),
        View("C", "14", fault=Fault("No", "Do")),
    ],
    ids=["clear", "findings", "no-edition", "fault"],
)
def test_the_page_is_valid_html(what: View) -> None:
    html5lib.HTMLParser(strict=True).parse(rendered(what))


def test_pictures_come_from_the_desk_itself() -> None:
    assert 'src="image/logo.png"' in shown(edition(), Medium.LIGHT)
    odd = edition(html='<img src="cid:a&amp;b/../c.png"><p>cid:words</p>')
    assert shown(odd, Medium.LIGHT) == '<img src="image/a%26b%2F..%2Fc.png"><p>cid:words</p>'


@pytest.mark.parametrize(
    ("scheme", "query"), [(Medium.DARK, "(min-width:0)"), (Medium.LIGHT, "(max-width:0)")]
)
def test_either_colour_scheme_can_be_shown_on_any_screen(scheme: Medium, query: str) -> None:
    html = shown(edition(), scheme)
    assert f"@media {query}" in html
    assert f":root{{color-scheme:{scheme}}}" in html
    assert f'name="color-scheme" content="{scheme}"' in html


@pytest.mark.parametrize(
    ("query", "on_paper"),
    [
        ("print", "all and (min-width:0)"),
        ("screen and (max-width: 480px)", "all and (max-width:0) and (max-width: 480px)"),
        ("not print", "not all and (min-width:0)"),
        ("only screen, print", "only all and (max-width:0), all and (min-width:0)"),
    ],
)
def test_print_rules_hold_on_screen_and_screen_rules_do_not(query: str, on_paper: str) -> None:
    sheet = f"<style>@media {query} {{p{{color:#000}}}} .print{{top:0}}</style>"
    made = shown(edition(html=sheet), Medium.PRINT)
    assert made == f"<style>@media {on_paper} {{p{{color:#000}}}} .print{{top:0}}</style>"
    assert shown(edition(html=sheet), Medium.LIGHT) == sheet


def test_paper_is_light() -> None:
    assert "@media (max-width:0){body{background:#111}}" in shown(edition(), Medium.PRINT)


def test_a_finding_stands_at_its_item_without_touching_the_bulletin() -> None:
    what = view(
        finding(), finding("note", detail="Long", hint=""), finding(waived="so"), finding(path="x.md")
    )
    notes = notes_by_anchor(what, what.proofs[0])
    assert notes == {"fund": ("Error: 4 December 2026 is a Friday. Ask them", "Note: Long.")}
    marked, plain = shown(edition(), Medium.LIGHT, notes), shown(edition(), Medium.LIGHT)
    sheet = marked[marked.index('<style>[id="fund"]::before{content:"Error') : marked.index("</head>")]
    assert marked.replace(sheet, "") == plain


@pytest.mark.parametrize("words", [HOSTILE, '"}body{display:none}/*', "</style>", "a\\nb\n", "é😀"])
def test_a_finding_at_its_item_can_be_nothing_but_words(words: str) -> None:
    marked = shown(edition(), Medium.LIGHT, {words: [words]})
    sheet = marked.rpartition("<style>")[2].partition("</style>")[0]
    content = sheet.partition('content:"')[2].partition('"')[0]
    assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]{6})*", content)
    assert re.sub(r"\\([0-9a-f]{6})", lambda code: chr(int(code[1], 16)), content) == words


def test_packs_can_be_chosen_and_one_that_cannot_be_made_says_why() -> None:
    pack = Proof("north", edition("north"), {"fund": "fund"}, pack=True, files={"bulletin.docx": b"PK"})
    fault = Fault("It would hold a secret", "Take it out")
    what = Shown(3, view(finding(), packs={"north": lambda: pack, "inner": lambda: fault}))
    body = page(what, pack, "north")
    assert '<a href="?pack=north" aria-current="page">north</a>' in body
    assert 'src="pack/north/light?is=' in body
    assert 'href="pack/north/light#fund"' in body
    assert '<a href="pack/north/file/bulletin.docx">Word document</a>' in body
    body = page(what, fault, "inner")
    assert '<a href="?pack=inner" aria-current="page">inner</a>' in body
    assert "No pack for inner:" in body
    assert "It would hold a secret." in body
    html5lib.HTMLParser(strict=True).parse(body)


def test_every_way_of_looking_is_a_link_where_scripts_do_not_run() -> None:
    body = rendered(view())
    for way in ("dark", "print", "light?pictures=off", "light?findings=in"):
        assert f'<a href="edition/everyone/{way}" target="_blank" rel="noopener">' in body


def test_words_about_colour_schemes_stay_as_written() -> None:
    words = "<p>Write (prefers-color-scheme: dark) and color-scheme: light dark</p>"
    assert shown(edition(html=words), Medium.DARK) == words


def test_links_that_lead_out_stay_shut_and_those_inside_work() -> None:
    html = shown(edition(html=HTML), Medium.LIGHT)
    assert '<a target="_blank" href="https://fund.example/apply">' in html
    assert '<a href="#fund">' in html


def test_a_linked_picture_is_shown_from_the_edition_and_no_other_address_is() -> None:
    made = edition(html='<img src="https://a.example/14/images/logo.png"><img src="https://a.example/x.png">')
    assert shown(made, Medium.LIGHT) == '<img src="image/logo.png"><img src="https://a.example/x.png">'
