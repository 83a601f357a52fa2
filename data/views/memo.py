"""Keeps what follows from a release and a view: the second reader of the same view does not wait for it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from data.views.view import ViewContext

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Ask = Callable[Concatenate[ViewContext, Asked], Answer]


def memoized_by_view(*fields: str) -> Callable[[Ask[Asked, Answer]], Ask[Asked, Answer]]:
    """Let a function of a view keep its answers with the release, by those fields of the view that it looks at.

    All else that the answer depends on must stand in the function's arguments, which must be hashable. The answer is
    shared between sessions: give out what nobody writes to.
    """

    def keeping(ask: Ask[Asked, Answer]) -> Ask[Asked, Answer]:
        @wraps(ask)
        def answer(context: ViewContext, /, *arguments: Asked.args, **named: Asked.kwargs) -> Answer:
            looked_at = tuple(getattr(context.view, field) for field in fields)
            what = (ask.__module__, ask.__qualname__, looked_at, arguments, tuple(sorted(named.items())))
            return context.release.get_or_make(what, lambda: ask(context, *arguments, **named))

        return answer

    return keeping
