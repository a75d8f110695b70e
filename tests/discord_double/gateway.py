"""The gateway: hello, identify, events in sequence, heartbeats, resuming."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import WSMsgType, web

from tests.discord_double.refusals import Json
from tests.discord_double.session_starts import SessionStarts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.discord_double.clock import Clock

UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, WRONG_TOKEN, RATE_LIMITED = 4001, 4002, 4003, 4004, 4008
INVALID_SHARD, SHARDING_REQUIRED, DISALLOWED_INTENTS = 4010, 4011, 4014
MOST_SENDS, SENDS_WINDOW, MOST_PAYLOAD_BYTES = 120, 60.0, 4096


class Op(IntEnum):
    """What a frame of the gateway is."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Intents(IntFlag):
    """The intents that matter here."""

    NONE = 0
    GUILDS = 1 << 0
    MEMBERS = 1 << 1
    PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intents.MEMBERS | Intents.PRESENCES | Intents.MESSAGE_CONTENT


class Shard(NamedTuple):
    """A part of the servers that a session hears of."""

    id: int
    count: int

    def hears_of(self, guild_id: str | None) -> bool:
        """Whether what happens in a server comes here; direct messages all come to the first shard."""
        return self.id == (0 if guild_id is None else (int(guild_id) >> 22) % self.count)


ALONE = Shard(0, 1)


@dataclass(slots=True)
class Session:
    """A bot's session; it outlives a connection and keeps what was sent, to be sent again on a resume."""

    id: str
    intents: Intents
    shard: Shard = ALONE
    sent: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None
    transport: asyncio.Transport | None = None

    def append(self, event: str, data: Json) -> str:
        """Number an event and keep it; its text as it goes over the wire."""
        self.sent.append({"op": Op.DISPATCH, "t": event, "s": len(self.sent) + 1, "d": data})
        return json.dumps(self.sent[-1])


class Gateway:
    """All sessions of the one bot.

    Args:
        clock: Tells the time for the limit on sends.
        token: The token that is right.
        allowed: Privileged intents that the developer portal has on.
        greeting: Makes what follows an identify: READY's data, then the guilds.

    Attributes:
        shards: In how many shards the bot must come, and is advised to.
        starts: How many sessions may be started, and how fast.
    """

    def __init__(
        self, clock: Clock, token: str, allowed: Intents, greeting: Callable[[Session], list[tuple[str, Json]]]
    ) -> None:
        self._clock, self._token, self._allowed, self._greeting = clock, token, allowed, greeting
        self.sessions: dict[str, Session] = {}
        self.connected = asyncio.Event()
        self.turned_away = asyncio.Event()
        self.identifies = 0
        self.resumes = 0
        self.is_closed = False
        self.shards = 1
        self.starts = SessionStarts(clock)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it closes."""
        if self.is_closed:
            self.turned_away.set()
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        await socket.send_json({"op": Op.HELLO, "d": {"heartbeat_interval": 41_250}})
        session: Session | None = None
        sends: deque[float] = deque()
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            if len(message.data.encode()) > MOST_PAYLOAD_BYTES:
                await socket.close(code=DECODE_ERROR, message=b"Payload too long")
                break
            if self._too_many(sends):
                await socket.close(code=RATE_LIMITED, message=b"Rate limited")
                break
            session = await self._obey(socket, session, json.loads(message.data))
            if session is not None:
                session.transport = request.transport
        if session and session.socket is socket:
            session.socket = session.transport = None
            self._look_who_is_here()
        return socket

    def _too_many(self, sends: deque[float]) -> bool:
        now = self._clock.now()
        sends.append(now)
        while sends[0] < now - SENDS_WINDOW:
            sends.popleft()
        return len(sends) > MOST_SENDS

    async def _obey(self, socket: web.WebSocketResponse, session: Session | None, frame: Json) -> Session | None:
        match frame["op"]:
            case Op.HEARTBEAT:
                await socket.send_json({"op": Op.HEARTBEAT_ACK})
            case Op.IDENTIFY:
                return await self._identify(socket, frame["d"])
            case Op.RESUME:
                return await self._resume(socket, frame["d"])
            case Op.PRESENCE | Op.REQUEST_MEMBERS if session:
                pass
            case Op.PRESENCE | Op.REQUEST_MEMBERS:
                await socket.close(code=NOT_AUTHENTICATED, message=b"Not authenticated")
            case _:
                await socket.close(code=UNKNOWN_OPCODE, message=b"Unknown opcode")
        return session

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        self.identifies += 1
        intents, shard = Intents(data["intents"]), Shard(*data.get("shard") or ALONE)
        refusal = self._refusal(data["token"], intents, shard)
        if refusal is not None:
            code, words = refusal
            await socket.close(code=code, message=words)
            return None
        if not self.starts.admits(shard.id):
            await socket.send_json({"op": Op.INVALID_SESSION, "d": False})
            return None
        if self.starts.remaining < 0:
            self._token = ""  # Discord resets the token of a bot that starts more sessions than it may
            await self.hang_up(WRONG_TOKEN)
            await socket.close(code=WRONG_TOKEN, message=b"Authentication failed.")
            return None
        session = Session(self._clock.snowflake(), intents, shard, socket=socket)
        self.sessions[session.id] = session
        for event, event_data in self._greeting(session):
            await socket.send_str(session.append(event, event_data))
        self._look_who_is_here()
        return session

    def _refusal(self, token: str, intents: Intents, shard: Shard) -> tuple[int, bytes] | None:
        """With which code and words an identify is turned away."""
        if token != self._token:
            return WRONG_TOKEN, b"Authentication failed."
        if intents & PRIVILEGED & ~self._allowed:
            return DISALLOWED_INTENTS, b"Disallowed intent(s)."
        if not 0 <= shard.id < shard.count:
            return INVALID_SHARD, b"Invalid shard."
        return (SHARDING_REQUIRED, b"Sharding required.") if shard.count < self.shards else None

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self._token or data["seq"] > len(session.sent):
            await socket.send_json({"op": Op.INVALID_SESSION, "d": False})
            return None
        self.resumes += 1
        session.socket = socket
        for frame in session.sent[data["seq"] :]:
            await socket.send_str(json.dumps(frame))
        await socket.send_str(session.append("RESUMED", {}))
        self._look_who_is_here()
        return session

    def _look_who_is_here(self) -> None:
        """The bot is connected when every shard is."""
        here = [session.shard for session in self.sessions.values() if session.socket is not None]
        if any(len({shard.id for shard in here if shard.count == count}) == count for _, count in here):
            self.connected.set()
        else:
            self.connected.clear()

    def reads_content(self) -> bool:
        """Whether a session has the Message Content intent."""
        return any(Intents.MESSAGE_CONTENT in session.intents for session in self.sessions.values())

    async def dispatch(self, event: str, data: Json, needs: Intents = Intents.NONE) -> None:
        """Send an event to each session of its shard that has any of the intents, to one that is away on its resume."""
        guild_id = data["id"] if event in {"GUILD_CREATE", "GUILD_DELETE"} else data.get("guild_id")
        for session in list(self.sessions.values()):
            if not session.shard.hears_of(guild_id) or (needs and not session.intents & needs):
                continue
            text = session.append(event, data)
            if session.socket is not None and not session.socket.closed:
                await session.socket.send_str(text)

    def drop(self, shard_id: int | None = None) -> None:
        """Cut every connection, or that of one shard, as a network fault does: no goodbye; they can be resumed."""
        for session in self.sessions.values():
            if shard_id not in {None, session.shard.id}:
                continue
            if session.socket is not None:
                session.socket = None
            if session.transport is not None:
                session.transport.abort()
        self.connected.clear()

    async def hang_up(self, code: int) -> None:
        """Close every connection with a code, such as `WRONG_TOKEN` when the token was reset."""
        self.connected.clear()
        for session in self.sessions.values():
            if session.socket is not None:
                await session.socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Tell every session to reconnect and resume."""
        self.connected.clear()
        for session in self.sessions.values():
            if session.socket is not None:
                await session.socket.send_json({"op": Op.RECONNECT, "d": None})

    async def invalidate(self) -> None:
        """End every session: the bot must identify anew."""
        self.connected.clear()
        ended, self.sessions = self.sessions, {}
        for session in ended.values():
            if session.socket is not None:
                await session.socket.send_json({"op": Op.INVALID_SESSION, "d": False})
