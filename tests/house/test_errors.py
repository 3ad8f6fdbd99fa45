"""Errors carry every fault, say it plainly, and survive a trip between processes."""

from __future__ import annotations

import pickle

import pytest

from foedus import errors
from foedus.errors import Fault, FoedusError

CLASSES = [FoedusError, *FoedusError.__subclasses__()]
FAULTS = (
    Fault(at="hold", found=1.3, must="lie between 0 and 1", do="If odds were meant, write 0.565."),
    Fault(at="delay", found=-2, must="be 0 or more"),
)


@pytest.mark.parametrize("cls", CLASSES)
def test_an_error_comes_back_whole_from_another_process(cls: type[FoedusError]) -> None:
    sent = cls("ardal.yaml", FAULTS)
    back = pickle.loads(pickle.dumps(sent))  # noqa: S301 - made on the line above
    assert type(back) is cls
    assert (back.where, back.faults, str(back)) == (sent.where, sent.faults, str(sent))


def test_several_faults_are_counted_and_listed() -> None:
    assert str(errors.CaseError("ardal.yaml", FAULTS)) == (
        "ardal.yaml: 2 faults\n"
        "hold is 1.3; it must lie between 0 and 1. If odds were meant, write 0.565.\n"
        "delay is -2; it must be 0 or more."
    )


def test_a_single_fault_stays_on_one_line() -> None:
    error = errors.ReportError("a.txt", (Fault(at="", found="an empty file", must="hold text"),))
    assert str(error) == "a.txt: found an empty file; it must hold text."


def test_every_class_stands_in_the_tree_drawn_at_the_top_of_the_module() -> None:
    drawn = errors.__doc__ or ""
    assert all(cls.__name__ in drawn for cls in CLASSES)
