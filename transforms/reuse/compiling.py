"""Compiles loops with numba to object files that need neither numba nor Python. Loaded where one has to be compiled."""

from types import FunctionType
from typing import Any, get_args

import llvmlite.binding as llvm
import numba
import numpy as np

from transforms.reuse.compiled import Kinds, Loop
from transforms.reuse.machine_code import target_machine
from warehouse.errors import ContractFault

BARE: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Without what lets Python call it: that hangs on Python's own functions."""

OF_C = {"memcpy", "memmove", "memset"}
"""What every process has; other functions would have to be brought along."""

NO_OWNERS = """
define void @NRT_incref(ptr %owner) alwaysinline { ret void }
define void @NRT_decref(ptr %owner) alwaysinline { ret void }
define void @NRT_MemInfo_call_dtor(ptr %owner) { ret void }
"""
"""numba counts who holds an array, at every slice: ours have no owner that it knows."""


def compile_loop(plain: FunctionType, kinds: Kinds, name: str) -> bytes:
    """Compile a function, with the loops that it calls, to an object file that has it under `name`."""
    types = [_type(kind, dimensions) for kind, dimensions in kinds]
    wanted = plain.__annotations__["return"]
    several = len(get_args(wanted))
    returned = TYPES.UniTuple(numba.int64, several) if several else RETURNED[wanted]
    jitted: Any = numba.njit(returned(*types), **BARE)(_bind(plain, {}))
    (result,) = jitted.overloads.values()
    module = llvm.parse_assembly(jitted.inspect_llvm(result.signature.args))
    module.link_in(llvm.parse_assembly(NO_OWNERS))
    for function in module.functions:
        if not function.is_declaration:
            function.linkage = "internal"
        elif not function.name.startswith("llvm.") and function.name not in OF_C:
            raise ContractFault(f"{plain.__qualname__} needs {function.name}: hand it the arrays that it makes")
    entry = module.get_function(result.fndesc.llvm_func_name)
    entry.linkage, entry.name = "external", name
    machine = target_machine()
    passes = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=3))
    passes.getModulePassManager().run(module, passes)  # now that nothing else can call the loops within
    return bytes(machine.emit_object(module))


TYPES: Any = numba.types
RETURNED = {None: numba.void, int: numba.int64, bool: numba.int64}


def _bind(plain: FunctionType, modules: dict[str, dict[str, Any]]) -> FunctionType:
    """Copy a function so that the loops it calls are numba's; `modules` are those whose names were bound already."""
    names = modules.get(plain.__module__)
    if names is None:
        names = modules[plain.__module__] = dict(plain.__globals__)
        for name, value in plain.__globals__.items():
            if isinstance(value, Loop):
                names[name] = numba.njit(_bind(value.plain, modules))
    return FunctionType(plain.__code__, names, plain.__name__)


def _type(kind: str, dimensions: int) -> Any:  # noqa: ANN401 -- numba has no types for its types
    scalar = numba.from_dtype(np.dtype(kind))
    return TYPES.Array(scalar, dimensions, "C") if dimensions else scalar
