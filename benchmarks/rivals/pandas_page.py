"""A rival: what one writes in an afternoon. A page that reads the files and computes while somebody waits.

It shows less than a page of ours: no protection, no correction for many comparisons, no control limits.
"""

from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st
from statsmodels.stats.proportion import proportion_confint

DATA = Path(__file__).parents[2] / "data" / "example"

survey = pd.concat([pd.read_csv(DATA / f"survey_{kind}.csv") for kind in ("official", "example")])
incidents = pd.concat(
    [pd.read_csv(DATA / f"incidents_{kind}.csv", dtype={"category": str}) for kind in ("official", "example")]
)
people = pd.concat([pd.read_csv(DATA / name) for name in ("population.csv", "population_example.csv")])

survey["low"], survey["high"] = proportion_confint(survey["share"] * survey["n"], survey["n"], method="wilson")
counts = incidents.merge(people[["period", "area_id", "residents"]], on=["period", "area_id"], how="left")
counts["rate"] = 1000 * counts["count"] / counts["residents"]
counts = counts.sort_values(["area_id", "category", "period"])
counts["last_year"] = counts.groupby(["area_id", "category"])["rate"].shift(4)
counts["change"] = counts["rate"] / counts["last_year"] - 1

st.title("Tryghed")
area = st.selectbox("Område", sorted(counts["area_id"].unique()))
category = st.selectbox("Lovovertrædelse", sorted(counts["category"].unique()))
indicator = st.selectbox("Spørgsmål", sorted(survey["indicator"].unique()))
asked = survey[survey["indicator"] == indicator]
newest = asked.sort_values("wave").drop_duplicates("area_id", keep="last")
kind = counts[counts["category"] == category]

left, right = st.columns(2)
with left:
    st.plotly_chart(px.line(asked, x="wave", y="share", color="area_id"), key="line")
    st.plotly_chart(px.scatter(newest, x="share", y="area_id", error_x=newest["high"] - newest["share"]), key="dots")
with right:
    st.plotly_chart(px.line(kind[kind["area_id"] == area], x="period", y="rate"), key="rate")
    st.plotly_chart(px.bar(kind[kind["period"] == kind["period"].max()], x="area_id", y="change"), key="bar")
small = px.line(kind, x="period", y="rate", facet_col="area_id", facet_col_wrap=6)
st.plotly_chart(small, key="small")
st.dataframe(kind)
