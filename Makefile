# Every target sets up what it needs: Python 3.11+ and a network for packages are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SHARED ?= ../shared/data

.PHONY: demo test check eval bench train train-breaks train-clauses train-asks train-headings vectors train-check wheel-check samples clean

$(VENV)/.created:
	$(PYTHON) -c 'import sys; sys.exit("mcgap needs Python 3.11 or newer; run make PYTHON=python3.11 ..." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(READY): $(VENV)/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(READY)  ## our sample posting against our sample résumé
	@$(BIN)/mcgap analyze data/samples/posting.txt --resume data/samples/resume.pdf --hours-per-week 6 --budget 400

test: $(READY)  ## the test suite, under five minutes on two cores
	$(BIN)/python -m pytest -n 2

check: $(READY)  ## style and types
	$(BIN)/ruff check mcgap tests
	$(BIN)/ruff format --check mcgap tests
	$(BIN)/mypy

eval: $(READY)  ## scores on the labelled documents, with the floors of tests/floors.json, and the slow tests
	$(BIN)/mcgap evaluate
	$(BIN)/python -m pytest -m slow

bench: $(READY)  ## speed and memory, as a table
	$(BIN)/python -m mcgap.evaluation.bench

train: $(READY)  ## models/tagger.npz, from SkillSpan (SHARED=folder with skillspan/, postings/, skillskape/)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	$(BIN)/python -m mcgap.training --gold $(SHARED)/skillspan/train.json --dev $(SHARED)/skillspan/dev.json --judged $(SHARED)/postings/unlabelled.csv \
	  --unlabelled $(SHARED)/postings/unlabelled.csv description --unlabelled $(SHARED)/skillskape/train.csv sentence \
	  --leave-out mcgap/evaluation/kept_aside.jsonl --threads 1

train-breaks: $(READY)  ## models/breaks.json, from our own labels of places (SHARED=folder with postings/)
	$(BIN)/python -m mcgap.training.breaks --texts $(SHARED)/postings/unlabelled.csv

train-clauses: $(READY)  ## models/clauses.json, from our own labels of clauses (SHARED=folder with postings/)
	$(BIN)/python -m mcgap.training.clauses --texts $(SHARED)/postings/unlabelled.csv

train-asks: $(READY)  ## models/asks.json, from our own labels of places (SHARED=folder with postings/); after train, train-breaks and train-clauses
	$(BIN)/python -m mcgap.training.asks --texts $(SHARED)/postings/unlabelled.csv

train-headings: $(READY)  ## models/headings.json, from our own rows and postings
	$(BIN)/python -m mcgap.training.headings

vectors: $(READY)  ## models/vectors.npz, from the taxonomy
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	$(BIN)/python -m mcgap.training.vectors

train-check: $(READY)  ## both models trained twice on little data: the same bytes
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	mkdir -p build/train-check && head -n 300 $(SHARED)/skillspan/train.json > build/train-check/gold.json
	for n in 1 2; do \
	  $(BIN)/python -m mcgap.training --gold build/train-check/gold.json --unlabelled $(SHARED)/skillskape/train.csv sentence \
	    --words 5000 --threads 1 --out build/train-check/tagger$$n.npz && \
	  $(BIN)/python -m mcgap.training.vectors --epochs 1 --out build/train-check/vectors$$n.npz || exit 1; done
	cmp build/train-check/tagger1.npz build/train-check/tagger2.npz
	cmp build/train-check/vectors1.npz build/train-check/vectors2.npz

wheel-check: $(READY)  ## the wheel, installed in a fresh environment, analyses from another folder
	rm -rf build/wheel-check && mkdir -p build/wheel-check
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir build/wheel-check .
	$(PYTHON) -m venv build/wheel-check/venv
	build/wheel-check/venv/bin/python -m pip install --quiet build/wheel-check/*.whl
	cp data/samples/posting.txt data/samples/resume.pdf build/wheel-check/
	cd build/wheel-check && venv/bin/mcgap analyze posting.txt --resume resume.pdf --format json > report.json && test -s report.json

samples: $(READY)  ## the sample résumé PDF, made anew
	$(BIN)/python data/samples/make_samples.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
