"""A browser as the web channel sees one: a session of its own, a socket, and what arrived on it."""

import contextlib
import threading
import uuid

import requests
import socketio

from tests.patience import PATIENCE


def base_of(server):
    return f"http://127.0.0.1:{server.port}"


def open_session(server, **headers):
    """The answer to a request for a session; `Authorization` among the headers renews one."""
    return requests.post(f"{base_of(server)}/widget/session", headers=headers, timeout=PATIENCE)


class Refusal(Exception):
    """The socket was refused; `data` is what the server said."""

    def __init__(self, data):
        super().__init__(data)
        self.data = data


class Browser:
    """One tab. With the token of another it is a second tab of the same session."""

    def __init__(self, server, token=None, origin=None):
        self.token = token or open_session(server).json()["token"]
        self.entries, self.typing, self._refused = [], [], None
        self._news = threading.Condition()
        self._io = socketio.Client(reconnection=False)
        self._io.on("entry", self._heard)
        self._io.on("typing", lambda data: self.typing.append(data["on"]))
        self._io.on("session", self._renew)
        self.is_out = threading.Event()
        self._io.on("disconnect", lambda *_: self.is_out.set())
        settled = threading.Event()
        self._io.on("connect", settled.set)
        self._io.on("connect_error", lambda data=None: self._refuse(data, settled))
        headers = {"Origin": origin} if origin else {}
        try:
            self._io.connect(
                base_of(server), auth={"token": self.token}, headers=headers,
                transports=["polling"], wait=False,
            )  # fmt: skip
        except socketio.exceptions.ConnectionError as error:
            raise Refusal(str(error)) from None
        assert settled.wait(PATIENCE)
        if self._refused:
            raise Refusal(self._refused.get("data"))

    def _refuse(self, data, settled):
        self._refused = data
        settled.set()

    def _renew(self, fresh):
        with self._news:
            self.token = fresh["token"]
            self._news.notify_all()

    def has_another_token_than(self, token):
        with self._news:
            return self._news.wait_for(lambda: self.token != token, PATIENCE)

    def _heard(self, entry):
        with self._news:
            self.entries.append(entry)
            self._news.notify_all()

    def call(self, event, data=None):
        """The acknowledgement of an event."""
        return self._io.call(event, data, timeout=PATIENCE)

    def send(self, text, message_id=None, **metadata):
        """The acknowledgement of a message."""
        message = {"id": message_id or str(uuid.uuid4()), "text": text, "metadata": metadata}
        return self.call("message", message)

    def wait(self, wanted):
        """The first entry that is wanted, once it has arrived."""
        with self._news:
            assert self._news.wait_for(lambda: any(map(wanted, self.entries)), PATIENCE), [
                (entry["seq"], entry["from"]) for entry in self.entries
            ]
            return next(filter(wanted, self.entries))

    def answers(self, seq):
        """Every message that answers the message `seq`, once they have arrived."""
        self.wait(lambda entry: entry.get("answers") == seq)
        after = self.call("history", {"after": seq})["entries"]
        return [entry["message"] for entry in after if entry.get("answers") == seq]

    def ask(self, text, **metadata):
        """The messages that answer a text."""
        acknowledged = self.send(text, **metadata)
        assert acknowledged["ok"], acknowledged
        return self.answers(acknowledged["seq"])

    def say(self, text, **metadata):
        """The joined text of the answers to a text."""
        return "\n".join(message["text"] for message in self.ask(text, **metadata))

    def history(self, after=0):
        """All entries after a number."""
        entries, more = [], True
        while more:
            page = self.call("history", {"after": after})
            entries += page["entries"]
            more = page["more"]
            after = entries[-1]["seq"] if entries else after
        return entries

    def close(self):
        with contextlib.suppress(Exception):
            self._io.eio.disconnect(abort=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
