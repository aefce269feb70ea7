"""Asks a running Home Assistant as its app and a voice satellite would. Started by trial.py.

Usage: ask.py BASE USER PASSWORD ACUPOINT_PORT HEAR_PORT SPEAK_PORT
"""

import array
import asyncio
import json
import re
import sys
import time

import aiohttp
from wyoming.audio import AudioChunk, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.tts import Synthesize

QUESTION = "where is the point on my hand for back pain"
FOLLOW_UP = "how long do I press it"
EMERGENCY = "I lost control of my bladder and my back hurts"
RATE = 16_000


class Hub:
    """Home Assistant, signed in."""

    def __init__(self, http, base, token):
        self._http, self.base, self.token = http, base, token

    @classmethod
    async def signed_in(cls, http, base, user, password):
        """Sign in as the login page does."""
        page = {"client_id": base + "/", "redirect_uri": base + "/"}
        flow = {**page, "handler": ["homeassistant", None]}
        async with http.post(base + "/auth/login_flow", json=flow) as answer:
            flow_id = (await answer.json())["flow_id"]
        login = {"client_id": base + "/", "username": user, "password": password}
        async with http.post(base + "/auth/login_flow/" + flow_id, json=login) as answer:
            step = await answer.json()
            assert step.get("type") == "create_entry", step
        grant = {
            "grant_type": "authorization_code",
            "code": step["result"],
            "client_id": base + "/",
        }
        async with http.post(base + "/auth/token", data=grant) as answer:
            return cls(http, base, (await answer.json())["access_token"])

    async def call(self, path, content=None):
        """The answer of the REST API."""
        headers = {"Authorization": "Bearer " + self.token}
        method = "GET" if content is None else "POST"
        async with self._http.request(
            method, self.base + path, json=content, headers=headers
        ) as answer:
            return await answer.json()

    async def add_wyoming(self, port):
        """Add a Wyoming service as the integrations page does; its title."""
        flows = "/api/config/config_entries/flow"
        flow = await self.call(flows, {"handler": "wyoming", "show_advanced_options": False})
        made = await self.call(f"{flows}/{flow['flow_id']}", {"host": "127.0.0.1", "port": port})
        assert made["type"] == "create_entry", made
        return made["title"]

    async def say(self, agent, text, conversation=None):
        """(spoken answer, conversation id) of a conversation agent."""
        content = {"text": text, "language": "en", "agent_id": agent}
        if conversation:
            content["conversation_id"] = conversation
        answer = await self.call("/api/conversation/process", content)
        return answer["response"]["speech"]["plain"]["speech"], answer["conversation_id"]

    async def hear(self, engines, sound):
        """The events of a pipeline that heard a question; kind and size of the spoken answer."""
        url = self.base.replace("http", "ws", 1) + "/api/websocket"
        async with self._http.ws_connect(url) as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": self.token})
            await socket.receive_json()
            await socket.send_json(
                {"id": 1, "type": "assist_pipeline/pipeline/create", "name": "acupoint",
                 "language": "en", "conversation_engine": engines["conversation"],
                 "conversation_language": "en", "stt_engine": engines["stt"],
                 "stt_language": "en", "tts_engine": engines["tts"], "tts_language": "en_US",
                 "tts_voice": None, "wake_word_entity": None, "wake_word_id": None}
            )  # fmt: skip
            pipeline = (await socket.receive_json())["result"]["id"]
            await socket.send_json(
                {"id": 2, "type": "assist_pipeline/run", "start_stage": "stt", "end_stage": "tts",
                 "pipeline": pipeline, "input": {"sample_rate": RATE}}
            )  # fmt: skip
            events, asked = {}, time.monotonic()
            async for message in socket:
                told = json.loads(message.data)
                if told.get("type") == "result":
                    assert told["success"], told
                    continue
                kind, data = told["event"]["type"], told["event"]["data"]
                events[kind] = (time.monotonic() - asked, data)
                if kind == "run-start":
                    handler = bytes([data["runner_data"]["stt_binary_handler_id"]])
                    for start in range(0, len(sound), 3_200):
                        await socket.send_bytes(handler + sound[start : start + 3_200])
                    await socket.send_bytes(handler)
                    asked = time.monotonic()
                assert kind != "error", data
                if kind == "run-end":
                    break
        path = events["tts-end"][1]["tts_output"]["url"]
        async with self._http.get(self.base + path) as answer:
            spoken = await answer.read()
        return events, (answer.headers.get("content-type"), len(spoken))


async def spoken(port, text):
    """A sentence as sound, said by the voice service."""
    samples, rate = array.array("h"), RATE
    async with AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(Synthesize(text=text).event())
        while (event := await client.read_event()) and not AudioStop.is_type(event.type):
            if AudioChunk.is_type(event.type):
                chunk = AudioChunk.from_event(event)
                samples.frombytes(chunk.audio)
                rate = chunk.rate
    count = int(len(samples) * RATE / rate)
    resampled = array.array("h", (samples[int(n * rate / RATE)] for n in range(count)))
    # Silence tells the recogniser that the question is over.
    return resampled.tobytes() + bytes(RATE)


def judge(what, said, *expected):
    """Print what was said, and whether it holds what it must."""
    missing = [one for one in expected if not re.search(one, said, re.IGNORECASE)]
    print(f"  {'MISSING ' + str(missing) if missing else 'right'}\n", flush=True)
    return f"{what}: {missing}" if missing else ""


async def main():
    """Ask by text, then by voice."""
    base, user, password, *ports = sys.argv[1:]
    problems = []
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120)) as http:
        hub = await Hub.signed_in(http, base, user, password)
        for port in map(int, ports):
            print("added", await hub.add_wyoming(port))
        await asyncio.sleep(3)
        engines = {}
        for state in await hub.call("/api/states"):
            kind, _, name = state["entity_id"].partition(".")
            if kind in ("conversation", "stt", "tts") and name != "home_assistant":
                engines[kind] = state["entity_id"]
        print(engines, "\n")
        agent, conversation = engines["conversation"], None
        for text, expected in (
            (QUESTION, ("between thumb and index finger", "doctor|pharmacist")),
            (FOLLOW_UP, ("doctor|pharmacist|physio",)),
            (EMERGENCY, ("^Please get emergency help now", "9 9 9")),
            ("where is LI4", ("emergency help first",)),
            ("that is not what I meant", ("glad",)),
        ):
            began = time.monotonic()
            said, conversation = await hub.say(agent, text, conversation)
            print(f"> {text}\n< {said}\n  {time.monotonic() - began:.2f} s")
            problems.append(judge(text, said, *expected))
        for text, expected in (
            (QUESTION, ("between thumb and index finger", "doctor|pharmacist")),
            (EMERGENCY, ("^Please get emergency help now",)),
        ):
            sound = await spoken(int(ports[2]), text)
            events, (kind, size) = await hub.hear(engines, sound)
            heard = events["stt-end"][1]["stt_output"]["text"].strip()
            answer = events["intent-end"][1]["intent_output"]["response"]["speech"]["plain"]
            print(f"> {len(sound) / 2 / RATE:.1f} s of sound, heard as: {heard}")
            print(f"< {answer['speech']}")
            print(f"  heard after {events['stt-end'][0]:.2f} s, answered after "
                  f"{events['intent-end'][0]:.2f} s, all over after {events['run-end'][0]:.2f} s; "
                  f"{size} bytes of {kind}")  # fmt: skip
            problems.append(judge(text, answer["speech"], *expected))
    found = [problem for problem in problems if problem]
    print("Everything was as it should be." if not found else "\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
