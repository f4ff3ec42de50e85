"""Many postings against many résumés, as a stream, in one process, in several or on a cluster."""

from mcgap.batch.columns import Wanted
from mcgap.batch.records import Outcome, Pairing, Progress
from mcgap.batch.run import Batch, run_batch

__all__ = ["Batch", "Outcome", "Pairing", "Progress", "Wanted", "run_batch"]
