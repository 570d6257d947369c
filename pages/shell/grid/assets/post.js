// Tells the server what was typed: at once, and again once it has answered and rested. Runs that follow one another
// without a pause make Streamlit take the grid off the screen for a moment, and keys would go nowhere.
const REST = 120, PATIENCE = 3000; // milliseconds to rest after an answer, and to wait for one that does not come

export class Post {
  constructor(write) {
    this.write = write;
    this.leaving = () => this.flush();
    window.addEventListener("pagehide", this.leaving);
  }

  report() { // there is something to tell
    this.open = true;
    this.timer ??= setTimeout(() => this.flush(), 0);
  }

  flush() { // tell it now, whatever was agreed: the focus leaves, or the page does
    if (!this.open) return;
    this.open = false;
    this.number = Date.now(); // one that no page before this one has used
    this.wait(PATIENCE);
    this.write(this.number);
  }

  answered(number) {
    if (this.number === undefined || number !== this.number) return;
    this.number = undefined;
    this.wait(REST);
  }

  wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.flush();
    }, milliseconds);
  }

  close() {
    this.flush();
    clearTimeout(this.timer);
    window.removeEventListener("pagehide", this.leaving);
  }
}
