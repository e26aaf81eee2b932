/**
 * What a benchmark found, as a table in Markdown: ratios first, since they say the same on every machine, the
 * absolutes beside them. Under `all.js` the same rows go to the parent too, which makes one table of all.
 */
export class Report {
  #rows = [];
  #notes = [];

  constructor(title) {
    this.title = title;
  }

  /**
   * A figure that a goal is set for.
   *
   * @param what is compared, `4.2 times` or the like as `figure`, the goal in words, whether it was reached, and the
   *   absolutes it was made of.
   */
  goal(what, figure, goal, reached, absolutes) {
    this.#rows.push({ what, figure, goal, reached: reached ? 'yes' : 'no', absolutes });
  }

  /** A figure without a goal. */
  figure(what, figure, absolutes) {
    this.#rows.push({ what, figure, goal: '', reached: '', absolutes });
  }

  /** What a reader must know to read the figures. */
  note(text) {
    this.#notes.push(text);
  }

  /** Prints it, and hands it to the parent when there is one. */
  finish() {
    const lines = [`\n## ${this.title}\n`, tableOf(this.#rows), ...this.#notes.map((note) => `- ${note}`), ''];
    process.stdout.write(`${lines.join('\n')}\n`);
    process.send?.({ report: { title: this.title, rows: this.#rows, notes: this.#notes } });
  }
}

/** Rows of reports as a table in Markdown. */
export function tableOf(rows) {
  const head = ['| what | figure | goal | reached | absolutes |', '| --- | --- | --- | --- | --- |'];
  const cells = rows.map(({ what, figure, goal, reached, absolutes }) => [what, figure, goal, reached, absolutes]);
  return [...head, ...cells.map((row) => `| ${row.join(' | ')} |`), ''].join('\n');
}

/** Tells how far a long run has come; on the error stream, so that a table can be piped. */
export function progress(text) {
  process.stderr.write(`${text}\n`);
}

export function times(value) {
  return `× ${value.toFixed(value < 10 ? 2 : 0)}`;
}

export function perSecond(value, of = '') {
  return `${Math.round(value).toLocaleString('en-US')}${of && ` ${of}`}/s`;
}

export function megabytes(bytes) {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}

export function milliseconds(value) {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}
