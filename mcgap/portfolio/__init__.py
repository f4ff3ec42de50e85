"""Beyond one report: what would change a plan, what many postings have in common, what moved since an earlier report."""

from mcgap.portfolio.collecting import collect
from mcgap.portfolio.outlook import look_ahead
from mcgap.portfolio.progress import compare_reports, read_report
from mcgap.portfolio.records import Lift, Outlook, Portfolio, PostingRow, SkillCount
from mcgap.portfolio.weighing import weigh

__all__ = ["Lift", "Outlook", "Portfolio", "PostingRow", "SkillCount", "collect", "compare_reports", "look_ahead", "read_report", "weigh"]
