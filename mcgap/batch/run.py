"""The batch from end to end: sources, tasks, an engine, the result."""

from __future__ import annotations

import hashlib
import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import batched if False else islice
from pathlib import Path
from typing import Any
