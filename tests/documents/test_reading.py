"""The front door: what is recognised, what stays unchanged, what is refused and how it is said."""

import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcgap.documents import read_document, read_path, read_stdin
from mcgap.documents.reading import MAX_BYTES
from mcgap.errors import DocumentError
from mcgap.records import DocumentKind

POSTING, RESUME = DocumentKind.POSTING, DocumentKind.RESUME
SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"

REFUSED = [
    ("empty.txt", b"", "is empty"),
    ("blank.txt", b" \n\t\r\n", "is empty"),
    ("nul.txt", b"\0" * 50, "is empty"),
    ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
    ("renamed.txt", b"\x7fELF" + bytes(range(32)) * 40, "binary"),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
    ("old.rtf", rb"{\rtf1\ansi Excel}", "save it as .docx"),
    ("archive.gz", b"\x1f\x8b\x08\0\0\0\0\0", "unpack"),
    ("page.html", b"<html><body><script>app()</script></body></html>", "without visible text"),
    ("wrong.pdf", b"not a pdf at all", "holds something else"),
    ("broken.pdf", b"%PDF-1.7\n1 0 obj\n<< garbage", "damaged PDF|holds no text"),
    ("wrong.docx", b"plain words", "holds something else"),
    ("broken.docx", b"PK\x03\x04" + b"\x14\0" * 40, "damaged Word file"),
    ("other.json", b'{"a": 1}', "neither a JSON Resume nor"),
    ("numbers.json", b"[1, 2]", "neither a JSON Resume nor"),
    ("bad.json", b'{"work": [', "not valid JSON"),
    ("deep.json", b"[" * 200_000 + b"]" * 200_000, "too deeply|not valid|neither"),
    ("big.txt", b"word " * (30 * 1024 * 1024 // 5), "larger than 20 MB"),
]


@pytest.mark.parametrize(("name", "data", "said"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused_with_one_sentence(tmp_path: Path, name: str, data: bytes, said: str, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        read_path(path, RESUME)
    message = str(caught.value)
    assert re.search(said, message)
    assert message.startswith(str(path))
    assert message.endswith(".")
    assert "\n" not in message
    assert capfd.readouterr() == ("", "")


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="There is no file"):
        read_path(tmp_path / "none.txt", POSTING)
    with pytest.raises(DocumentError, match="is a folder"):
        read_path(tmp_path, POSTING)
    with pytest.raises(DocumentError, match="check the path"):
        read_path("a\0b.txt", POSTING)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("Excel")
    path.chmod(0)
    with pytest.raises(DocumentError, match="may not be read"):
        read_path(path, POSTING)


@given(st.text())
def test_plain_text_is_unchanged_or_refused(text: str) -> None:
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if not text.strip("\ufeff \t\r\n\f\v\0\xa0"):
        with pytest.raises(DocumentError, match="is empty"):
            read_document(text, RESUME)
    elif "<" not in text and start not in ("{", "["):
        assert read_document(text, RESUME).text == text


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = read_stdin(io.BytesIO(data), POSTING)
    except DocumentError:
        return
    assert document.text.strip()
    assert document.source == "-"


@pytest.mark.parametrize("suffix", [".txt", ".md", ".markdown"])
@pytest.mark.parametrize(
    "text", ["# Nurse\r\n\r\n* wound care\r\n", "\ufeffNurse\nWard", '{"work": []} and more', "<p>Nurse</p><p>Ward</p>\n", "ﬁle – “quotes” â€™"]
)
def test_text_files_stay_as_they_are(tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"posting{suffix}"
    path.write_bytes(text.encode())
    assert read_path(path, POSTING).text == text


def test_web_page_named_txt_is_said(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("<html><body><p>Nurse</p></body></html>")
    document = read_path(path, POSTING)
    assert "name it .html" in document.warnings[0]


def test_encodings(tmp_path: Path) -> None:
    words = "Développeuse confirmée\nVous maîtrisez Excel et la comptabilité générale"
    latin, wide, bare = tmp_path / "latin.txt", tmp_path / "wide.txt", tmp_path / "bare.txt"
    latin.write_bytes(words.encode("cp1252"))
    wide.write_bytes(words.encode("utf-16"))
    bare.write_bytes(words.encode("utf-16-le"))
    document = read_path(latin, POSTING)
    assert document.text == words.encode("cp1252").decode("utf-8", errors="replace")
    assert "Windows-1252" in document.warnings[0]
    assert read_path(wide, POSTING).text == words
    assert read_path(wide, POSTING).warnings == ()
    assert read_path(bare, POSTING).text == words
    assert "UTF-16" in read_path(bare, POSTING).warnings[0]


def test_one_nul_byte_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "nul.txt"
    path.write_bytes(b"Nurse\nwound care\0 and more words than one hundred would be a lot")
    assert "\0" in read_path(path, POSTING).text


def test_first_bytes_go_before_the_name(tmp_path: Path) -> None:
    path = tmp_path / "resume.txt"
    path.write_bytes((SAMPLES / "resume.pdf").read_bytes())
    assert "Power Query" in read_path(path, RESUME).text
    with (SAMPLES / "resume.pdf").open("rb") as stream:
        assert read_stdin(stream, RESUME).text == read_path(SAMPLES / "resume.pdf", RESUME).text


def test_standard_input_has_a_limit() -> None:
    with pytest.raises(DocumentError, match="Standard input is larger"):
        read_stdin(io.BytesIO(b"a" * (MAX_BYTES + 1)), POSTING)


def test_title_only_for_postings() -> None:
    text = "Staff Nurse\nWard 7 needs you."
    assert read_document(text, POSTING).title == "Staff Nurse"
    assert read_document(text, RESUME).title is None


def test_brackets_do_not_make_json() -> None:
    text = "[Remote] Nurse\nWound care"
    assert read_document(text, POSTING).text == text


def test_sample_posting() -> None:
    document = read_path(SAMPLES / "posting.txt", POSTING)
    assert document.title == "Operations Data Analyst"
    assert document.warnings == ()
