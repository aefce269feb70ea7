"""Home Assistant finds the Wyoming channel by itself, where the package for it is installed."""

import asyncio
import threading

import pytest
import typer

from bot.channels.wyoming.discovery import announced
from bot.cli.settings import voice_settings
from tests.conftest import free_port


def test_what_nobody_can_reach_is_not_announced(capsys):
    with pytest.raises(typer.Exit):
        voice_settings("10600", True, None, None)
    assert "tcp://0.0.0.0:10600" in capsys.readouterr().err


def test_a_browser_finds_the_channel_until_it_is_closed():
    zeroconf = pytest.importorskip("zeroconf")
    found, gone, port = threading.Event(), threading.Event(), free_port()
    mine = set()

    class Listener(zeroconf.ServiceListener):
        def add_service(self, network, kind, name):
            service = network.get_service_info(kind, name)
            if service and service.port == port:
                assert service.parsed_addresses() == ["127.0.0.1"]
                mine.add(name)
                found.set()

        def remove_service(self, network, kind, name):
            if name in mine:
                gone.set()

        update_service = add_service

    async def announce_for_a_while():
        taken_back = await announced(port, "127.0.0.1")
        assert await asyncio.to_thread(found.wait, 20)
        await taken_back()
        assert await asyncio.to_thread(gone.wait, 20)

    network = zeroconf.Zeroconf()
    zeroconf.ServiceBrowser(network, "_wyoming._tcp.local.", Listener())
    asyncio.run(announce_for_a_while())
    network.close()
