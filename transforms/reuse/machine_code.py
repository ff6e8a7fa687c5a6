"""Machine code by its name: kept in files, as numba keeps its own, and loaded into this process."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

import llvmlite.binding as llvm


@cache
def name_compiler() -> tuple[str, ...]:
    """Say what machine code hangs on beside the source of its loop."""
    recipe = (Path(__file__).parent / "compiling.py").read_text(encoding="utf8")
    return recipe, version("numba"), *_name_processor()


@cache
def _name_processor() -> tuple[str, str]:
    """Name the processor and its features, which LLVM asks the system for each time."""
    return llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()


@dataclass(frozen=True, slots=True)
class MachineCode:
    """A function in memory, which stays there as long as what holds it."""

    address: int
    object_file: bytes
    engine: llvm.ExecutionEngine


def load_function(name: str, compile_it: Callable[[], bytes]) -> MachineCode:
    """Load a function from its object file, which is compiled where it is not kept yet."""
    path = _folder() / f"{name}.o"
    try:
        object_file = path.read_bytes()
    except OSError:
        object_file = compile_it()
        _keep(path, object_file)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target_machine())
    engine.add_object_file(llvm.ObjectFileRef.from_data(object_file))
    engine.finalize_object()
    return MachineCode(engine.get_function_address(name), object_file, engine)


def target_machine() -> llvm.TargetMachine:
    """Describe this machine to LLVM."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    processor, features = _name_processor()
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=processor, features=features, opt=3, reloc="pic", codemodel="jitdefault"
    )


def _folder() -> Path:
    named = os.environ.get("NUMBA_CACHE_DIR")
    return Path(named) if named else Path(__file__).parent / "__pycache__"


def _keep(path: Path, object_file: bytes) -> None:
    """Write a file whole or not at all; where nothing can be written each process compiles for itself."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(object_file)
        Path(file.name).replace(path)
    except OSError:
        return
