"""What if: controls beside the answer; the change told through money, time, goals and people; Varianten kept and
compared.
"""

import streamlit as st

from pages.parts.whatif import controls, keep
from pages.parts.whatif.answers import answered, try_out
from pages.shell.help import title
from pages.shell.session import open_plan
from pages.shell.variant import Base, to_address

now = open_plan()
title("was-waere-wenn")
base, newest = Base.of(now), now.version.number
if base.version != newest:
    left, right = st.columns([0.7, 0.3], vertical_alignment="center")
    left.warning(f"Dieser Link wurde auf Version {base.version} angelegt; der Plan steht bei Version {newest}.")
    if right.button(f"Mit Version {newest} rechnen"):
        to_address(newest)
        st.rerun()
try_out(base, 0.26, controls.all_of, answered, lambda: keep.with_it(now, base))
keep.beside(now, base)
keep.forms(now, base)
