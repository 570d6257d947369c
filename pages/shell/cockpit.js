// What the page needs and Streamlit has no option for: German words of its own widgets, keys of a presenter,
// Escape that closes the innermost thing only, a link to copy, the tour of the first visit. It reads no data and asks no other host.
"use strict";
(() => {
  // else Streamlit looks for its server below the page's own address first, and every deep link begins with two 404
  window.__streamlit = { BACKEND_BASE_URL: new URL(".", document.currentScript.src).href };

  // drafts of a form belong to this browser: the server finds them by this token
  if (!/(^|; )entwurf=[0-9a-f]{24}(;|$)/.test(document.cookie)) {
    const token = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0"));
    document.cookie = `entwurf=${token.join("")}; path=/; max-age=2592000; samesite=strict`;
  }

  // the tour of the first visit: what has been seen or dismissed is remembered in this browser, anew with each visit
  const remember = () => { document.cookie = "rundgang=gesehen; path=/; max-age=34560000; samesite=strict"; };
  let toured = /(^|; )rundgang=gesehen(;|$)/.test(document.cookie);
  if (toured) remember();
  const STEPS = [
    ["Überblick", "Hier steht, wie es um den Plan steht: was er kostet, was als Nächstes kommt und was noch ungeklärt ist. Hinter jeder Zahl öffnet „woher?“ Rechenweg und Quelle; gepunktet unterstrichene Wörter erklären sich beim Anklicken."],
    ["Was wäre, wenn", "Hier lässt sich ausprobieren, was Mehrkosten, Verzug oder Verzicht für Geld, Zeit und Ziele bedeuten. Der Plan bleibt dabei, wie er ist; was sich bewährt, wird als Variante behalten."],
    ["Daten", "Hier ist alles eingetragen, auch als Excel-Mappe hinaus und herein. Jedes Speichern legt eine Version an, die sich wiederherstellen lässt."],
  ];
  const tour = document.createElement("section");
  tour.className = "rundgangfeld";
  tour.id = "rundgang";
  tour.tabIndex = -1;
  for (const [name, value] of [["role", "dialog"], ["aria-label", "Rundgang"], ["popover", "manual"]]) tour.setAttribute(name, value);
  const made = (tag, text, className, press) => {
    const node = Object.assign(document.createElement(tag), { textContent: text, className });
    if (press) node.addEventListener("click", press);
    return node;
  };
  const point = (name) => {
    for (const link of document.querySelectorAll("[data-testid=stTopNavLink]")) {
      link.classList.toggle("rundgangziel", link.textContent.trim() === name);
    }
  };
  const leave = () => {
    remember();
    toured = true;
    point("");
    tour.remove(); // one that is hidden would still count as a dialog for the keys below
  };
  const step = (at) => {
    const [where, words] = STEPS[at];
    const buttons = made("div", "", "rundgangknoepfe");
    buttons.append(made("button", at ? "Überspringen" : "Nicht mehr zeigen", "", leave));
    if (at) buttons.append(made("button", "Zurück", "", () => step(at - 1)));
    const last = at === STEPS.length - 1;
    buttons.append(made("button", last ? "Fertig" : "Weiter", "haupt", last ? leave : () => step(at + 1)));
    tour.replaceChildren(made("p", `Rundgang ${at + 1} von ${STEPS.length}`, "rundgangzahl"), made("h2", where, ""), made("p", words, ""), buttons);
    point(where);
    buttons.lastChild.focus();
  };
  const slides = () => /\/praesentation\/?$/.test(window.location.pathname);
  const guide = () => {
    if (!tour.isConnected) { document.body.append(tour); tour.showPopover(); }
    step(0);
  };
  const welcome = () => { // the first screen that is there begins it; no slide does, and none keeps it
    if (slides()) { tour.remove(); return; }
    if (toured || !document.querySelector("h1")) return;
    toured = true;
    guide();
  };

  const GERMAN = new Map(Object.entries({
    "No results": "Nichts gefunden",
    "Choose an option": "Auswählen",
    "Choose options": "Auswählen",
    "Select all": "Alles auswählen",
    "Clear all": "Alles entfernen",
    "Clear value": "Leeren",
    "Copy to clipboard": "Kopieren",
    "Main menu": "Hauptmenü",
    "Skip to main content": "Zum Inhalt",
    "Page not found": "Diese Seite gibt es nicht",
    "Connection error": "Keine Verbindung",
    "Close": "Schließen",
    "Open": "Öffnen",
    "Dismiss": "Schließen",
    "Upload": "Datei wählen",
    "Browse files": "Datei wählen",
    "Delete": "Entfernen",
    "Remove": "Entfernen",
    "Stop": "Anhalten",
    "Running...": "Rechnet …",
    "Fullscreen": "Vollbild",
    "Close fullscreen": "Vollbild beenden",
    "open": "offen",
    "App pages": "Bildschirme",
    "Show help": "Erklärung",
    "View less": "Weniger",
  }));
  const PARTS = [
    [/^The page that you have requested does not seem to exist\.?.*$/, "Gezeigt wird der Überblick."],
    [/^Press Enter to .*$/, "Mit der Eingabetaste übernehmen"],
    [/^Select is not a valid choice\. (.*) not found\.?$/, "„$1“ gibt es nicht"],
    [/^Remove (.*)$/, "$1 entfernen"],
    [/^Clear (.*)$/, "$1 leeren"],
    [/^Show data: (.*)$/, "Tabelle zeigen: $1"],
    [/^Help for (.*)$/, "Erklärung zu $1"],
    [/^-(\d+[\s\u00a0]%)$/, "\u2212$1"],
    [/^(\d+) more$/, "$1 weitere"],
    [/^(\d+) options? available\.$/, "$1 Einträge zur Auswahl."],
    [/^X-axis (.*)$/, "Waagerechte Achse"],
    [/^Y-axis (.*)$/, "Senkrechte Achse"],
    [/^(Symbol|Gradient) legend (.*)$/, "Legende"],
  ];
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "aria-roledescription", "alt"];
  const MARKS = { group: "Gruppe", symbol: "Punkt", text: "Beschriftung", rule: "Linie", line: "Linie", rect: "Balken",
    shape: "Fläche", arc: "Bogen", area: "Fläche", trail: "Linie", path: "Form" };
  const ROLES = { axis: "Achse", legend: "Legende", title: "Titel" };
  const role = (text) => ROLES[text] ?? MARKS[text.match(/^(\w+) mark( container)?$/)?.[1]] ?? text;

  const OURS = "[data-testid=stMarkdownContainer], [data-testid=stHtml], textarea, style, script"; // what the plan says

  const WIDGETS = "[data-testid=stFileUploader], [data-testid=stSlider]"; // what is theirs though it looks like ours

  const german = (text) => {
    const bare = text.trim();
    if (!bare) return text;
    if (GERMAN.has(bare)) return text.replace(bare, GERMAN.get(bare));
    const found = PARTS.find(([pattern]) => pattern.test(bare));
    return found ? text.replace(bare, bare.replace(...found)) : text;
  };
  const say = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const own = node.parentElement?.closest(OURS) && !node.parentElement.closest(WIDGETS);
      const said = own ? node.nodeValue : german(node.nodeValue);
      if (said !== node.nodeValue) node.nodeValue = said; // only what differs: writing wakes the observer again
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of ATTRIBUTES) {
      const text = node.getAttribute(name);
      const said = text && (name === "aria-roledescription" ? role(text) : german(text));
      if (text && said !== text) node.setAttribute(name, said);
    }
    for (const child of node.childNodes) say(child);
  };
  const name = (root) => {
    for (const button of root.querySelectorAll?.("[data-testid=stFileUploaderDropzone] button") ?? []) {
      if (!button.getAttribute("aria-label")) button.setAttribute("aria-label", "Datei wählen");
    }
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") for (const node of addedNodes) { say(node); name(node.parentElement ?? node); }
      else say(target);
    }
    welcome();
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });

  const INNER = "[aria-expanded=true][role=combobox], [aria-expanded=true][aria-haspopup], [role=listbox], [role=dialog], [popover]:popover-open";
  let inner = false;
  const inside = (selector) => document.activeElement?.closest(selector);
  window.addEventListener("keydown", (event) => {
    inner = !!document.querySelector(INNER);
    const turn = { PageDown: "weiter", PageUp: "zurueck", " ": "weiter" }[event.key];
    const button = turn && document.querySelector(`.st-key-folie_${turn} button`);
    if (!button || inner || event.ctrlKey || event.altKey || event.metaKey) return;
    if (inside("input, textarea, select, [role=slider], [role=combobox]")) return;
    if (event.key === " " && inside("button, summary, a")) return; // there it presses what has the focus
    event.preventDefault();
    if (!button.disabled) button.click();
  }, true);
  // what is open has had the key by now; the page's own shortcut sits further out and must not see it
  document.addEventListener("DOMContentLoaded", () => {
    document.body.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && tour.matches(":popover-open")) leave();
      if (event.key === "Escape" && inner) event.stopPropagation();
    });
  });

  // a link to an entry takes along what the address says: on its own screen all of it, on another the plan, the day and the
  // changes. On its own screen it turns the page without a reload, and Back turns it back.
  const ALONG = ["planung", "stichtag", "var", "stand"];
  const aimed = (link) => {
    link.dataset.to ??= link.getAttribute("href");
    const to = new URL(link.dataset.to, window.location.href), own = new Set(to.searchParams.keys());
    const same = to.pathname === window.location.pathname;
    for (const [name, value] of new URLSearchParams(window.location.search)) {
      if (!own.has(name) && name !== "ziel" && (same || ALONG.includes(name))) to.searchParams.append(name, value);
    }
    link.href = to.href;
    return same;
  };
  for (const name of ["pointerover", "focusin"]) {
    document.addEventListener(name, (event) => { const link = event.target.closest?.("a.eintrag"); if (link) aimed(link); });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.eintrag");
    if (!link || !aimed(link) || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    window.history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
  });

  const copied = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = Object.assign(document.createElement("textarea"), { value: text }); // without TLS there is no clipboard
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  };
  document.addEventListener("click", async (event) => {
    if (event.target.closest?.(".rundgang")) guide();
    const button = event.target.closest?.(".kopieren");
    if (!button) return;
    await copied(window.location.href);
    const was = button.textContent;
    button.textContent = "Link kopiert";
    setTimeout(() => { button.textContent = was; }, 2000);
  });
})();
