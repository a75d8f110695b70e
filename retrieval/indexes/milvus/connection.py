"""The connection to Milvus: made when it is first needed, never waited for without end."""

from __future__ import annotations

import importlib.util
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from retrieval.errors import SearchEngineError
from retrieval.indexes.milvus.options import MilvusOptions

# pymilvus takes a second to import, and only those who use Milvus have it.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from pymilvus import MilvusClient

_MAX_FAILURES = 3  # in a row: a question is three searches
_PAUSE_SECONDS = 2.0  # after so many failures nobody asks for this long, so that no thread waits for what is gone
_CHANNEL = {
    # pymilvus pings so often that a server which works on something long may close the connection.
    "grpc.keepalive_time_ms": 300_000,
    "grpc.keepalive_permit_without_calls": 0,
    # gRPC would wait up to two minutes before it looks again whether the server is back.
    "grpc.initial_reconnect_backoff_ms": 250,
    "grpc.min_reconnect_backoff_ms": 250,
    "grpc.max_reconnect_backoff_ms": 1_000,
}
_NOT_CONNECTED, _NO_COLLECTION, _NOT_LOADED = 2, 100, 101  # codes of pymilvus and Milvus
_NOT_CONNECTED_TEXT = "no connection; it does not run there, or refuses the token"
_DOTENV_SWITCH = "PYTHON_DOTENV_DISABLED"  # of python-dotenv
_HIDDEN = "********"

_importing = threading.Lock()
_log = logging.getLogger(__name__)

Result = TypeVar("Result")


class CollectionMissingError(SearchEngineError):
    """Milvus does not hold the generation that is searched."""

    def __init__(self, address: str) -> None:
        super().__init__(address, "it does not hold this index; run `quicktakes index build`, which loads it")


class CollectionNotLoadedError(SearchEngineError):
    """Milvus holds the generation, but not ready for searches: somebody released it, or Milvus began anew."""

    def __init__(self, address: str) -> None:
        super().__init__(address, "it has not loaded this index, and is asked to")


class MilvusConnection:
    """A connection that comes back by itself. Safe to use from several threads.

    Args:
        options: Where Milvus is.

    Raises:
        SearchEngineError: pymilvus is not installed.
    """

    def __init__(self, options: MilvusOptions) -> None:
        if importlib.util.find_spec("pymilvus") is None:
            raise SearchEngineError(options.uri, "pymilvus is missing; run `pip install 'quicktakes-bot[milvus]'`")
        self._options = options
        self._lock = threading.Lock()
        self._connected: MilvusClient | None = None
        self._failures = 0
        self._paused_until = 0.0
        self._problem = ""

    def run(self, action: Callable[[MilvusClient], Result]) -> Result:
        """Do something with Milvus, which bounds its own time.

        Raises:
            CollectionMissingError: A collection is not there.
            CollectionNotLoadedError: A collection cannot be searched yet.
            SearchEngineError: Milvus cannot be reached, took too long, or refused.
        """
        if self._failures >= _MAX_FAILURES and time.monotonic() < self._paused_until:
            raise SearchEngineError(self._options.uri, self._problem)
        milvus_error, grpc_errors = _errors()
        try:
            result = action(self._client())
        except milvus_error as error:
            kind = {_NO_COLLECTION: CollectionMissingError, _NOT_LOADED: CollectionNotLoadedError}.get(error.code)
            if kind is not None:
                raise kind(self._options.uri) from error
            if isinstance(error.code, int) and error.code != _NOT_CONNECTED:  # it is there, and refuses
                raise SearchEngineError(self._options.uri, self._harmless(error.message)) from error
            raise self._failed(_NOT_CONNECTED_TEXT if error.code == _NOT_CONNECTED else error.message) from error
        except grpc_errors as error:
            raise self._failed(_text_of(error)) from error
        self._worked()
        return result

    def close(self) -> None:
        """Close the connection; the next use opens another."""
        with self._lock:
            client, self._connected = self._connected, None
        if client is not None:
            client.close()

    def _client(self) -> MilvusClient:
        from pymilvus import MilvusClient

        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # its tracebacks repeat what our errors say
        with self._lock:
            if self._connected is None:
                self._connected = MilvusClient(
                    uri=self._options.uri,
                    token=self._options.token,
                    db_name=self._options.database,
                    timeout=self._options.timeout,
                    dedicated=True,
                    grpc_options=_CHANNEL,
                )
            return self._connected

    def _harmless(self, text: str) -> str:
        """A text of Milvus or gRPC as one line without the token."""
        token = self._options.token
        return " ".join((text.replace(token, _HIDDEN) if token else text).split())

    def _failed(self, text: str) -> SearchEngineError:
        problem = self._harmless(text)
        with self._lock:
            self._failures += 1
            self._paused_until = time.monotonic() + _PAUSE_SECONDS
            is_first, self._problem = not self._problem, problem
        if is_first:
            _log.error("the search engine at %s does not answer: %s", self._options.uri, problem)
        return SearchEngineError(self._options.uri, problem)

    def _worked(self) -> None:
        with self._lock:
            was_gone, self._failures, self._problem = bool(self._problem), 0, ""
        if was_gone:
            _log.warning("the search engine at %s answers again", self._options.uri)


@contextmanager
def without_dotenv() -> Iterator[None]:
    """Keep what is imported from reading a file `.env` into the environment, as pymilvus does.

    There it would be seen by every child process, with all the secrets that the file holds.
    """
    with _importing:
        before = os.environ.get(_DOTENV_SWITCH)
        os.environ[_DOTENV_SWITCH] = "1"
        try:
            yield
        finally:
            if before is None:
                del os.environ[_DOTENV_SWITCH]
            else:
                os.environ[_DOTENV_SWITCH] = before


@cache
def _errors() -> tuple[type[Any], tuple[type[Exception], ...]]:
    """What Milvus and gRPC raise; imports both."""
    with without_dotenv():
        import grpc
        from pymilvus.exceptions import MilvusException

    return MilvusException, (grpc.RpcError, grpc.FutureTimeoutError)


def _text_of(error: BaseException) -> str:
    """What gRPC says, without the pages of details that its own text has."""
    details = getattr(error, "details", None)
    code = getattr(error, "code", None)
    if callable(details) and callable(code):
        return f"{code().name.replace('_', ' ').lower()} ({details()})"
    return str(error) or type(error).__name__
