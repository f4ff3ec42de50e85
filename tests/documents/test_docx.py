"""Word files: made with python-docx, or by hand where it must be hostile."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from mcgap.documents import read_path
from mcgap.errors import DocumentError
from mcgap.records import DocumentKind

RESUME = DocumentKind.RESUME
NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def package(path: Path, body: str, *, prolog: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{prolog}<w:document {NS}><w:body>{body}</w:body></w:document>")
    return path


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_headings_lists_tables_headers(tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Wren Halloway"
    made.add_heading("Skills", 1)
    made.add_paragraph("Excel", style="List Bullet")
    made.add_paragraph("SQL", style="List Number")
    made.add_heading("Experience", 1)
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Analyst", "2020 - 2022", "Clerk", "2018 - 2020"), strict=True):
        cell.text = text
    path = tmp_path / "resume.docx"
    made.save(str(path))
    assert read_path(path, RESUME).text == "Wren Halloway\n\nSkills\n• Excel\n• SQL\n\nExperience\n\nAnalyst\t2020 - 2022\nClerk\t2018 - 2020"


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    made = docx.Document()
    box = f"<w:txbxContent><w:p>{run('Skills')}</w:p><w:p>{run('Tableau')}</w:p></w:txbxContent>"
    paragraph = made.add_paragraph("Summary")
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    alternatives = f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>{fallback}</mc:AlternateContent>'
    paragraph._p.append(parse_xml(f"<w:r {NS}>{alternatives}</w:r>"))
    made.add_paragraph("Counts beds.")
    path = tmp_path / "boxes.docx"
    made.save(str(path))
    assert read_path(path, RESUME).text == "Summary\n\nSkills\nTableau\n\nCounts beds."


BODIES = [
    (f"<w:p>{run('a')}<w:r><w:tab/></w:r>{run('b')}<w:r><w:br/></w:r>{run('c')}</w:p>", "a\tb\nc"),
    (f"<w:p>{run('kept')}<w:del>{run('gone')}</w:del><w:ins>{run(' new')}</w:ins></w:p>", "kept new"),
    (f"<w:p>{run('seen')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>", "seen"),
    (f"<w:sdt><w:sdtContent><w:p><w:hyperlink>{run('link')}</w:hyperlink></w:p></w:sdtContent></w:sdt>", "link"),
    (f"<w:p><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr>{run('SQL')}</w:p>", "• SQL"),
    (
        f"<w:tbl><w:tr><w:tc><w:p>{run('Skills')}</w:p><w:p>{run('SQL')}</w:p></w:tc>"
        f"<w:tc><w:p>{run('Education')}</w:p><w:p>{run('BSc')}</w:p></w:tc></w:tr></w:tbl>",
        "Skills\nSQL\n\nEducation\nBSc",
    ),
]


@pytest.mark.parametrize(("body", "text"), BODIES)
def test_bodies(tmp_path: Path, body: str, text: str) -> None:
    assert read_path(package(tmp_path / "made.docx", body), RESUME).text == text


def test_entities_are_refused(tmp_path: Path) -> None:
    prolog = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(DocumentError, match="entities"):
        read_path(package(tmp_path / "xxe.docx", "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", prolog=prolog), RESUME)


def test_bomb_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "bomb.docx", f"<w:p>{run('a' * 60_000_000)}</w:p>")
    assert path.stat().st_size < 200_000
    with pytest.raises(DocumentError, match="unpacks to more than"):
        read_path(path, RESUME)


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        read_path(package(tmp_path / "deep.docx", "<w:sdt>" * 5000 + "</w:sdt>" * 5000), RESUME)


@pytest.mark.parametrize(("part", "said"), [("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint"), ("notes.txt", "ZIP archive")])
def test_other_packages(tmp_path: Path, part: str, said: str) -> None:
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(DocumentError, match=said):
        read_path(path, RESUME)


def test_open_document_is_named(tmp_path: Path) -> None:
    path = tmp_path / "resume.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(DocumentError, match="OpenDocument"):
        read_path(path, RESUME)


def test_without_text(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="holds no text"):
        read_path(package(tmp_path / "none.docx", "<w:p/>"), RESUME)
