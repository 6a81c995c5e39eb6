"""One file that comes twice, by itself and with an e-mail, gives one item, and the lines of both say so."""

from email.message import EmailMessage

from drop_folder import DropFolder, labelled

from bulletin.model.contribution import FileOutcome

FAIR = labelled("A fair", "All are welcome.")
MAIL = "contributions/mail.eml"


def mail(
    *attached: tuple[str, str], text: str = "Please find attached.", sender: str = "jo@a.example"
) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = f"Jo Field <{sender}>", "For the bulletin"
    message.set_content("Please find attached.")
    for name, words in attached:
        message.add_attachment(words.encode(), maintype="text", subtype="plain", filename=name)
    return message.as_bytes()


def test_an_attachment_that_lies_in_the_folder_too_is_one_item(folder: DropFolder) -> None:
    folder.drop("fair.txt", FAIR)
    folder.drop("mail.eml", mail(("fair.txt", FAIR)))
    rows = folder.collect()

    assert (rows["mail.eml"].items, rows["fair.txt"].items) == (("a-fair",), ())
    assert rows["fair.txt"].outcome is FileOutcome.IGNORED
    assert f"the same file as an attachment of {MAIL}" in rows["fair.txt"].why
    assert "came with contributions/fair.txt too" in rows["mail.eml"].notes[-1]
    assert folder.collect() == rows


def test_where_the_file_came_first_its_item_stays(folder: DropFolder) -> None:
    folder.drop("fair.txt", FAIR)
    folder.collect()
    folder.edit("a-fair", "All are", "Everybody is")
    folder.drop("mail.eml", mail(("fair.txt", FAIR)))
    rows = folder.collect()

    assert (rows["mail.eml"].items, rows["fair.txt"].items) == ((), ("a-fair",))
    assert any("it came as contributions/fair.txt too" in note for note in rows["mail.eml"].notes)
    assert f"came with {MAIL} too" in rows["fair.txt"].notes[-1]
    assert folder.items()["a-fair"].text == "Everybody is welcome."


def test_where_the_e_mail_came_first_and_is_gone_nothing_comes_twice(folder: DropFolder) -> None:
    path = folder.drop("mail.eml", mail(("fair.txt", FAIR)))
    folder.collect()
    path.unlink()
    folder.drop("fair.txt", FAIR)
    folder.collect()

    assert list(folder.items()) == ["a-fair"]


def test_two_e_mails_with_one_attachment_give_one_item(folder: DropFolder) -> None:
    folder.drop("b.eml", mail(("fair.txt", FAIR)))
    folder.collect()
    folder.drop("a.eml", mail(("fair.txt", FAIR), sender="al@b.example"))
    rows = folder.collect()

    assert (rows["a.eml"].items, rows["b.eml"].items) == ((), ("a-fair",))
    assert folder.collect() == rows


def test_a_renamed_e_mail_keeps_its_attachments_items(folder: DropFolder) -> None:
    path = folder.drop("mail.eml", mail(("fair.txt", FAIR)))
    folder.collect()
    path.rename(path.with_name("renamed.eml"))

    assert folder.collect()["renamed.eml"].items == ("a-fair",)


def test_an_attachment_an_earlier_issue_took_is_not_taken_again(folder: DropFolder) -> None:
    from datetime import date

    folder.drop("mail.eml", mail(("fair.txt", FAIR)))
    folder.collect()
    folder.new("2027-02", date(2027, 2, 11))
    (folder.root / "contributions/mail.eml").unlink()
    folder.drop("fair.txt", FAIR)
    folder.drop("again.eml", mail(("fair.txt", FAIR), sender="al@b.example"))
    rows = folder.collect()

    assert [row.items for row in rows.values()] == [(), ()]
    assert "it went into issue 2026-11" in rows["fair.txt"].why


def test_the_sender_is_kept_for_asking_back_and_printed_nowhere(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.drop("mail.eml", mail(("fair.txt", FAIR)))
    rows = folder.collect()

    assert (rows["mail.eml"].sender, rows["a.txt"].sender) == ("jo@a.example", "")
    assert {row.path: row.sender for row in folder.issue().files}[MAIL] == "jo@a.example"
    assert not any(b"jo@" in data for name, data in folder.files().items() if name.startswith("items/"))


def test_the_sender_of_a_forwarded_e_mail_is_its_first_writer(folder: DropFolder) -> None:
    head = "From: Al <al@a.example>\nSubject: FW: Path\n\n"
    first = "From: Jo Field <jo@b.example>\nSent: 12 November 2026 10:00\nTo: Al\nSubject: Path\n\n"
    folder.drop("mail.eml", f"{head}{first}The path by the river is lit at last, after two years.\n")

    assert folder.collect()["mail.eml"].sender == "jo@b.example"


def test_a_record_of_an_earlier_version_has_no_senders(folder: DropFolder) -> None:
    import json

    folder.drop("mail.eml", mail(("fair.txt", FAIR)))
    folder.collect()
    path = folder.root / "issues/2026-11/collected.json"
    record = json.loads(path.read_bytes())
    del record["attached"], record["files"][0]["sender"]
    path.write_text(json.dumps(record), "utf-8")

    assert folder.issue().files[0].sender == ""
    assert folder.collect()["mail.eml"].items == ("a-fair",)
