"""A valid file of every kind that a reader takes, to be mutated."""

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from outlook_file import attachment, compound, message
from PIL import Image
from word_sample import docx, p, table

SAMPLE = Path(__file__).resolve().parent.parent / "contributions"

EMAIL = b"""From: Jo Field <jo@harrowell.example>
To: bulletin@avon.example
Subject: =?utf-8?q?FW=3A_Caf=C3=A9_trees?=
Date: Thu, 05 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"

--b1
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<p>Hello,</p><p>We have <b>trees</b> =E2=80=93 <a href=3D"https://trees.example/a__b">ask</a>.</p>
<table><tr><td>When</td><td>4 December 2026</td></tr></table>
<p>From: Al &lt;al@x.example&gt;<br>Sent: 4 November 2026 09:00<br>To: Jo<br>Subject: Trees</p>
<p>Ten oaks.</p>
--b1
Content-Type: text/calendar; name="a.ics"
Content-Disposition: attachment; filename="a.ics"

BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Tea
DTSTART;TZID=Europe/London:20261204T100000
RRULE:FREQ=WEEKLY;COUNT=3
END:VEVENT
END:VCALENDAR
--b1--
"""
CALENDAR = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Here\r\nBEGIN:STANDARD\r
DTSTART:19701025T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r
BEGIN:VEVENT\r\nUID:1@x.example\r\nSUMMARY:Tea\\, cake\r\nDTSTART;TZID=Here:20261204T100000\r
DTEND;TZID=Here:20261204T120000\r\nRRULE:FREQ=MONTHLY;BYDAY=1FR;UNTIL=20270601T000000Z\r
EXDATE;TZID=Here:20270101T100000\r\nDESCRIPTION:Come <b>all</b>\\nhttps://x.example\r
LOCATION:Hall\r\nURL:https://x.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""
OLD_CALENDAR = b"""BEGIN:VCALENDAR
VERSION:1.0
BEGIN:VEVENT
SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Caf=C3=A9 =
tea
DTSTART:20261204T100000
RRULE:W1 FR #4
END:VEVENT
END:VCALENDAR
"""
PAGE = b"""<!doctype html><html><head><title>News</title></head><body><h1>Trees</h1>
<p>10<sup>2</sup> <i>oaks</i>
<ul><li>a<li><a href=javascript:x>b</a></ul><table><tr><th>c<td>d</table><pre>e</pre></body></html>"""
TABLE = b'Event;Date;Time;Where\nTea;Fri 4 Dec 2026;10-12;Hall\nFair;12/04/2026;;"Market\nPlace"\n'


def seeds() -> dict[str, bytes]:
    """Give the files by their names."""
    files = {
        "a.txt": b"Title: Tea\nWhen: 4 December 2026\n\n* one\no two\n\nhttps://x.example/a__b\n",
        "mail.txt": b"CAUTION: this email originated from outside the council.\n\nFrom: Jo\n"
        b"Sent: 4 November 2026\nTo: Al\nSubject: FW: Tea\n\nTea at four.\n\nRegards\nJo\n",
        "a.md": (SAMPLE / "Rural Wheels 10,000 trips.md").read_bytes(),
        "a.docx": docx(p("News", style="Title"), p("Tea"), table(("When", "4 December 2026"), ("a", "b"))),
        "a.eml": EMAIL,
        "a.html": PAGE,
        "a.ics": CALENDAR,
        "old.ics": OLD_CALENDAR,
        "a.csv": TABLE,
        "a.xlsx": _workbook(),
        "a.pdf": (SAMPLE / "Scan0017.pdf").read_bytes(),
        "a.msg": compound(
            message(
                "Fair",
                "Come.",
                b"<p>Come</p>",
                **{"__attach_version1.0_#00000000": attachment("b.txt", b"x")},
            )
        ),
    }
    return {
        **files,
        **{f"a.{kind}": _picture(kind) for kind in ("png", "jpeg", "gif", "webp", "bmp", "tiff")},
    }


def _workbook() -> bytes:
    book, out = Workbook(), BytesIO()
    for row in (("Event", "Date", "Time"), ("Tea", "4 December 2026", "10am"), ("Fair", 46360, 0.5)):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def _picture(kind: str) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((160, 120)).convert("RGB").save(out, kind)
    return out.getvalue()
