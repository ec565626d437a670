"""Where files lie: a folder of ours, or a bucket that speaks S3. Neither knows what is in them.

Both keep the same promises: an object is there whole or not at all, and durable when `put` returns.
"""

import asyncio
import contextlib
import os
import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from obstore.exceptions import BaseError
from obstore.store import S3Store

from domain.errors import PartnerDown

_KEY = re.compile(r"[0-9a-z][0-9a-z-]{3,99}")
_PIECE = 256 * 1024
_PART = 5 * 1024 * 1024
"""S3 takes no smaller part than this but the last."""
_TIMEOUT_S = 30
_PARTNER = "object store"


class ObjectMissing(Exception):
    """There is no object with this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"there is no object {key}")
        self.key = key


class ObjectStore(Protocol):
    """Objects by key: 4 to 100 of a-z, 0-9 and hyphens.

    Every method raises PartnerDown when the store fails or does not answer.
    """

    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """Store what comes, durable on return; an object of this key is replaced.

        Whatever `chunks` raises passes, and nothing is stored then.
        """
        ...

    def get(self, key: str) -> AsyncIterator[bytes]:
        """Give the object in pieces; raise ObjectMissing, before the first, when there is none."""
        ...

    async def delete(self, key: str) -> None:
        """Remove the object; one that is not there is as good as removed."""
        ...

    async def exists(self, key: str) -> bool:
        """Say whether there is such an object."""
        ...


class FolderObjectStore:
    """Objects as files below one folder, 256 times 256 folders deep by the key's end, which is random.

    They are written beside and renamed when whole and on the disk.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unfinished = folder / "unfinished"

    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """See ObjectStore."""
        target = self._path(key)
        part = self._unfinished / f"{key}.{secrets.token_hex(8)}"
        with _failures():
            file = await asyncio.to_thread(_open_new, part, target.parent)
        try:
            async for chunk in chunks:
                with _failures():
                    await asyncio.to_thread(file.write, chunk)
            with _failures():
                await asyncio.to_thread(_finish, file, part, target)
        except BaseException:
            with contextlib.suppress(OSError):
                file.close()
                part.unlink(missing_ok=True)
            raise

    async def get(self, key: str) -> AsyncIterator[bytes]:
        """See ObjectStore."""
        path = self._path(key)
        with _failures(missing=key):
            file = await asyncio.to_thread(path.open, "rb")
        try:
            while True:
                with _failures():
                    piece = await asyncio.to_thread(file.read, _PIECE)
                if not piece:
                    return
                yield piece
        finally:
            file.close()

    async def delete(self, key: str) -> None:
        """See ObjectStore."""
        path = self._path(key)
        with _failures():
            await asyncio.to_thread(path.unlink, missing_ok=True)

    async def exists(self, key: str) -> bool:
        """See ObjectStore."""
        path = self._path(key)
        with _failures():
            return await asyncio.to_thread(path.is_file)

    def clear_unfinished(self) -> None:
        """Remove what a server that was killed had begun to write. For the one that starts, alone."""
        with _failures():
            for part in self._unfinished.glob("*"):
                part.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        _check(key)
        return self._folder / key[-2:] / key[-4:-2] / key


@dataclass(frozen=True, slots=True)
class S3Settings:
    """A bucket of an S3-compatible store. Without `endpoint` it is Amazon's in that region."""

    bucket: str
    prefix: str
    region: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    endpoint: str | None = None


class S3ObjectStore:
    """Objects in a bucket. It should drop unfinished uploads after a day: a lifecycle rule of its own."""

    def __init__(self, settings: S3Settings) -> None:
        plain = settings.endpoint is not None and settings.endpoint.startswith("http://")
        options: dict[str, Any] = {} if settings.endpoint is None else {"endpoint": settings.endpoint}
        self._store = S3Store(
            settings.bucket,
            prefix=settings.prefix or None,
            region=settings.region,
            access_key_id=settings.access_key,
            secret_access_key=settings.secret_key,
            client_options={"allow_http": plain, "timeout": timedelta(seconds=_TIMEOUT_S)},
            retry_config={
                "max_retries": 2,
                "retry_timeout": timedelta(seconds=_TIMEOUT_S),
                "backoff": {
                    "init_backoff": timedelta(milliseconds=100),
                    "max_backoff": timedelta(seconds=2),
                    "base": 2,
                },
            },
            **options,
        )

    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """See ObjectStore."""
        _check(key)
        raised: list[BaseException] = []

        async def watched() -> AsyncIterator[bytes]:
            # The library wraps what comes out of here in an error of its own.
            try:
                async for chunk in chunks:
                    if chunk:
                        yield chunk
            except BaseException as error:
                raised.append(error)
                raise

        try:
            await self._store.put_async(
                key, watched(), use_multipart=True, chunk_size=_PART, max_concurrency=2
            )
        except BaseException as error:
            if raised:
                raise raised[0] from None
            # A bucket that is not there is "not found" too.
            if isinstance(error, BaseError | FileNotFoundError):
                raise _down(error) from error
            raise

    async def get(self, key: str) -> AsyncIterator[bytes]:
        """See ObjectStore."""
        _check(key)
        try:
            found = await self._store.get_async(key)
            async for piece in found.stream(min_chunk_size=_PIECE):
                yield bytes(piece)
        except FileNotFoundError:
            raise ObjectMissing(key) from None
        except BaseError as error:
            raise _down(error) from error

    async def delete(self, key: str) -> None:
        """See ObjectStore."""
        _check(key)
        try:
            await self._store.delete_async(key)
        except FileNotFoundError:
            return
        except BaseError as error:
            raise _down(error) from error

    async def exists(self, key: str) -> bool:
        """See ObjectStore."""
        _check(key)
        try:
            await self._store.head_async(key)
        except FileNotFoundError:
            return False
        except BaseError as error:
            raise _down(error) from error
        return True


def _check(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise ValueError("an object's key is 4 to 100 of a-z, 0-9 and hyphens")


def _down(error: Exception) -> PartnerDown:
    # The library's text names the bucket's address and may quote its answer: it goes no further.
    return PartnerDown(_PARTNER, f"The store of files does not answer ({type(error).__name__}).")


@contextlib.contextmanager
def _failures(missing: str | None = None) -> Any:
    """Turn what a disk can do to us into what a store can do to us."""
    try:
        yield
    except FileNotFoundError as error:
        if missing is not None:
            raise ObjectMissing(missing) from None
        raise _down(error) from error
    except OSError as error:
        raise _down(error) from error


def _open_new(part: Path, folder: Path) -> BinaryIO:
    for made in (part.parent, folder):
        if not made.exists():
            made.mkdir(mode=0o700, parents=True, exist_ok=True)
            # A folder's name is in the one above it: without this a power cut could lose the way to a file.
            for above in (made.parent, made.parent.parent, made.parent.parent.parent):
                _sync_folder(above)
    return os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _finish(file: BinaryIO, part: Path, target: Path) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()
    part.rename(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
