"""How it looks: tables, charts, maps and words. pandas, Altair and pydeck; never Streamlit."""
