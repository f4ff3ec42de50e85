"""Makes resume.pdf beside this file: python data/samples/make_samples.py (needs reportlab).

The person, the employers and the college are invented.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, HRFlowable, KeepInFrame, Paragraph, Spacer

INK, BLUE, GREY, PALE = HexColor("#22272e"), HexColor("#1f5f7a"), HexColor("#5b6670"), HexColor("#eef4f6")
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=9.4, leading=13, textColor=INK, alignment=TA_LEFT)
ITEM = ParagraphStyle("item", parent=TEXT, leftIndent=9, bulletIndent=0, spaceAfter=1.6)
JOB = ParagraphStyle("job", parent=TEXT, fontName="Helvetica-Bold", fontSize=10.2, spaceBefore=5)
DATES = ParagraphStyle("dates", parent=TEXT, fontName="Helvetica-Oblique", fontSize=8.8, textColor=GREY, spaceAfter=2)
HEADING = ParagraphStyle("heading", parent=TEXT, fontName="Helvetica-Bold", fontSize=11, leading=14, textColor=BLUE, spaceBefore=9, spaceAfter=1)

SIDEBAR = (
    ("Contact", ("t:Ashby Cross, Northmoor", "t:wren.halloway@mail.example", "t:01632 960 417")),
    ("Skills", ("Excel: pivot tables, lookups", "Power Query", "Data entry and validation", "Report writing", "Microsoft Teams", "Minute taking")),
    ("Currently learning", ("t:Currently learning: SQL, an evening course at Northmoor College, basic queries and joins so far",)),
    ("Certifications", ("GDPR and Data Protection Training Certificate, 2024", "Information Governance refresher, 2025")),
    ("Languages", ("English (first language)", "Welsh (conversational)")),
    ("Interests", ("Fell walking, allotment, parish archive",)),
)
MAIN = (
    (
        "Summary",
        (
            "t:Ward administrator turned reporting assistant. Seven years in a hospital, the last two and a half spent "
            "turning ward records into reports that managers use every morning. Looking for a first analyst post.",
        ),
    ),
    (
        "Experience",
        (
            "j:Reporting Assistant, Ashby Cross Hospital",
            "d:April 2023 - Present",
            "Build the weekly bed occupancy report in Excel for 14 wards, with pivot tables and charts.",
            "Replaced four hours of copying a week with Power Query, which now joins the daily ward files.",
            "Check discharge records for missing values and chase corrections with ward clerks.",
            "Present the monthly waiting-time figures to ward managers and answer their questions.",
            "j:Ward Administrator, Ashby Cross Hospital",
            "d:September 2018 - March 2023",
            "Kept admissions and discharges up to date for a 30-bed surgical ward.",
            "Set up the ward's staff rota in Excel; two other wards took it over.",
            "Handled requests for patient records within GDPR and the trust's confidentiality rules.",
            "Trained six new administrators on the patient administration system.",
            "j:Receptionist, Millbeck Dental Practice",
            "d:June 2016 - August 2018",
            "Booked appointments for five dentists and balanced the till daily.",
        ),
    ),
    (
        "Education",
        (
            "j:A-levels in Mathematics, Geography and English",
            "d:Northmoor Sixth Form, 2014 - 2016",
        ),
    ),
    (
        "Projects",
        (
            "j:Parish archive index, 2025",
            "Catalogued 1,900 photographs in a spreadsheet with consistent dates and places, and charted what the archive holds by decade.",
        ),
    ),
)


def flowables(parts: tuple[tuple[str, tuple[str, ...]], ...]) -> list[object]:
    """Paragraphs of the parts; a prefix names the style, none makes a bullet."""
    styles = {"t:": TEXT, "j:": JOB, "d:": DATES}
    story: list[object] = []
    for heading, lines in parts:
        story += [Paragraph(heading, HEADING), HRFlowable(width="100%", color=BLUE, thickness=0.6, spaceBefore=1, spaceAfter=4)]
        for line in lines:
            style = styles.get(line[:2])
            story.append(Paragraph(line[2:], style) if style else Paragraph(line, ITEM, bulletText="\u2022"))
        story.append(Spacer(1, 3))
    return story


def make_resume(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle("Résumé of Wren Halloway")
    width, height = A4
    canvas.setFillColor(PALE)
    canvas.rect(0, 0, 68 * mm, height - 38 * mm, stroke=0, fill=1)
    canvas.setFillColor(BLUE)
    canvas.rect(0, height - 38 * mm, width, 38 * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.setFont("Helvetica-Bold", 25)
    canvas.drawString(15 * mm, height - 20 * mm, "Wren Halloway")
    canvas.setFont("Helvetica", 12)
    canvas.drawString(15 * mm, height - 28 * mm, "Reporting assistant, hospital operations, with an eye for clean data")
    for parts, x, frame_width in ((SIDEBAR, 9 * mm, 54 * mm), (MAIN, 72 * mm, 128 * mm)):
        frame = Frame(x, 8 * mm, frame_width, height - 48 * mm, showBoundary=0)
        frame.addFromList([KeepInFrame(frame_width - 12, height - 50 * mm, flowables(parts))], canvas)
    canvas.save()


if __name__ == "__main__":
    make_resume(Path(__file__).resolve().parent / "resume.pdf")
