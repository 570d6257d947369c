// A grid of weights for the keyboard. Here, and not on the server, lies what is typed: a rerun may tell new weights, it
// never takes an edit away but one that it names as saved. No request, no data but what the screen gives.
import { Post } from "./post.js";
import { legend, made, short, shown, spot, style, words } from "./words.js";

const KEPT = new Map(); // what was typed, by the epoch of the grid: outlives a redraw of its place on the screen
const GRIDS = new WeakMap();

class Grid {
  constructor(root) {
    this.line = made("p", { class: "zelle", "aria-live": "polite" });
    this.area = made("div", { class: "flaeche" });
    this.frame = made("div", {}, legend(), this.line, this.area);
    root.append(this.frame);
    this.at = [0, 0];
    this.edits = new Map();
    this.post = new Post((number) => this.send("stand", { ...this.stand(), number }));
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("focusin", (event) => this.arrive(event.target));
    this.area.addEventListener("focusout", ({ relatedTarget }) => { if (!this.area.contains(relatedTarget)) this.rest(); });
    this.area.addEventListener("mousedown", (event) => this.press(event));
  }

  // what the server says

  take(data, send) {
    this.send = send;
    this.answer = data.answer;
    this.post.answered(data.heard);
    if (data.epoch !== this.epoch) this.begin(data);
    else if (data.turn !== this.kept.turn) this.saved(data);
    const shape = JSON.stringify([data.rows, data.columns, data.label]);
    this.weights = new Map(data.cells.map(([row, column, weight]) => [spot(row, column), weight]));
    if (shape !== this.shape) this.build(data, shape);
    else for (const cell of this.cells.flat()) this.paint(cell);
    this.tell();
  }

  begin(data) {
    const known = KEPT.get(data.epoch);
    KEPT.delete(this.epoch); // an epoch that is over never comes back
    this.epoch = data.epoch;
    this.kept = known ?? { turn: data.turn, edits: new Map(data.edits.map(([row, column, weight]) => [spot(row, column), weight])) };
    KEPT.set(data.epoch, this.kept);
    this.edits = this.kept.edits;
    this.at = this.kept.focused || this.at; // its place on the screen was drawn anew: go on where the keys were
    if (known && data.turn !== known.turn) this.saved(data);
  }

  saved(data) { // what was typed after it was saved differs from it, and stays
    this.kept.turn = data.turn;
    for (const [row, column, weight] of data.taken) {
      const cell = spot(row, column);
      if (this.edits.get(cell) === weight) this.edits.delete(cell);
    }
    this.report();
  }

  // drawing

  build(data, shape) {
    const lost = this.kept.focused && document.activeElement === document.body;
    const focused = this.focused() || lost;
    this.kept.focused = false;
    Object.assign(this, { shape, rows: data.rows, columns: data.columns });
    this.heads = data.columns.map(([, name], n) =>
      made("th", { scope: "col", role: "columnheader", title: name, "aria-colindex": n + 2 }, made("span", {}, short(name))));
    const corner = made("td", { role: "gridcell", "aria-colindex": 1 }, data.corner);
    const body = made("tbody");
    this.cells = data.rows.map(([row, name], r) => {
      const head = made("th", { scope: "row", role: "rowheader", title: name, "aria-colindex": 1 }, name);
      const cells = data.columns.map(([column], c) => {
        const cell = made("td", { role: "gridcell", tabindex: -1, "aria-colindex": c + 2 });
        Object.assign(cell, { r, c, spot: spot(row, column) });
        return this.paint(cell);
      });
      body.append(made("tr", { role: "row", "aria-rowindex": r + 2 }, head, ...cells));
      return cells;
    });
    const size = { "aria-rowcount": data.rows.length + 1, "aria-colcount": data.columns.length + 1 };
    const top = made("tr", { role: "row", "aria-rowindex": 1 }, corner, ...this.heads);
    this.area.replaceChildren(made("table", { role: "grid", "aria-label": data.label, ...size }, made("thead", {}, top), body));
    this.at = [Math.min(this.at[0], data.rows.length - 1), Math.min(this.at[1], data.columns.length - 1)];
    if (this.here()) this.here().tabIndex = 0;
    if (focused) this.here()?.focus();
  }

  weight(cell) {
    return this.edits.has(cell.spot) ? this.edits.get(cell.spot) ?? this.empty(cell) : this.weights.get(cell.spot);
  }

  empty(cell) { return this.weights.has(cell.spot) ? null : undefined; } // a pair that is not named stays blank

  edited(cell) {
    return this.edits.has(cell.spot) && (this.edits.get(cell.spot) ?? null) !== (this.weights.get(cell.spot) ?? null);
  }

  paint(cell) {
    const weight = this.weight(cell), edited = this.edited(cell);
    const text = this.minus === cell ? "−…" : shown(weight), kind = `${style(weight)}${edited ? " neu" : ""}`;
    if (cell.textContent !== text) cell.textContent = text;
    if (cell.className !== kind) cell.className = kind;
    const said = `${this.columns[cell.c][1]} auf ${this.rows[cell.r][1]}: ${words(weight)}${edited ? ", geändert, nicht gespeichert" : ""}`;
    if (cell.said !== said) cell.setAttribute("aria-label", cell.said = said);
    return cell;
  }

  tell() {
    const cell = this.here();
    if (!cell) { this.line.textContent = ""; return; }
    const was = this.edited(cell) ? ` – geändert, noch nicht gespeichert (gespeichert: ${words(this.weights.get(cell.spot))})` : "";
    const parts = [made("b", {}, this.columns[cell.c][1]), " wirkt auf ", made("b", {}, this.rows[cell.r][1]), `: ${words(this.weight(cell))}${was}`];
    if (this.hint) parts.push(` · ${this.hint}`);
    if (this.answer && this.chosen === cell.spot) parts.push(made("br"), this.answer);
    const text = parts.map((part) => part.textContent ?? part).join("");
    if (this.line.textContent !== text) this.line.replaceChildren(...parts);
  }

  // moving

  here() { return this.cells?.[this.at[0]]?.[this.at[1]]; }
  focused() { return this.area.contains(this.area.getRootNode().activeElement); }

  go(row, column) {
    const before = this.here();
    const within = (wanted, all) => Math.max(0, Math.min(wanted, all.length - 1));
    this.at = [within(row, this.rows), within(column, this.columns)];
    if (before) before.tabIndex = -1;
    this.here().tabIndex = 0;
    this.here().focus({ preventScroll: true });
    this.here().scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  arrive(cell) {
    if (cell.spot === undefined) return;
    for (const marked of this.area.querySelectorAll(".hier")) marked.classList.remove("hier");
    cell.parentElement.classList.add("hier");
    this.heads[cell.c].classList.add("hier");
    this.hint = "";
    this.tell();
  }

  press(event) {
    const cell = event.target.closest("td");
    if (cell?.spot === undefined) return;
    event.preventDefault();
    this.go(cell.r, cell.c);
  }

  page() {
    const seen = this.area.clientHeight - this.heads[0].offsetHeight;
    return Math.max(1, Math.floor(seen / (this.here().offsetHeight + 1)) - 1);
  }

  rest() { // the focus leaves the matrix: whoever goes to save has everything told before
    this.sign(null);
    this.post.flush();
  }

  // keys

  key(event) {
    const cell = this.here();
    if (!cell || event.altKey || event.metaKey || (event.ctrlKey && !["Home", "End"].includes(event.key))) return;
    if (this.move(event) || this.type(event, cell)) {
      event.preventDefault();
      event.stopPropagation(); // the page's own shortcuts must not see it
    }
  }

  move({ key, ctrlKey }) {
    const [row, column] = this.at, last = this.columns.length - 1;
    const to = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      Home: [ctrlKey ? 0 : row, 0], End: [ctrlKey ? this.rows.length - 1 : row, last],
      PageUp: [row - this.page(), column], PageDown: [row + this.page(), column],
    }[key];
    if (!to) return false;
    this.sign(null);
    this.go(...to);
    return true;
  }

  type({ key }, cell) {
    const weight = this.weight(cell);
    this.hint = "";
    if (/^[0-3]$/.test(key)) this.set(cell, this.minus === cell ? 0 - Number(key) : Number(key));
    else if (key === "-" || key === "−") { if (weight) this.set(cell, -weight); this.sign(cell); }
    else if (key === "+") { if (weight) this.set(cell, Math.abs(weight)); }
    else if (key === "Delete" || key === "Backspace") this.set(cell, null);
    else if (key === "Escape" && (this.minus || this.edited(cell))) this.set(cell, this.weights.get(cell.spot) ?? null);
    else if (key === "Enter") { this.chosen = cell.spot; this.answer = ""; this.report(); }
    else if (/^[4-9]$/.test(key)) this.hint = "erlaubt sind 0 bis 3, mit Minus davor bis −3";
    else return false;
    this.tell();
    return true;
  }

  sign(cell) {
    const before = this.minus;
    this.minus = cell;
    for (const one of [before, cell]) if (one) this.paint(one);
  }

  set(cell, weight) {
    const value = weight === 0 ? 0 : weight; // minus zero is zero
    const held = this.edits.has(cell.spot) ? this.edits.get(cell.spot) : this.weights.get(cell.spot) ?? null;
    this.minus = null;
    if (held !== value) { this.edits.set(cell.spot, value); this.report(); }
    this.paint(cell);
  }

  report() { this.post.report(); }

  stand() { // always everything, so that a message that comes late takes nothing back
    const edits = [...this.edits].map(([cell, weight]) => [...JSON.parse(cell), weight]);
    return { epoch: this.epoch, edits, chosen: this.chosen ? JSON.parse(this.chosen) : null };
  }

  leave() {
    this.kept.focused = this.focused() && this.at;
    this.post.close();
    this.frame.remove();
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!GRIDS.has(parentElement)) GRIDS.set(parentElement, new Grid(parentElement));
  GRIDS.get(parentElement).take(data, setStateValue);
  return () => { GRIDS.get(parentElement)?.leave(); GRIDS.delete(parentElement); };
}
