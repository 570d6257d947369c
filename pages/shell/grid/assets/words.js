// How the grid of weights speaks and looks: nothing here knows what was typed.
const KEYS = [["Pfeile", "gehen"], ["0–3", "Gewicht"], ["−", "davor: negativ"], ["Entf", "nicht bewertet"],
  ["Esc", "Zelle zurück"], ["Eingabe", "Zelle nachschlagen"], ["Pos1/Ende", "Zeile, mit Strg Matrix"], ["Bild ↑↓", "blättern"]];

export const made = (tag, attributes = {}, ...parts) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...parts);
  return node;
};
export const spot = (row, column) => JSON.stringify([row, column]);
export const shown = (weight) => (weight === undefined ? "" : weight === null ? "?" : weight > 0 ? `+${weight}` : weight < 0 ? `−${-weight}` : "0");
export const style = (weight) => (weight === undefined ? "" : weight === null ? "w-offen" : weight > 0 ? `w-p${weight}` : weight < 0 ? `w-m${-weight}` : "w-0");
const LONG = 60; // characters that two turned lines hold; the whole name stands in the line above and behind the pointer
export const short = (name) => (name.length > LONG ? `${name.slice(0, LONG - 2)} …` : name);
export const words = (weight) => (weight === undefined || weight === null ? "nicht bewertet" : shown(weight));
export const legend = () => {
  const line = made("p", { class: "tasten" }, "Tasten: ");
  for (const [key, meaning] of KEYS) line.append(made("kbd", {}, key), ` ${meaning} · `);
  line.append("Ecke und Rahmen: geändert, noch nicht gespeichert; ? genannt, nicht bewertet; leer: nicht genannt.");
  return line;
};
