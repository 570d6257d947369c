"""The few lines of style that Streamlit's theme cannot say."""

CSS = """
@media (min-width: 1700px) {html {font-size: 18px;}}
.stMainBlockContainer {padding: 3.9rem 1.8rem 1.2rem 1.8rem; max-width: 1880px;}
.stMainBlockContainer > div > .stVerticalBlock, .stMainBlockContainer > .stVerticalBlock {gap: .7rem;}
.stMainBlockContainer h1 {font-size: 1.7rem; padding: 0 0 .15rem 0; line-height: 1.2;}
.stMainBlockContainer h3 {font-size: 1.1rem; padding: 0 0 .3rem 0;}
[data-testid="InputInstructions"], [data-testid="stElementToolbar"] {display: none;}
.st-key-stand p {color: #52606d; font-size: .95rem; margin: 0;}
.st-key-lage, .st-key-naechstes {min-height: 19.2rem; padding: .6rem .9rem; gap: .36rem;}
.st-key-lage [data-testid="stHeading"], .st-key-naechstes [data-testid="stHeading"] {margin-bottom: .4rem;}
.antwort {font-size: 1.3rem; line-height: 1.35; margin: .25rem 0 0 0; color: #1f2933;}
.satz {margin: 0; font-size: 1.03rem; line-height: 1.32;} .satz a {color: #2b5fa6; white-space: nowrap; text-decoration: none; font-size: .92em;}
.unsichtbar {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);}
.annahme {border: 1.5px dotted #7b4ea3; border-radius: 3px; padding: 0 .3em; color: #5f3a86; font-size: .85em; white-space: nowrap;}
.beleg {color: #52606d; font-size: .85em; white-space: nowrap;}
.herkunft {color: #52606d; font-size: .9em; margin: 0;}
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p {color: #52606d !important; opacity: 1 !important;}
.zeile {display: flex; gap: .6rem; align-items: baseline;} .zeile p {flex: 0 1 auto;} .st-key-lage .zeile, .st-key-lage .satz {margin-bottom: .22rem;}
.knopf {background: none; border: 0; padding: 0 .2rem; font: inherit; font-size: .95rem; color: #2b5fa6; cursor: pointer; white-space: nowrap;} .knopf:hover, .knopf:focus-visible {text-decoration: underline;}
.woher {max-width: min(54rem, 92vw); max-height: 80vh; overflow: auto; border: 1px solid #9aa5b1; border-radius: 8px; padding: .9rem 1.2rem; color: #1f2933; font-size: 1rem; line-height: 1.4; box-shadow: 0 6px 30px rgba(0,0,0,.25);} .woher::backdrop {background: rgba(31,41,51,.12);}
.antwortfeld {min-height: 7.6rem;} .antwortfeld .antwort {font-size: 1.42rem; line-height: 1.32;}
.folgen {display: flex; flex-wrap: wrap; gap: .3rem 2rem; margin: .2rem 0 .5rem 0; padding: .5rem .8rem; background: #f3f4f1; border-radius: 6px;} .folgen div {flex: 1 1 9rem;}
.folgen dt {color: #52606d; font-size: .92rem; font-weight: 400; line-height: 1.25; white-space: nowrap;} .folgen dd {margin: 0; font-size: 1.25rem; font-weight: 600; line-height: 1.2;} .folgen .dazu {font-size: .92rem; font-weight: 400; color: #3e4c59;} .gross .folgen dd {font-size: 1.6rem;} .gross .folgen dt, .gross .folgen .dazu {font-size: 1.15rem;}
.kette {margin: .2rem 0 .4rem 0; padding-left: 1.3rem; line-height: 1.35;} .kette li {margin: .2rem 0;}
.folge {margin: .1rem 0 .5rem 0;} .folge summary {color: #2b5fa6; cursor: pointer; font-size: .95rem;}
.folientext {font-size: 1.75rem; line-height: 1.32; margin: .2rem 0 .8rem 0;} .folientext.klein {font-size: 1.25rem;}
[data-testid="stSliderTickBar"], [data-testid="stSliderTickBar"] * {color: #3e4c59 !important; transition: none !important;}
kbd {color: #3e4c59 !important; opacity: 1 !important;} button:disabled kbd {color: #52606d !important;}
.foliennummer {color: #52606d; text-align: center; margin: 0; white-space: nowrap;} .gross .leiter {font-size: 1.45rem;} .gross .leiter .stufe {width: 9rem; padding: .7rem .4rem;}
.tafeltitel {font-size: 1.05rem !important; padding: .3rem 0 .1rem 0 !important;}
.woher ul {padding-left: 1.1rem; margin: .1rem 0 .2rem 0;} .woher li {margin: .12rem 0;}
.zitat {border-left: 3px solid #cbd2d9; padding-left: .7rem; margin-top: .5rem; line-height: 1.35;}
.legende {display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: .95rem;}
.farbe {display: inline-block; width: 1.1em; height: 1.1em; margin-right: .4em; vertical-align: -.15em; border: 1px solid #9aa5b1;}
.rahmen {overflow-x: auto;} .tafel {border-collapse: collapse; width: 100%; font-size: .95rem; line-height: 1.3;}
.tafel th, .tafel td {border: 0; border-bottom: 1px solid #e4e7eb; padding: .32rem .7rem .32rem 0; text-align: left; vertical-align: top; white-space: pre-line;}
.tafel td:last-child {min-width: 12rem;} .tafel th {color: #52606d; font-weight: 600; white-space: nowrap;} .tafel .zahl, .tafel th.zahl {text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums;}
[data-testid="stFileUploaderDropzoneInstructions"] {display: none;}
[data-testid="stFileUploaderDropzone"] [data-testid="stBaseButton-secondary"] > * {display: none;} [data-testid="stFileUploaderDropzone"] [data-testid="stBaseButton-secondary"]::after {content: "Datei wählen"; font-size: 1rem;}
.ungeklaert {margin: 0; padding-left: 1.1rem; font-size: 1.03rem;} .ungeklaert li {margin: .12rem 0; line-height: 1.3;}
.termine, .leiter, .matrix {border-collapse: separate; border-spacing: 4px 3px; font-size: 1rem; line-height: 1.25;}
.termine {width: 100%; border-collapse: collapse;} .termine th, .termine td {border: 0; border-bottom: 1px solid #e4e7eb; padding: .3rem .5rem .3rem 0; vertical-align: top; text-align: left;}
.termine th {white-space: nowrap; font-weight: 600;} .termine .wer {color: #52606d; text-align: right;}
.leiter {width: 100%;} .leiter td, .leiter th {border: 0; padding: .2rem .4rem;} .leiter thead th {font-weight: 600; text-align: center; color: #3e4c59;}
.leiter tbody th {text-align: left; font-weight: 600; white-space: nowrap;} .leiter .fehlt {font-size: .95rem; padding-left: .8rem; width: 36%;}
.leiter .stufe {text-align: center; border-radius: 4px; font-weight: 600; width: 6.1rem; white-space: nowrap; border: 2px solid transparent;}
.stufe-ja {background: #2b5fa6; color: #fff;}
.leiter .stufe-annahme {background: #fff; color: #5f3a86; border: 2px dotted #7b4ea3;}
.leiter .stufe-unbekannt {color: #3e4c59; border: 1px solid #9aa5b1; background: repeating-linear-gradient(45deg, #f3f5f7, #f3f5f7 5px, #dde2e7 5px, #dde2e7 7px);}
.leiter .stufe-nein {background: #fbeaea; color: #8f1616; border: 2px solid #a61b1b;}
.matrix {border-spacing: 2px;} .matrix td, .matrix th {border: 0; padding: .12rem .3rem;} .matrix tbody th {text-align: left; font-weight: 400; width: 26rem;}
.matrix tbody td {width: 2.5rem; height: 2rem; text-align: center; font-weight: 600; background: #f7f7f5;}
.matrix thead th {vertical-align: bottom; font-weight: 400; padding: 0;} .matrix thead span {writing-mode: vertical-rl; transform: rotate(180deg); max-height: 15rem; line-height: 1.1;}
.matrix .w-p3 {background: #1d4f91; color: #fff;} .matrix .w-p2 {background: #3d75ae; color: #fff;} .matrix .w-p1 {background: #c6d8ea;}
.matrix .w-m1 {background: #f3d3b0;} .matrix .w-m2 {background: #b3611a; color: #fff;} .matrix .w-m3 {background: #8c4a08; color: #fff;}
.matrix .w-0 {background: #e4e7eb;} .matrix .w-offen {background: #fff; outline: 1.5px dashed #9aa5b1; outline-offset: -2px;}
"""
