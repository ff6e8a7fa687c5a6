"""Loops that arrays alone cannot say, compiled at their first call and kept on disk as machine code.

Beside each stands, in the tests, a plain slow Python of the same meaning that it must equal. numba compiles; it is not
loaded where the machine code is there already, since it takes longer to start than 50,000 articles to be compared.
"""

import ctypes
import hashlib
from collections.abc import Callable, Iterator
from threading import Lock
from types import FunctionType, ModuleType
from typing import Any, Generic, ParamSpec, TypeVar, cast, get_args

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.machine_code import MachineCode, load_function, name_compiler
from warehouse.errors import ContractFault

Bytes = NDArray[np.uint8]
Characters = NDArray[np.uint16]
Hashes = NDArray[np.uint64]
Numbers = NDArray[np.uint32]
Counts = NDArray[np.int32]
Places = NDArray[np.int64]

P = ParamSpec("P")
R = TypeVar("R")

Kinds = tuple[tuple[str, int], ...]
"""Of each argument the type (as numpy spells it) and the dimensions: 0 for a number."""

SCALARS = {"<i8": ctypes.c_int64, "<u8": ctypes.c_uint64, "<f8": ctypes.c_double}
LOCK = Lock()


class Loop(Generic[P, R]):
    """A function over arrays and numbers, and its machine code for the types that it was called with."""

    def __init__(self, plain: Callable[P, R]) -> None:
        """Compile nothing yet."""
        if not isinstance(plain, FunctionType):
            raise ContractFault(f"{plain!r}: expected a plain function to compile")
        self.plain = plain
        self._entries: dict[Kinds, Callable[..., int]] = {}
        self._loaded: list[MachineCode] = []

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the machine code, without Python's lock. Raises ContractFault for what `compiled` does not take."""
        if kwargs:
            raise ContractFault(f"{self.plain.__qualname__}: a compiled loop takes positional arguments alone")
        kinds = tuple(map(_kind, args))
        entry = self._entries.get(kinds) or self._find_entry(kinds)
        wanted = self.plain.__annotations__["return"]
        returned = (ctypes.c_int64 * max(len(get_args(wanted)), 1))()
        if entry(ctypes.byref(returned), None, *(part for arg in args for part in _lay_out(arg))):
            raise ContractFault(f"{self.plain.__qualname__}: the compiled loop failed")
        if wanted is None:
            return cast("R", None)
        return cast("R", tuple(returned) if get_args(wanted) else wanted(returned[0]))

    def _find_entry(self, kinds: Kinds) -> Callable[..., int]:
        with LOCK:
            digest = hashlib.sha256(repr((name_compiler(), kinds, *_describe(self.plain, set()))).encode())
            name = f"{self.plain.__module__}.{self.plain.__name__}-{digest.hexdigest()[:24]}"
            loaded = load_function(name, lambda: _compile(self, kinds, name))
            prototype = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *_layout(kinds))
            self._loaded.append(loaded)
            self._entries[kinds] = prototype(loaded.address)
        return self._entries[kinds]


def compiled(loop: Callable[P, R]) -> Loop[P, R]:
    """Compile a function over arrays and numbers that makes no array itself: it is handed all the room it needs.

    Called from Python it takes positional arguments, arrays without gaps, and gives nothing, an integer, or several.
    """
    return Loop(loop)


def _compile(loop: Loop[P, R], kinds: Kinds, name: str) -> bytes:
    from transforms.reuse.compiling import compile_loop  # noqa: PLC0415 -- loads numba

    return compile_loop(loop.plain, kinds, name)


def _describe(function: FunctionType, seen: set[FunctionType]) -> Iterator[object]:
    """Yield all that the machine code of a function hangs on: its own code, the values it names, the loops it calls."""
    seen.add(function)
    code = function.__code__
    yield code.co_code, code.co_consts, code.co_names, code.co_varnames, repr(function.__annotations__["return"])
    for name in code.co_names:
        value = function.__globals__.get(name)
        if isinstance(value, Loop):
            if value.plain not in seen:
                yield from _describe(value.plain, seen)
        elif isinstance(value, type) and hasattr(value, "__members__"):
            yield name, {member: int(number) for member, number in value.__members__.items()}
        elif not isinstance(value, ModuleType):
            yield name, repr(value)


def _kind(arg: object) -> tuple[str, int]:
    if isinstance(arg, np.ndarray):
        if not arg.flags.c_contiguous:
            raise ContractFault("a compiled loop was handed an array with gaps; expected one laid out row by row")
        return arg.dtype.str, arg.ndim
    return np.asarray(arg).dtype.str, 0


def _lay_out(arg: Any) -> Iterator[Any]:  # noqa: ANN401 -- whatever a loop takes
    """Yield an argument as numba's functions take it: of an array owner, parent, size, data, shape and strides."""
    if isinstance(arg, np.ndarray):
        yield from (None, None, arg.size, arg.itemsize, arg.ctypes.data, *arg.shape, *arg.strides)
    else:
        yield arg.item() if isinstance(arg, np.generic) else arg


def _layout(kinds: Kinds) -> Iterator[Any]:
    for kind, dimensions in kinds:
        if dimensions:
            pointer, number = ctypes.c_void_p, ctypes.c_int64
            yield from (pointer, pointer, number, number, pointer, *[number] * (2 * dimensions))
        else:
            yield SCALARS[kind]
