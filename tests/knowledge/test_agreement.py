"""What counts as a yes to what cannot be undone."""

import pytest

from bot.dialogue.agreement import agrees


@pytest.mark.parametrize("said", ["yes", "Yes please!", "ok", "go ahead", "yes i do", "please do"])
def test_a_plain_yes_is_one(said):
    assert agrees(said)


@pytest.mark.parametrize(
    "said",
    [
        "do you delete everything", "can i go on", "ok is that all", "yes but what do you keep",
        "yes keep it", "do you want my data", "would you do that", "no", "delete", "don't do it",
    ],
)  # fmt: skip
def test_a_question_or_a_doubt_is_none_with_and_without_its_mark(said):
    assert not agrees(said)
    assert not agrees(said, says_so=True)
