"""A place in an S3-compatible store: its address, how it is opened, and what is wrong with it, in words for a person.

The key comes by the usual variables (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION), or from the machine's role.
It is asked for by the client alone: no address, record or message here holds it.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import PurePath

import obstore
from obstore import exceptions
from obstore.store import S3Store

from warehouse.errors import BroadsheetError, SettingsFault, StoreFault

ENDPOINT = "AWS_ENDPOINT_URL"
# One slash or two: a path as the command line takes it has lost one.
URL = re.compile(r"s3:/{1,2}(?P<bucket>[a-z0-9][a-z0-9._-]{1,61}[a-z0-9])(?P<prefix>(/[^/?#*\[\]\\\x00-\x1f]+)*)/?")
CODE = re.compile(r"<Code>(\w+)</Code>")
# Passing states of a network or a server; whatever else the client tells is the user's to mend.
PASSING = re.compile(r"error sending request|response body|timed out|status code: (429|5\d\d)|SlowDown|InternalError")
WRONG_KEY = frozenset({"InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "InvalidToken", "ExpiredToken"})


@dataclass(frozen=True)
class Bucket:
    """A prefix of a bucket. `endpoint` is empty for Amazon's own."""

    bucket: str
    prefix: str
    endpoint: str = ""

    @property
    def url(self) -> str:
        """The address without the server, e.g. `s3://papers/lake`."""
        return f"s3://{self.bucket}" + (f"/{self.prefix}" if self.prefix else "")

    @cached_property
    def store(self) -> S3Store:
        """The client; every key that it takes and gives is below the prefix."""
        options = {"endpoint": self.endpoint} if self.endpoint else {}
        return S3Store(
            self.bucket,
            prefix=self.prefix or None,
            client_options={
                "allow_http": self.endpoint.startswith("http://"),
                "connect_timeout": "5 seconds",
                "timeout": "120 seconds",
            },
            retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=60)},
            **options,  # type: ignore[arg-type]  # a key of S3Config
        )


def read_url(place: PurePath | str, environ: Mapping[str, str]) -> Bucket:
    """Read an address such as `s3://bucket/prefix`. Raises SettingsFault, without what may be a password."""
    found, endpoint = URL.fullmatch(str(place)), environ.get(ENDPOINT, "").rstrip("/")
    if "@" in str(place) or "@" in endpoint:
        raise SettingsFault(f"Keys do not belong into an address or {ENDPOINT}: set AWS_ACCESS_KEY_ID and its secret.")
    if not found or {".", ".."} & set(found["prefix"].split("/")):
        raise SettingsFault(f"{place} names no bucket; write it like s3://bucket/prefix, without * ? [ and '..'.")
    if endpoint and not re.fullmatch(r"https?://[\w.:\[\]-]+(/[\w./-]*)?", endpoint):
        raise SettingsFault(f"{ENDPOINT} is no address of a server; write it like http://127.0.0.1:8333.")
    return Bucket(found["bucket"], found["prefix"].strip("/"), endpoint)


@contextmanager
def store_faults(place: Bucket) -> Iterator[None]:
    """Say in our words what the client says. Its own may quote what was signed, so they are not passed on.

    Raises SettingsFault for a bucket that is not there and a key that is refused, StoreFault for the rest: transient
    where a network or a server may mend itself.
    """
    try:
        yield
    except BroadsheetError:
        raise
    except exceptions.BaseError as fault:
        raise _translate(place, fault) from None


def probe(place: Bucket) -> None:
    """Make sure that of two writers who create one key the second is refused: publishing hangs on that.

    Raises SettingsFault where the store lets both through.
    """
    key = f".probe-{uuid.uuid4().hex}"
    with store_faults(place):
        obstore.put(place.store, key, b"1", mode="create", use_multipart=False)
        try:
            obstore.put(place.store, key, b"2", mode="create", use_multipart=False)
        except exceptions.AlreadyExistsError:
            return
        except exceptions.PreconditionError:
            return
        finally:
            with suppress(exceptions.BaseError):  # a key that may not delete leaves one byte a run
                obstore.delete(place.store, key)
    raise SettingsFault(
        f"{place.url} cannot hold a lake: its server ignores `If-None-Match: *`, so that two runs could overwrite each "
        "other's snapshot. Take a store with conditional writes (Amazon S3, SeaweedFS, MinIO, Ceph, R2)."
    )


def _translate(place: Bucket, fault: Exception) -> BroadsheetError:
    words = str(fault).partition("Debug source")[0]
    code = found[1] if (found := CODE.search(words)) else type(fault).__name__
    where = place.url + (f" at {place.endpoint}" if place.endpoint else "")
    if code == "NoSuchBucket":
        return SettingsFault(f"There is no bucket {place.bucket} ({where}); make it first, or mend the address.")
    is_refused = isinstance(fault, exceptions.PermissionDeniedError | exceptions.UnauthenticatedError)
    if is_refused or code in WRONG_KEY:
        return SettingsFault(
            f"{where} refuses the key ({code}); look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION."
        )
    if "InvalidPath" in code or "illegal character" in words or "Encountered empty path segment" in words:
        return SettingsFault(f"{where} holds a key that is no path (an empty part, '.', '..'); rename that object.")
    if isinstance(fault, exceptions.NotFoundError):
        return StoreFault(f"{where} lacks an object that it should hold; restore it, or run `./lake verify`")
    passes = bool(PASSING.search(words))
    advice = "is there a network, and is the address right?" if passes else "the store's own log may say more"
    return StoreFault(f"{where} does not do what was asked ({code}); {advice}", is_transient=passes)
