"""A process that gives up the network, other programs, and all files but a few, which it may only read.

Two doors of Linux need neither root nor a library: seccomp, which refuses calls to the system by their number, and
Landlock, which refuses files by the folder they are in. Other systems have neither.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Confined:
    """What a process has given up."""

    network: bool
    files: bool


def confine(readable: Iterable[Path] = ()) -> Confined:
    """From here on this process opens no socket, starts no program, writes no file, and reads only below the folders
    *readable*; what it gave up is returned, as a system may lack either door.

    What is open already stays open. It holds for this thread and those that it starts, and cannot be undone.
    """
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return Confined(network=False, files=False)
    libc = ctypes.CDLL(None, use_errno=True)
    # Both doors open only to who promises to gain no rights by starting programs.
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return Confined(files=_leave_files(libc, readable), network=_leave_network(libc))


_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2

# -- the network ----------------------------------------------------------------------------------

_REFUSED = {
    # socket, socketpair, connect, accept, accept4, bind, listen, sendto, sendmsg, sendmmsg, io_uring_setup (which
    # could do all that), execve, execveat
    "x86_64": (0xC000003E, (41, 53, 42, 43, 288, 49, 50, 44, 46, 307, 425, 59, 322)),
    "aarch64": (0xC00000B7, (198, 199, 203, 202, 242, 200, 201, 206, 211, 269, 425, 221, 281)),
}
"""By machine: its number for the kernel, and the calls that are refused."""

_X32 = 0x40000000
"""Calls of the x32 kind begin here: the same calls by other numbers."""

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _leave_network(libc: ctypes.CDLL) -> bool:
    if platform.machine() not in _REFUSED:
        return False
    code = _filter(*_REFUSED[platform.machine()])
    program = _Program(len(code) // 8, code)
    return bool(libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _filter(machine: int, refused: tuple[int, ...]) -> bytes:
    """A program for the kernel's filter: "permission denied" for the calls *refused*, and for all of another machine."""
    tests = [(_IF_AT_LEAST, _X32), *((_IF_EQUAL, number) for number in refused)]
    lines = [(_LOAD, 0, 0, 4), (_IF_EQUAL, 0, len(tests) + 2, machine), (_LOAD, 0, 0, 0)]
    # Each test goes to the last line if it holds, else to the next.
    lines += [(test, len(tests) - place, 0, number) for place, (test, number) in enumerate(tests)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


# -- files ----------------------------------------------------------------------------------------

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _BELOW = 1, 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many rights over files a version of Landlock knows; 16 from the fifth on."""


def _leave_files(libc: ctypes.CDLL, readable: Iterable[Path]) -> bool:
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)
    if version < 1:
        return False
    handled = struct.pack("=Q", (1 << _RIGHTS.get(version, 16)) - 1)
    rules = libc.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(len(handled)), 0)
    if rules < 0:
        return False
    try:
        for folder in readable:
            try:
                place = os.open(folder, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue  # what is not there cannot be read anyway
            below = struct.pack("=Qi", _READ_FILE | _READ_FOLDER, place)
            libc.syscall(_ADD_RULE, rules, _BELOW, below, 0)
            os.close(place)
        return bool(libc.syscall(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)
