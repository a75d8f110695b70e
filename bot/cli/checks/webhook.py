"""Can pushes reach the bot, and from nobody else?"""

from __future__ import annotations

import errno
import ipaddress
import socket
from typing import TYPE_CHECKING

from bot.cli.checks.finding import Finding, Level

if TYPE_CHECKING:
    from config.source_settings import SourceSettings

TOPIC = "webhook"
_MIN_DIFFERENT = 8


def check_webhook(settings: SourceSettings) -> Finding:
    """Is the port free, and the secret one?"""
    secret = settings.webhook_secret
    if not settings.webhook_port:
        return Finding(Level.OK, TOPIC, "off: source.webhook_port is 0")
    if secret is not None and len(set(secret.get_secret_value())) < _MIN_DIFFERENT:
        text = "source.webhook_secret is easily guessed: whoever does starts builds"
        advice = "take a random one, such as `openssl rand -hex 32` gives, here and in the forge"
        return Finding(Level.WARNING, TOPIC, text, advice)
    host, port = settings.webhook_host, settings.webhook_port
    problem = _port_problem(host, port)
    if problem is not None:
        return problem
    if not _is_local(host):
        text = f"listens at {host}, port {port}, for other machines, and without TLS"
        advice = "put a proxy with TLS in front of it and set source.webhook_host to 127.0.0.1 (docs/operating.md)"
        return Finding(Level.WARNING, TOPIC, text, advice)
    return Finding(Level.OK, TOPIC, f"{host}, port {port}, is free")


def _port_problem(host: str, port: int) -> Finding | None:
    place = f"{host}, port {port}"
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in found:
            with socket.socket(family, kind, protocol) as server:
                server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                server.bind(address)
    except socket.gaierror as error:
        text = f"source.webhook_host: there is no host {host} ({error.strerror})"
        return Finding(Level.PROBLEM, TOPIC, text, "set it to an address of this machine, such as 127.0.0.1")
    except OSError as error:
        match error.errno:
            case errno.EADDRINUSE:
                text, advice = f"{place}, is taken", "fine where it is the bot that runs; else set source.webhook_port"
                return Finding(Level.WARNING, TOPIC, text, advice)
            case errno.EACCES:
                text = f"{place}, is only for root"
                return Finding(Level.PROBLEM, TOPIC, text, "set source.webhook_port to 1024 or more")
            case _:
                text = f"{place}, cannot be listened at: {error.strerror}"
                return Finding(Level.PROBLEM, TOPIC, text, "set source.webhook_host to an address of this machine")
    return None


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
