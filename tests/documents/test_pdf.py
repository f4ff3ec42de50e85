"""PDFs in human order: made with reportlab, the sample, and the shared ones where they are present."""

import io
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from mcgap.documents import read_path
from mcgap.documents.pdf import join_broken_words
from mcgap.errors import DocumentError
from mcgap.records import DocumentKind

RESUME = DocumentKind.RESUME
ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "resumes" / "original"

LEFT = ("Skills", "Excel", "Power Query", "SQL", "Languages", "Welsh")
RIGHT = (
    "Experience",
    "Reporting Assistant, Ashby Cross Hospital",
    "2020 - 2024",
    "Built the weekly report on bed occupancy",
    "Education",
    "A-levels, Northmoor",
)


def made(path: Path, draw: Callable[[Canvas], None], **options: object) -> Path:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), **options)  # type: ignore[arg-type]
    draw(canvas)
    canvas.save()
    path.write_bytes(buffer.getvalue())
    return path


def column(canvas: Canvas, lines: tuple[str, ...], x: float, y: float = 740, leading: float = 14) -> None:
    for n, line in enumerate(lines):
        canvas.drawString(x, y - n * leading, line)


def lines_of(path: Path) -> list[str]:
    return [line for line in read_path(path, RESUME).text.split("\n") if line]


@pytest.mark.parametrize(("left", "right", "offset"), [(50, 200, 0), (50, 320, 0), (50, 200, 5)], ids=["sidebar", "halves", "uneven"])
def test_columns_one_after_the_other(tmp_path: Path, left: float, right: float, offset: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 800, "Wren Halloway, reporting assistant in hospital operations, with an eye for clean data")
        for n in range(len(RIGHT)):  # drawn line by line across the page, as no reader would read it
            canvas.drawString(right, 740 - offset - n * 14, RIGHT[n])
            canvas.drawString(left, 740 - n * 14, LEFT[n])

    assert lines_of(made(tmp_path / "two.pdf", draw))[1:] == [*LEFT, *RIGHT]


def test_name_above_the_main_column_goes_before_a_sidebar(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, LEFT, 50)
        column(canvas, ("Wren Halloway", "Reporting assistant", *RIGHT), 200)

    assert lines_of(made(tmp_path / "side.pdf", draw)) == ["Wren Halloway", "Reporting assistant", *LEFT, *RIGHT]


def test_dates_stay_with_their_job(tmp_path: Path) -> None:
    jobs = [("Analyst, Ashby", "2020 - 2024"), ("Clerk, Millbeck", "2018 - 2020"), ("Porter, Dunmoor", "2016 - 2018"), ("Cook, Drovers", "2015 - 2016")]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 760, "Experience")
        for n, (job, dates) in enumerate(jobs):
            canvas.drawString(50, 740 - n * 14, job)
            canvas.drawRightString(540, 740 - n * 14, dates)

    assert lines_of(made(tmp_path / "dates.pdf", draw)) == ["Experience", *("\t".join(job) for job in jobs)]


def test_headings_in_the_margin_stand_above_their_text(tmp_path: Path) -> None:
    texts = ("Analyst at Ashby Cross Hospital since 2020", "Counted the beds of fourteen wards", "BSc Geography, Wexmoor", "A-levels, Northmoor")

    def draw(canvas: Canvas) -> None:
        for n, text in enumerate(texts):
            canvas.drawString(180, 740 - n * 14, text)
        canvas.drawString(50, 740, "Experience")
        canvas.drawString(50, 712, "Education")
        canvas.drawString(50, 684, "Skills")
        canvas.drawString(180, 684, "Excel, SQL")

    lines = lines_of(made(tmp_path / "margin.pdf", draw))
    assert lines[0] == "Experience"
    assert lines[lines.index("Education") + 1] == "BSc Geography, Wexmoor"
    assert lines[lines.index("Skills") + 1] == "Excel, SQL"


def test_running_lines_and_page_numbers_go(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 4):
            canvas.drawString(50, 810, "Curriculum of Wren Halloway")
            canvas.drawString(50, 500, f"Worked in {('Excel', 'Tableau', 'Python')[page - 1]} every day")
            canvas.drawString(50, 30, "Confidential, printed by Millbeck")
            canvas.drawString(280, 30, f"Page {page} of 3")
            canvas.showPage()

    assert lines_of(made(tmp_path / "running.pdf", draw)) == [
        "Curriculum of Wren Halloway",
        "Worked in Excel every day",
        "Worked in Tableau every day",
        "Worked in Python every day",
    ]


def test_main_column_goes_on_on_the_next_page(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, RIGHT[:4], 50)
        column(canvas, LEFT[:4], 400)
        canvas.showPage()
        column(canvas, ("Replaced four hours of copying", "Trained six administrators"), 50)

    lines = lines_of(made(tmp_path / "pages.pdf", draw))
    assert lines == [*LEFT[:4], *RIGHT[:4], "Replaced four hours of copying", "Trained six administrators"]


def test_wide_letters_and_gaps(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "S K I L L S", charSpace=1)
        canvas.drawString(50, 686, "\u2022 Excel")
        canvas.drawString(50, 672, "\u2022 SQL")
        canvas.drawString(50, 600, "Education")

    assert read_path(made(tmp_path / "wide.pdf", draw), RESUME).text == "SKILLS\n• Excel\n• SQL\n\nEducation"


BROKEN = [
    ("commu-\nnication skills", "communication\nskills"),
    ("cross-\nfunctional", "cross-functional\n"),
    ("end-to-\nend tests", "end-to-end\ntests"),
    ("2015-\n2017", "2015-\n2017"),
    ("Front-\nEnd", "Front-\nEnd"),
    ("re-enter, re-\nenter it", "re-enter, re-enter\nit"),
]


@pytest.mark.parametrize(("text", "joined"), BROKEN)
def test_broken_words(text: str, joined: str) -> None:
    assert join_broken_words(text) == joined


def test_scan_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DocumentError, match="probably a scan"):
        read_path(made(tmp_path / "scan.pdf", lambda c: c.rect(50, 50, 300, 300, fill=1)), RESUME)
    assert capfd.readouterr() == ("", "")


def test_password_is_named(tmp_path: Path) -> None:
    path = made(tmp_path / "locked.pdf", lambda c: c.drawString(50, 700, "Excel"), encrypt=StandardEncryption("secret"))
    with pytest.raises(DocumentError, match="locked with a password"):
        read_path(path, RESUME)


def test_truncated_files_never_crash(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    whole = (ROOT / "data" / "samples" / "resume.pdf").read_bytes()
    path = tmp_path / "cut.pdf"
    refused = []
    for share in (0.02, 0.2, 0.5, 0.8, 0.95):
        path.write_bytes(whole[: int(len(whole) * share)])
        try:
            read_path(path, RESUME)
        except DocumentError as error:
            refused.append(str(error))
    assert refused
    assert all(message.endswith(".") for message in refused)
    assert capfd.readouterr() == ("", "")


def test_logging_of_others_is_left_alone() -> None:
    logger = logging.getLogger("pdfminer")
    before = logger.level
    read_path(ROOT / "data" / "samples" / "resume.pdf", RESUME)
    assert logger.level == before


def test_sample() -> None:
    lines = lines_of(ROOT / "data" / "samples" / "resume.pdf")
    assert lines[0] == "Wren Halloway"
    assert lines[lines.index("Skills") + 1] == "• Excel: pivot tables, lookups"
    assert lines[lines.index("Reporting Assistant, Ashby Cross Hospital") + 1] == "April 2023 - Present"


GOOGLE, LATEX = "offlinecv_google-docs_google-docs-skia-proxy-two-column.pdf", "offlinecv_latex_deedy-resume-openfonts.pdf"
# (file, lines that follow each other in this order, without anything between)
ORDERS = [
    (GOOGLE, ("SKILLS", "• Go, Rust, Python, TypeScript")),
    (GOOGLE, ("EXPERIENCE", "Acme Corp — Senior Software Engineer", "Jan 2022 – Present · Springfield, IL")),
    (LATEX, ("COURSEWORK", "GRADUATE", "Advanced Machine Learning")),
    (LATEX, ("OCaml • Matlab • Rails • LATEX",)),
    (LATEX, ("AWARDS", "2014\ttop 52/2500\tKPCB Engineering Fellow", "2014\t1st/50\tMicrosoft Coding Competition, Cornell")),
    (LATEX, ("PUBLICATIONS", "[1] A. Lee, J. Smith, and R. Adams. Planit: A crowdsourcing approach for learning to")),
    ("offlinecv_unknown_openresume-react-pdf.pdf", ("ABC Company", "Software Engineer\tMay 2023 - Present")),
    ("offlinecv_unknown_openresume-react-pdf.pdf", ("SKILLS", "HTML\tCSS\tPython", "TypeScript\tReact\tC++")),
    ("offlinecv_unknown_two-column-achievements-sidebar.pdf", ("Jordan Avery", "Software Engineering Leader")),
    ("offlinecv_unknown_two-column-achievements-sidebar.pdf", ("SKILLS", "Highly Scalable\tConsumer Apps", "Mobile Development\tWeb\tAndroid")),
    ("offlinecv_word_openresume-laverne-word-quartz.pdf", ("EDUCATION", "University of La Verne, La Verne, CA\tExpected Graduation: June 2016")),
    ("offlinecv_word_openresume-laverne-word-quartz.pdf", ("Leo Leopard", "555 La Verne Way, La Verne, CA")),
]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared résumés are not beside this checkout")
@pytest.mark.parametrize(("name", "expected"), ORDERS)
def test_real_resumes(name: str, expected: tuple[str, ...]) -> None:
    lines = lines_of(SHARED / name)
    start = lines.index(expected[0])
    assert tuple(lines[start : start + len(expected)]) == expected
