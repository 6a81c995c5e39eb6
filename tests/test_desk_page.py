"""The desk's page: what the officer reads there, and that nothing a partner wrote can act on it."""

import html5lib
import pytest
from desk_sample import HTML, edition, finding, view

from bulletin.desk import Fault, View
from bulletin.desk.groups import also, grouped, verdict
from bulletin.desk.page import page
from bulletin.desk.proof import Scheme, shown
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
    assert 'src="image/logo.png"' in shown(edition(), Scheme.LIGHT)
    odd = edition(html='<img src="cid:a&amp;b/../c.png"><p>cid:words</p>')
    assert shown(odd, Scheme.LIGHT) == '<img src="image/a%26b%2F..%2Fc.png"><p>cid:words</p>'


@pytest.mark.parametrize(
    ("scheme", "query"), [(Scheme.DARK, "(min-width:0)"), (Scheme.LIGHT, "(max-width:0)")]
)
def test_either_colour_scheme_can_be_shown_on_any_screen(scheme: Scheme, query: str) -> None:
    html = shown(edition(), scheme)
    assert f"@media {query}" in html
    assert f":root{{color-scheme:{scheme}}}" in html
    assert f'name="color-scheme" content="{scheme}"' in html


def test_words_about_colour_schemes_stay_as_written() -> None:
    words = "<p>Write (prefers-color-scheme: dark) and color-scheme: light dark</p>"
    assert shown(edition(html=words), Scheme.DARK) == words


def test_links_that_lead_out_stay_shut_and_those_inside_work() -> None:
    html = shown(edition(html=HTML), Scheme.LIGHT)
    assert '<a target="_blank" href="https://fund.example/apply">' in html
    assert '<a href="#fund">' in html


def test_a_linked_picture_is_shown_from_the_edition_and_no_other_address_is() -> None:
    made = edition(html='<img src="https://a.example/14/images/logo.png"><img src="https://a.example/x.png">')
    assert shown(made, Scheme.LIGHT) == '<img src="image/logo.png"><img src="https://a.example/x.png">'
