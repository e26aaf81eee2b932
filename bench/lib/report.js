/**
 * The results of a benchmark as a Markdown table: first the ratios, which are the same on every machine, then the
 * absolute figures. Under `all.js` the rows are also sent to the parent process, which prints one table of all
 * benchmarks.
 */
export class Report {
  #rows = [];
  #notes = [];

  constructor(title) {
    this.title = title;
  }

  /**
   * Adds a figure that has a goal.
   *
   * @param what is compared, the figure (such as `4.2 times`), the goal in words, whether it was reached, and the
   * absolute figures behind it.
   */
  goal(what, figure, goal, reached, absolutes) {
    this.#rows.push({ what, figure, goal, reached: reached ? 'yes' : 'no', absolutes });
  }

  /** Adds a figure without a goal. */
  figure(what, figure, absolutes) {
    this.#rows.push({ what, figure, goal: '', reached: '', absolutes });
  }

  /** Adds a note that readers need for the figures. */
  note(text) {
    this.#notes.push(text);
  }

  /** Prints the report and sends it to the parent process, if there is one. */
  finish() {
    const lines = [`\n## ${this.title}\n`, tableOf(this.#rows), ...this.#notes.map((note) => `- ${note}`), ''];
    process.stdout.write(`${lines.join('\n')}\n`);
    process.send?.({ report: { title: this.title, rows: this.#rows, notes: this.#notes } });
  }
}

/** Returns rows of reports as a Markdown table. */
export function tableOf(rows) {
  const head = ['| what | figure | goal | reached | absolutes |', '| --- | --- | --- | --- | --- |'];
  const cells = rows.map(({ what, figure, goal, reached, absolutes }) => [what, figure, goal, reached, absolutes]);
  return [...head, ...cells.map((row) => `| ${row.join(' | ')} |`), ''].join('\n');
}

/** Prints the progress of a long run to stderr, so that the table can be piped. */
export function progress(text) {
  process.stderr.write(`${text}\n`);
}

/** Formats a ratio. */
export function times(value) {
  return `× ${value.toFixed(value < 10 ? 2 : 0)}`;
}

/** Formats a rate. */
export function perSecond(value, of = '') {
  return `${Math.round(value).toLocaleString('en-US')}${of && ` ${of}`}/s`;
}

/** Formats a number of bytes in megabytes. */
export function megabytes(bytes) {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}

/** Formats a duration. */
export function milliseconds(value) {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}
