"""The few lines of style that Streamlit's theme cannot say."""

CSS = """
.stMainBlockContainer {padding: 3.6rem 2rem 1.5rem 2rem; max-width: 1880px;}
.stMainBlockContainer h1 {font-size: 1.75rem; padding: 0 0 .25rem 0; line-height: 1.25;}
.stMainBlockContainer h2 {font-size: 1.25rem; padding: .25rem 0;}
.stMainBlockContainer h3 {font-size: 1.05rem; padding: 0 0 .1rem 0;}
[data-testid="InputInstructions"] {display: none;}
[data-testid="stElementToolbar"] {display: none;}
.st-key-stand p {color: #52606d; font-size: .95rem; margin: 0;}
.antwort {font-size: 1.3rem; line-height: 1.4; margin: 0 0 .4rem 0; color: #1f2933;}
.unsichtbar {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);}
.satz {margin: 0 0 .2rem 0; font-size: 1.02rem;}
.lagesatz {margin: 0; font-size: 1.02rem; line-height: 1.3;} .lagesatz a {white-space: nowrap; text-decoration: none; font-size: .92em;}
.legende {display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: .95rem;}
.farbe {display: inline-block; width: 1.1em; height: 1.1em; margin-right: .4em; vertical-align: -.15em; border: 1px solid #9aa5b1;}
.lage {margin: 0; padding: 0; list-style: none;}
.annahme {border: 1.5px dotted #7b4ea3; border-radius: 3px; padding: 0 .3em; color: #5f3a86; font-size: .85em; white-space: nowrap;}
.beleg {color: #52606d; font-size: .85em; white-space: nowrap;}
.herkunft {color: #52606d; font-size: .9em;}
.woher ul {padding-left: 1.1rem; margin: .1rem 0 .2rem 0;}
.woher li {margin: .12rem 0;}
.zeile {display: grid; grid-template-columns: 9.5rem 1fr 12rem; gap: .6rem; padding: .28rem 0; border-bottom: 1px solid #e4e7eb; font-size: .98rem;}
.zeile .wann {font-weight: 600;} .zeile .wer {color: #52606d; text-align: right;}
.ungeklaert {margin: 0; padding-left: 1.1rem; font-size: .98rem;} .ungeklaert li {margin: .15rem 0;}
"""
