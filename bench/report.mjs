// Where results go: a table for people, or one JSON object a line for programs.

/** How a cell shows a value; anything that a row lacks is a dash. */
function shown(value) {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: 3 });
  if (typeof value === 'object' && 'median' in value) {
    const [m, low, high] = [value.median, value.q1, value.q3].map(shown);
    return `${m} (${low}–${high})`;
  }
  return String(value);
}

export class Report {
  #part = '';
  #columns = [];
  failed = false;

  constructor(json) {
    this.json = json;
  }

  /** Begins a part of the benchmark. columns: [key, width, heading]; JSON rows have all keys, also those without a column. */
  begin(part, title, columns) {
    this.#part = part;
    this.#columns = columns;
    if (this.json) return;
    console.log(`\n${title}`);
    console.log(columns.map(([key, width, heading = key]) => pad(heading, width)).join(' '));
  }

  row(facts) {
    if (this.json) return console.log(JSON.stringify({ part: this.#part, ...facts }));
    console.log(this.#columns.map(([key, width]) => pad(shown(facts[key]), width)).join(' '));
  }

  /** What a reader has to know about the rows above, or why one is missing. */
  note(text) {
    if (this.json) console.log(JSON.stringify({ part: this.#part, note: text }));
    else console.log(`  ${text}`);
  }

  /** A measurement that could not be taken, or whose answer was wrong, is a row too. */
  missing(facts, why) {
    if (this.json) console.log(JSON.stringify({ part: this.#part, ...facts, failed: why }));
    else console.log(`  not measured: ${Object.values(facts).join(', ')}: ${why}`);
  }

  /** Says that an answer was wrong: the command then ends with a failure. */
  wrong(facts, why) {
    this.failed = true;
    this.missing(facts, why);
  }
}

/** Left-aligned where the width is negative. */
function pad(text, width) {
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}
