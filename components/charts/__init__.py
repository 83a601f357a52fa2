"""The pictures: one file a picture, each a pure function from rows of a release to a Plotly figure.

Give a figure to `st.plotly_chart(figure, theme=None, config=CONFIG, width="stretch")`; with Streamlit's own theme
the design below is overwritten. Nothing is computed here: intervals, verdicts and limits come with the rows.
"""

from components.charts.criterion import criterion
from components.charts.criterion_labels import Point
from components.charts.dots import dot_and_interval
from components.charts.multiples import small_multiples
from components.charts.quadrant import quadrant
from components.charts.recorded import recorded
from components.charts.style import CONFIG
from components.charts.trend import trend

__all__ = [
    "CONFIG",
    "Point",
    "criterion",
    "dot_and_interval",
    "quadrant",
    "recorded",
    "small_multiples",
    "trend",
]
