"""Archives for tests, made of names and bytes."""

import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path


def make_zip(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2023, 3, 14, 6, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def make_tar(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def write_archive(path: Path, members: Mapping[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    is_zip = path.suffix == ".zip"
    path.write_bytes(make_zip(members) if is_zip else make_tar(members, "w" if path.suffix == ".tar" else "w:gz"))
    return path
