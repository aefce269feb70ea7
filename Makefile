# Everything a person runs. 'make help' lists it.
.DEFAULT_GOAL := help
.PHONY: help run chat ask setup train test lint format check docs pictures camera-accuracy channels home-assistant voice spoken-set safety-figures soak reminder-trial worker-trial mutations evaluate benchmark-diet sign-reader question-reader lock audit sbom doctor clean

PORT ?= 5005
export PORT
export RASA_TELEMETRY_ENABLED := false
# Containers often set it, and then every start compiles 4,000 files anew: 6 of 12 seconds.
export PYTHONDONTWRITEBYTECODE :=
BIN := .venv/bin

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## Start the assistant (PORT=5005), installing and training first if needed
	@exec $(BIN)/acupoint run $(if $(VOICE),--voice)

chat: setup ## Talk to the assistant in the terminal
	@$(BIN)/acupoint chat

ask: setup ## Ask one question: make ask Q="where is LI4"
	@$(BIN)/acupoint ask "$(Q)"

setup: ## Install what is missing into .venv, and build the chat widget
	@python3 scripts/setup.py $(if $(VOICE),--voice)

voice: ## Install what hears and speaks; then VOICE=1 make run, or .venv/bin/acupoint voice --mic
	@python3 scripts/setup.py --voice --piper

train: setup ## Train the model if what it learns from has changed
	@$(BIN)/acupoint train

test: ## Run all tests
	@python3 scripts/setup.py --dev
	@$(BIN)/python -m pytest --numprocesses 3 --dist loadscope --no-loadscope-reorder

lint: ## Check style, types and import arrows
	@python3 scripts/setup.py --dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: ## Format the code
	@python3 scripts/setup.py --dev
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

check: setup ## Check the data files
	@$(BIN)/acupoint check

docs: setup ## Write docs/catalogue.md, the schemas and the Alexa skill package anew
	@$(BIN)/acupoint docs

pictures: setup ## Draw all points and areas anew from data/places.yml, and write the pages that show them
	@python3 scripts/own_environment.py pictures
	@.tools/pictures/bin/python scripts/pictures/make.py
	@$(BIN)/acupoint docs

channels: setup ## Hold every test conversation over every channel
	@python3 scripts/setup.py --dev
	@ACUPOINT_ALL_CHANNELS=1 $(BIN)/python -m pytest -q tests/channels/test_every_channel.py \
		tests/channels/test_web_conversations.py

home-assistant: setup ## Ask a real Home Assistant, by text and by voice (1.3 GB outside the project)
	@python3 scripts/home_assistant/trial.py

safety-figures: setup ## Write measured figures into the safety case: make safety-figures SCORES="FILE ..."
	@$(BIN)/python -m tools safety-figures $(SCORES)

soak: setup ## Say 10,000 generated messages to the assistant, and judge every answer
	@python3 scripts/setup.py --dev
	@$(BIN)/python -m tests.generated.soak 10000

reminder-trial: setup ## Kill everything while 1,000 reminders fall due, and count what is lost
	@python3 scripts/setup.py --dev
	@$(BIN)/python -m tests.reminders.trial

worker-trial: setup ## Ask two workers on one PostgreSQL while they and it are killed
	@python3 scripts/setup.py --dev
	@$(BIN)/python -m tests.runtime.workers_trial

mutations: setup ## Take each safety control away and expect its tests to fail
	@python3 scripts/setup.py --dev
	@$(BIN)/python -m tests.mutations

spoken-set: ## Ask what recognisers wrote of spoken sentences, and hold it against clean text
	@python3 scripts/setup.py --dev
	@$(BIN)/python -m tests.spoken.table

evaluate: setup ## Cross-validate the intent model
	@$(BIN)/python -m tools evaluate

camera-accuracy: setup ## Draw 264 hands, and measure how well the camera finds points
	@python3 scripts/setup.py --dev
	@python3 scripts/own_environment.py pictures
	@.tools/pictures/bin/python scripts/pictures/hands.py var/hands
	@$(BIN)/python -m tests.widget.camera_accuracy var/hands full
	@$(BIN)/python -m tests.widget.camera_accuracy var/hands light

sign-reader question-reader: setup ## Teach the reader of signs, or of questions, anew (a quarter of an hour, 5 GB)
	@python3 scripts/own_environment.py readers
	@$(BIN)/python -m tools reader lessons $(@:-reader=)s var/readers/lessons.npz
	@.tools/readers/bin/python scripts/readers/teach.py var/readers/lessons.npz var/readers/learnt.npz
	@$(BIN)/python -m tools reader build $(@:-reader=)s var/readers/learnt.npz

benchmark-diet: setup ## Rasa's default (DIET, with TensorFlow) beside ours on a public set: make benchmark-diet DATA=DIR
	@python3 scripts/setup.py --diet
	@$(BIN)/python -m tools benchmark nlu --data "$(DATA)" --sets banking77 --no-full --diet

doctor: ## Say what is here, and what is missing for voice, chat tests, pictures and messengers
	@python3 scripts/doctor.py

audit: setup ## Check what is pinned for known weaknesses, name its licences and what nobody maintains
	@$(BIN)/python scripts/audit/audit.py

sbom: setup ## List all that it is made of, as CycloneDX: reports/sbom.cdx.json
	@$(BIN)/python scripts/audit/sbom.py

lock: ## Pin all packages anew from pyproject.toml
	@python3 scripts/setup.py
	@sh scripts/lock.sh

clean: ## Remove everything that was installed, trained or stored
	rm -rf .venv .tools models var bot/widget/dist bot/widget/node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
