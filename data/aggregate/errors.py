"""The one error of aggregation: rows that cannot be counted, with the remedy."""


class AggregateError(ValueError):
    """Nothing was counted; the message is Danish and says what to do. It never repeats what stands in a row."""
