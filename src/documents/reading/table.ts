import { normalName } from '../../domain/parties.js';
import { type Cell, isFresh, NO_CELL, type Row, type Table } from '../model.js';
import { activityOf, continuedBy, type Entry, type Owner } from './activity.js';
import { alignedTo, type Columns, isFurtherHead, MONTH_COLUMN } from './columns.js';
import { isCounting, NUMBER, ROMAN, sectionParts } from './numbers.js';
import { unpacked } from './packed.js';
import { placedCells } from './ragged.js';
import type { OpenSection, RowContext } from './section.js';
import { entryOf, timeOf } from './times.js';
import { type Note, notes, oneLine } from './wording.js';

/** The name under which footnotes are kept with a row. */
const FOOTNOTE = 'Сноска';
/** Matches the title of a row that an amendment excluded. The row is still printed, so that no number changes. */
const EXCLUDED = /^\(?исключен[оаы]?(?:\s(?:изм|приказ|в соотв)[\s\S]*)?\)?\.?$/iu;

/**
 * Reads the rows of a table below its head into sections and activities. Rows before the first heading are added to the
 * last section in `sections`.
 *
 * @throws UnreadableDocument when a row of a text cannot hold title, timeframe and responsible parties.
 */
export function readRows(
  rows: readonly Row[],
  table: Table,
  columns: Columns,
  sections: OpenSection[],
  ground: RowContext,
): void {
  const reader = new TableReader(columns, table.ragged, sections, ground);
  const aligned = table.ragged ? rows : rows.map((row) => alignedTo(columns, row));
  // Signatures and remarks follow the last row of work.
  const last = aligned.findLastIndex(({ cells }) => cells.filter(isFresh).length > 1);
  for (const [index, row] of aligned.entries()) {
    if (index > last && reader.isRemark(row)) {
      ground.note(
        'TEXT_LEFT_OUT',
        'document',
        row.cells
          .map(({ text }) => oneLine(text))
          .join(' ')
          .trim(),
      );
    } else reader.read(row, aligned[index + 1]);
  }
}

class TableReader {
  /** The number of the last row, whether it was typed or made by the automatic numbering of a word processor. */
  #counted = 0;
  /** The last month in the column of months: blank cells below it mean the same month. */
  #month: string | null = null;
  /** Number of the next rows that belong to a head that was already read. */
  #skipped = 0;
  readonly #owner: Owner;

  constructor(
    private columns: Columns,
    private readonly ragged: boolean,
    private readonly sections: OpenSection[],
    private readonly ground: RowContext,
  ) {
    this.#owner = { printed: ground.ownerUnit, normal: normalName(ground.ownerUnit) };
  }

  /**
   * Returns true for a total, and for a single unnumbered text that is outside of the title column or spans columns.
   */
  isRemark({ cells }: Row): boolean {
    const [only, ...more] = [...cells.entries()].filter(([, cell]) => isFresh(cell));
    if (!only || more.length > 0) return false;
    const [place, cell] = only;
    if (/^(итого|всего)(?![а-яё])/iu.test(cell.text)) return true;
    return (
      !NUMBER.test(cell.text) &&
      !sectionParts(cell.text) &&
      !cell.numbered &&
      (cell.span > 1 || !this.#isBareTitle(place))
    );
  }

  read(row: Row, next: Row | undefined): void {
    const { note } = this.ground;
    if (this.#skipped > 0) {
      this.#skipped -= 1;
      return;
    }
    if (row.blankBefore !== null) note('BLANK_LINE_IN_TABLE', 'table', row.blankBefore);
    const fresh = row.cells.filter(isFresh);
    if (fresh.length === 0) return;
    if (this.#isHead(row)) {
      note('HEAD_ROW_REPEATED', 'table', row.source);
      return;
    }
    const further = this.ragged ? undefined : isFurtherHead(row, next);
    if (further) {
      note('HEAD_ROW_REPEATED', 'table', row.source);
      this.columns = further.columns;
      this.#skipped = further.height - 1;
      return;
    }
    if (isCounting(row)) {
      note('COLUMNS_NUMBERED', 'table', row.source);
      return;
    }
    const section = this.#sectionOf(row, fresh, next);
    if (section === 'text') {
      note('TEXT_LEFT_OUT', 'document', fresh.map(({ text }) => oneLine(text)).join(' '));
      return;
    }
    if (section) {
      this.#open(section.numberText, section.title);
      return;
    }
    const { found, note: noteRow } = notes();
    const entry = this.ragged ? this.#raggedEntry(row, noteRow) : this.#entry(row, noteRow);
    if (entry === 'continued') {
      this.#continue(row);
      return;
    }
    if (EXCLUDED.test(entry.title)) {
      note('TEXT_LEFT_OUT', 'document', [entry.number ?? '', oneLine(entry.title)].join(' ').trim());
      return;
    }
    if (this.#unpack(entry, row)) return;
    const activity = activityOf(entry, row.source, this.#owner, noteRow);
    this.#section().activities.push({ ...activity, irregularities: found });
  }

  #isHead({ cells }: Row): boolean {
    const { names } = this.columns;
    return names.every((name, index) => name === '' || oneLine(cells[index]?.text ?? '') === name);
  }

  /** Returns the heading of a section; `text` for a note, which has no rows below it; undefined for any other row. */
  #sectionOf(
    row: Row,
    fresh: readonly Cell[],
    next: Row | undefined,
  ): { numberText: string; title: string } | 'text' | undefined {
    const { roles } = this.columns;
    const [only, second = NO_CELL] = fresh;
    if (!only) return undefined;
    if (fresh.length === 1) {
      const place = row.cells.indexOf(only);
      const isSpread = only.span >= Math.max(2, this.columns.names.length - 1);
      const isExtra = this.columns.extras.some(({ index }) => index === place);
      const parts = sectionParts(only.text);
      const isNumber = place === this.columns.roles.number && NUMBER.test(only.text);
      if (!isSpread && !parts && (isExtra || isNumber || only.numbered)) return undefined;
      const { responsible, timeframe } = roles;
      if (!isSpread && !parts && this.#goesOn(only, place)) return undefined;
      const isOther = place === responsible || place === timeframe;
      const heads = next !== undefined && this.#holdsWork(next, fresh.length) && !isOther;
      if (!isSpread && !parts && !heads) return this.#isBareTitle(place) || isOther ? undefined : 'text';
      if (!isSpread && this.ragged && row.cells.length < this.columns.names.length) {
        this.ground.note('SECTION_WITHOUT_CELLS', 'table', parts?.number ?? oneLine(only.text));
      }
      const isSure = isSpread || parts !== undefined || only.strong || only.text === only.text.toLocaleUpperCase('ru');
      if (!isSure && !this.ragged) this.ground.note('SECTION_ASSUMED', 'table', oneLine(only.text));
      return { numberText: parts?.number ?? '', title: oneLine(parts?.title ?? only.text) };
    }
    if (fresh.length !== 2 || roles.number === undefined || this.ragged) return undefined;
    if (only !== row.cells[roles.number] || second !== row.cells[roles.title ?? -1]) return undefined;
    const number = oneLine(only.text);
    const follows = next ? oneLine(next.cells[roles.number]?.text ?? '') : '';
    const begins = next !== undefined && /^(?:\d+\.)?1[.)]?$/.test(follows) && follows !== number;
    if (!ROMAN.test(number) && !begins) return undefined;
    return next && this.#holdsWork(next, 2) ? { numberText: number, title: oneLine(second.text) } : undefined;
  }

  /** Returns true for the rest of a title that a page break divided: it begins with a small letter. */
  #goesOn(cell: Cell, place: number): boolean {
    const isBegun = (this.sections.at(-1)?.activities.length ?? 0) > 0;
    return isBegun && this.#isBareTitle(place) && /^[а-яё]/u.test(cell.text);
  }

  /**
   * Returns true for the title column: a row with a text only in this column is an activity without a timeframe, not a
   * note.
   */
  #isBareTitle(place: number): boolean {
    return !this.ragged && place === this.columns.roles.title;
  }

  #holdsWork({ cells }: Row, more: number): boolean {
    return cells.filter(({ text }) => text !== '').length > more || (more === 1 && cells.some(({ span }) => span > 1));
  }

  #open(numberText: string, title: string, hint: string | null = this.ground.hint || null): OpenSection {
    const section: OpenSection = { numberText, title, hint, activities: [] };
    this.sections.push(section);
    return section;
  }

  #section(): OpenSection {
    return this.sections.at(-1) ?? this.#open('', '');
  }

  #entry(row: Row, note: Note): Entry | 'continued' {
    const { roles, extras, names } = this.columns;
    const at = (index: number | undefined) => (index === undefined ? undefined : row.cells[index]);
    const title = at(roles.title);
    const alone = row.cells.filter(isFresh).length === 1;
    const isRest = title !== undefined && alone && this.#goesOn(title, roles.title ?? -1);
    const isTitled = title !== undefined && title.text !== '' && !title.continued && !isRest;
    const printed = at(roles.number);
    if (!isTitled) return 'continued';
    const hint = this.#monthOf(row);
    const kept = extras.flatMap(({ index, name }) => entryOf(name, at(index)?.text));
    const footnotes = row.cells.flatMap((cell) => (cell.continued ? [] : (cell.notes ?? [])));
    if (footnotes.length > 0) note('NOTE_KEPT', 'table', footnotes.join(' '));
    const beyond = row.cells
      .slice(names.length)
      .flatMap((cell, index) => entryOf(`Столбец ${names.length + index + 1}`, cell.text));
    const number = this.#numberOf(printed, note) ?? (title.numbered ? this.#numberOf(title, note) : null);
    const { timeframe, others } = timeOf(row, this.columns, hint, this.ground.period, note);
    return {
      number,
      title: title.text,
      timeframe,
      responsible: at(roles.responsible)?.text ?? '',
      extras: Object.fromEntries([...[...kept, ...beyond, ...others], ...entryOf(FOOTNOTE, footnotes.join(' '))]),
      hint,
    };
  }

  /** Returns the month in the column of months beside the time; null if there is no such column. */
  #monthOf({ cells }: Row): string | null {
    const months = this.columns.extras.find(({ name }) => MONTH_COLUMN.test(name));
    const month = months ? oneLine(cells[months.index]?.text ?? '') : '';
    if (month !== '') this.#month = month;
    return months ? this.#month : null;
  }

  #numberOf(cell: Cell | undefined, note: Note): string | null {
    if (cell?.numbered) {
      this.#counted += 1;
      note('NUMBER_FROM_LIST', 'number', String(this.#counted));
      return String(this.#counted);
    }
    // Letopis prints the number of a changed row with the numbers of its amendments.
    const text = oneLine(cell?.text ?? '').replace(/\s?\(изм\.\s[\d, ]+\)$/u, '');
    if (text === '') return null;
    const number = NUMBER.exec(text)?.groups?.number;
    if (number !== undefined && /^\d+$/.test(number)) this.#counted = Number(number);
    return number ?? text;
  }

  #raggedEntry(row: Row, note: Note): Entry {
    const { roles, extras } = this.columns;
    const { placed, hasNumber } = placedCells(row, this.columns);
    return {
      number: this.#numberOf(hasNumber ? placed[roles.number ?? -1] : undefined, note),
      title: placed[roles.title ?? 0]?.text ?? '',
      timeframe: placed[roles.timeframe ?? -1]?.text ?? '',
      responsible: placed[roles.responsible ?? -1]?.text ?? '',
      extras: Object.fromEntries(extras.flatMap(({ index, name }) => entryOf(name, placed[index]?.text))),
      hint: null,
    };
  }

  /** Adds a row without a title to the activity above, as further timeframes, parties or other cells. */
  #continue(row: Row): void {
    const section = this.sections.at(-1);
    const before = section?.activities.at(-1);
    const texts = row.cells.filter(isFresh).map(({ text }) => oneLine(text));
    const numbers = texts.filter((text) => !NUMBER.test(text));
    // A row with only a number was left blank.
    if (numbers.length === 0) {
      this.ground.note('CELLS_MISSING', 'table', row.source);
      return;
    }
    if (!section || !before) {
      this.ground.note('TEXT_LEFT_OUT', 'document', texts.join(' '));
      return;
    }
    const after = continuedBy(before, row, this.columns, texts.join(' | '));
    section.activities[section.activities.length - 1] = after;
  }

  /** Reads a row that contains a whole section, with all items inside the cells. Returns false for any other row. */
  #unpack(entry: Entry, row: Row): boolean {
    const { period, hint, note } = this.ground;
    const packed = unpacked({ ...entry, isNumbered: entry.number !== null }, period, hint);
    if (!packed) return false;
    if (packed.heading !== '') {
      const title = packed.isHeadingItem ? (packed.heading.split(/[.:]/u)[0] ?? packed.heading) : packed.heading;
      this.#open(entry.number ?? '', title.trim());
      if (packed.isHeadingItem) note('HEADING_IS_ITEM', 'table', packed.heading);
    }
    for (const item of packed.items) {
      const { found, note: noteItem } = notes();
      const own = {
        ...entry,
        ...item,
        title: item.text,
        timeframe: item.timeframeText,
        responsible: item.responsibleText,
      };
      const activity = activityOf(own, row.source, this.#owner, noteItem);
      noteItem('PAIRED_BY_ORDER', 'responsible', oneLine(entry.responsible));
      this.#section().activities.push({ ...activity, irregularities: found });
    }
    return true;
  }
}
