"""An answer arrives whole: the guidance is never parted from the advice."""

import asyncio

from bot.gateway.engine import TurnCollector


def test_blank_lines_do_not_part_the_guidance_from_the_advice():
    collector = TurnCollector()
    text = "LI4 is on the hand.\n\n- Press gently.\n\n_Ask a doctor first._"
    asyncio.run(collector.send_response("someone", {"text": text, "buttons": []}))
    assert [message["text"] for message in collector.messages] == [text]
