"""How much a template may ask for: an officer's slip, or a borrowed template, must not hold the program."""

import re
from collections.abc import Callable, Sized
from contextvars import ContextVar
from functools import wraps
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateRuntimeError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_STEPS = 100_000
"""How far one rendering may count with `range`, what `*` may make of a word, how wide a column may be."""
MOST_WORK = 2_000_000
"""Steps of one rendering: turns of a loop, calls, filters, and every 64 characters of what they give."""
CALL = 10
"""Steps of one call or filter, which takes about so much longer than a turn of a loop."""
LONGEST = 4_000_000
"""Characters of one value, some forty times the longest edition that can be sent."""
MOST_BITS = 10_000

_WIDTH = re.compile(r"[0-9]{6}")
_WORDS = frozenset({
    "capitalize", "casefold", "count", "endswith", "find", "format", "format_map", "index", "isalnum",
    "isalpha", "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper", "join",
    "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex",
    "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "striptags",
    "swapcase", "title", "unescape", "upper",
})  # fmt: skip
"""What a template may do with words; the others pad them to any length, or make bytes."""

_counted: ContextVar[int] = ContextVar("_counted", default=0)
_worked: ContextVar[int] = ContextVar("_worked", default=0)


def begin() -> None:
    """Start one rendering, which has all its steps before it."""
    _counted.set(0)
    _worked.set(0)


def count(*bounds: int) -> range:
    """Count, within what is left for this rendering."""
    numbers = range(*bounds)
    _counted.set(_counted.get() + len(numbers))
    if _counted.get() > MOST_STEPS:
        raise TemplateRuntimeError(f"it counts further than {MOST_STEPS:,} with range")
    return numbers


def work(steps: int) -> None:
    """Take steps off what is left; no loop goes on for ever."""
    _worked.set(_worked.get() + steps)
    if _worked.get() > MOST_WORK:
        raise TemplateRuntimeError(
            "it takes too long: a loop goes round too often, or calls itself too often"
        )


def sized(value: Any) -> Any:
    """Let a value through that is not too long; a list within itself, many times over, is."""
    if isinstance(value, str):
        work(1 + len(value) // 64)
        if len(value) > LONGEST:
            raise TemplateRuntimeError("what it makes is too large")
    elif isinstance(value, list | tuple | dict):
        _weigh(value)
    return value


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which everything that takes time or room is counted."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def guard(self) -> None:
        """Put the counters in front of every filter there is so far."""
        del self.filters["random"]  # an edition is the same whenever it is composed
        self.filters = {name: _guarded(one) for name, one in self.filters.items()}
        self.filters.update(counted=_turns, sized=sized)
        self.globals = {**self.globals, "range": count}
        self.globals.pop("lipsum", None)
        self.finalize = sized

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            cost = 1 + sum(len(one.data) for one in loop.find_all(nodes.TemplateData)) // 64
            loop.iter = _filter(loop.iter, "counted", nodes.Const(cost))
        for joined in tree.find_all(nodes.Concat):
            joined.nodes = [_filter(one, "sized") for one in joined.nodes]
        for kept in tree.find_all(nodes.AssignBlock):
            kept.filter = _filter(kept.filter, "sized", lineno=kept.lineno)
        return tree

    def call(self, context: Context, what: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call something, once its numbers and words are seen to be small enough."""
        work(CALL)
        _measure((*args, *kwargs.values()), getattr(what, "__self__", ""))
        return sized(super().call(context, what, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Add, multiply, raise or format, unless what comes out is too large."""
        try:
            _OPERATIONS[operator](left, right)
            return sized(super().call_binop(context, operator, left, right))
        except TypeError as fault:
            raise TemplateRuntimeError(str(fault)) from fault

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may look at this; of words, what cannot pad them to any length."""
        if isinstance(obj, str):
            if attr in ("format", "format_map") and _WIDTH.search(obj):
                raise TemplateRuntimeError("a width in what it formats is too large")
            return attr in _WORDS
        return not isinstance(obj, int | float | bytes) and super().is_safe_attribute(obj, attr, value)


def _filter(node: Any, name: str, *arguments: nodes.Expr, lineno: int | None = None) -> nodes.Filter:
    return nodes.Filter(
        node, name, list(arguments), [], None, None, lineno=lineno or getattr(node, "lineno", None)
    )


def _turns(values: Any, cost: int) -> Any:
    """Take the turns of a loop off what is left, and give what it goes through."""
    if isinstance(values, Sized):
        work(len(values) * cost)
        return values
    return _each(values, cost)


def _each(values: Any, cost: int) -> Any:
    for value in values:
        work(cost)
        yield value


def _guarded(own: Callable[..., Any]) -> Callable[..., Any]:
    """Give a filter that is measured before and after."""
    first = 2 if hasattr(own, "jinja_pass_arg") else 1

    @wraps(own)
    def run(*args: Any, **kwargs: Any) -> Any:
        _measure((*args[first:], *kwargs.values()), args[first - 1] if len(args) >= first else "")
        if (
            isinstance(args[first - 1], str)
            and own.__name__ == "do_format"
            and _WIDTH.search(args[first - 1])
        ):
            raise TemplateRuntimeError("a width in what it formats is too large")
        work(CALL)
        return sized(own(*args, **kwargs))

    return run


def _measure(arguments: tuple[Any, ...], value: Any) -> None:
    """See that no number is a length nobody means, nor one word put into another too often."""
    lengths = sorted(len(one) for one in (value, *arguments) if isinstance(one, str | list | tuple | dict))
    if len(lengths) > 1 and lengths[-1] * lengths[-2] > 5 * LONGEST:
        raise TemplateRuntimeError("what it makes is too large")
    for one in arguments:
        if isinstance(one, int) and abs(one) > MOST_STEPS:
            raise TemplateRuntimeError(
                f"a number is too large: no more than {MOST_STEPS:,} can be meant here"
            )
        if isinstance(one, list | tuple | dict):
            _weigh(one)
    if isinstance(value, list | tuple | dict):
        _weigh(value)


def _weigh(value: Any) -> None:
    """Count what is in a list, and in the lists in it, each as often as it would be printed."""
    left, waiting = MOST_STEPS, [value]
    while waiting:
        one = waiting.pop()
        inner = list(one.values()) if isinstance(one, dict) else one
        left -= len(inner)
        if left < 0:
            raise TemplateRuntimeError("what it makes is too large")
        waiting.extend(each for each in inner if isinstance(each, list | tuple | dict))
        if any(isinstance(each, int) and abs(each) > 1 << 64 for each in inner):
            raise TemplateRuntimeError("a number is too large")


def _added(left: Any, right: Any) -> None:
    if (
        isinstance(left, str | list | tuple)
        and isinstance(right, type(left))
        and len(left) + len(right) > LONGEST
    ):
        raise TemplateRuntimeError("what it makes is too large")


def _multiplied(left: Any, right: Any) -> None:
    for words, times in ((left, right), (right, left)):
        repeats = isinstance(words, str | list | tuple) and isinstance(times, int)
        if repeats and len(words) * times > MOST_STEPS:
            raise TemplateRuntimeError("it repeats something too often with *")
    if (
        isinstance(left, int)
        and isinstance(right, int)
        and left.bit_length() + right.bit_length() > MOST_BITS
    ):
        raise TemplateRuntimeError("a number is too large")


def _raised(left: Any, right: Any) -> None:
    large = isinstance(left, int) and isinstance(right, int) and left.bit_length() * abs(right) > MOST_BITS
    if large or (isinstance(right, int | float) and abs(right) > 100):
        raise TemplateRuntimeError("the power after ** is too high")


def _formatted(left: Any, right: Any) -> None:
    if isinstance(left, str):
        if _WIDTH.search(left):
            raise TemplateRuntimeError("a width in what it formats is too large")
        values = right if isinstance(right, tuple) else (right,)
        _measure(values if "*" in left else tuple(one for one in values if not isinstance(one, int)), "")


_OPERATIONS = {"+": _added, "*": _multiplied, "**": _raised, "%": _formatted}
