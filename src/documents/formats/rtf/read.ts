import { TextDecoder } from 'node:util';
import type { Block, DocumentContent, Repair } from '../../model.js';
import { tidied } from '../tidy.js';
import { encodingOfCharacterSet, encodingOfCodePage, USUAL_ENCODING } from './encodings.js';
import { type RtfCell, tableOfRows } from './grid.js';
import {
  changeOf,
  FIRST_GROUP,
  type Group,
  LEFT_OUT_DESTINATIONS,
  OPTIONAL_WITH_TEXT,
  SIGNS,
  SYMBOL,
} from './groups.js';
import { type RtfToken, rtfTokens } from './tokens.js';

interface RtfLine {
  text: string;
  strong: boolean;
}

/** Reads an RTF document. Struck, hidden and deleted text is left out and reported; footnotes are put at the end. */
export function readRtf(file: Uint8Array): DocumentContent {
  const reader = new RtfReader();
  for (const token of rtfTokens(file)) reader.take(token);
  return { reader: 'rtf-1', ...reader.finished() };
}

class RtfReader {
  readonly #blocks: Block[] = [];
  readonly #repairs: Repair[] = [];
  readonly #notes: string[] = [];
  readonly #outer: Group[] = [];
  #group: Group = FIRST_GROUP;
  /** Encodings of fonts by their numbers. */
  readonly #fonts = new Map<number, string>();
  readonly #decoders = new Map<string, TextDecoder>();
  #encoding = USUAL_ENCODING;
  #bytes: number[] = [];
  /** Number of characters still to be skipped after `\u`. */
  #skipped = 0;
  #lines: RtfLine[] = [{ text: '', strong: true }];
  #note = '';
  #hidden = '';
  #cells: RtfLine[][] = [];
  #shape: Pick<RtfCell, 'right' | 'across' | 'down'>[] = [];
  #merge: Pick<RtfCell, 'across' | 'down'> = { across: 'none', down: 'none' };
  #rows: RtfCell[][] = [];
  #tables = 0;
  #paragraphs = 0;

  take(token: RtfToken): void {
    if (token.kind === 'bytes') {
      this.#takeBytes(token.bytes);
      return;
    }
    this.#decode();
    switch (token.kind) {
      case 'open':
        this.#outer.push(this.#group);
        this.#group = { ...this.#group, isOptional: false };
        return;
      case 'close':
        this.#close();
        return;
      case 'word':
        this.#takeWord(token.word, token.number);
    }
  }

  finished(): Pick<DocumentContent, 'blocks' | 'repairs'> {
    this.#decode();
    if (this.#rows.length > 0 || this.#lines.some(({ text }) => text !== '')) this.#endParagraph();
    this.#endTable();
    for (const text of this.#notes) this.#paragraph(text);
    return { blocks: this.#blocks, repairs: this.#repairs };
  }

  #takeBytes(bytes: Uint8Array): void {
    const rest = bytes.subarray(this.#skipped);
    this.#skipped = Math.max(0, this.#skipped - bytes.length);
    for (const byte of rest) this.#bytes.push(byte);
  }

  #decode(): void {
    if (this.#bytes.length === 0) return;
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    const encoding = this.#fonts.get(this.#group.font) ?? this.#encoding;
    this.#write(encoding === SYMBOL ? '-' : this.#decoder(encoding).decode(bytes));
  }

  #decoder(encoding: string): TextDecoder {
    const decoder = this.#decoders.get(encoding) ?? new TextDecoder(encoding);
    this.#decoders.set(encoding, decoder);
    return decoder;
  }

  #write(text: string): void {
    const { goesTo, isHidden, isStrong } = this.#group;
    if (goesTo === 'note') this.#note += text;
    if (goesTo !== 'text') return;
    if (isHidden) {
      this.#hidden += text;
      return;
    }
    const line = this.#lines.at(-1);
    if (!line) return;
    line.text += text;
    if (!isStrong && text.trim() !== '') line.strong = false;
  }

  #close(): void {
    const { goesTo } = this.#group;
    this.#group = this.#outer.pop() ?? FIRST_GROUP;
    this.#skipped = 0;
    if (goesTo !== 'note' || this.#group.goesTo === 'note') return;
    if (this.#note.trim() !== '') this.#notes.push(tidied(this.#note).trim());
    this.#note = '';
  }

  #takeWord(word: string, number: number | null): void {
    if (this.#skipped > 0 && word !== 'u' && SIGNS.has(word)) {
      this.#skipped -= 1;
      return;
    }
    const { isOptional, goesTo } = this.#group;
    if (word === '*') {
      this.#set({ isOptional: true });
      return;
    }
    this.#set({ isOptional: false });
    if (word === 'nesttableprops') this.#break();
    if (LEFT_OUT_DESTINATIONS.has(word) || (isOptional && !OPTIONAL_WITH_TEXT.has(word)))
      this.#set({ goesTo: 'nothing' });
    else if (goesTo === 'font') this.#ofFonts(word, number);
    else if (goesTo !== 'nothing') this.#ofText(word, number);
  }

  #set(change: Partial<Group>): void {
    this.#group = { ...this.#group, ...change };
  }

  #ofFonts(word: string, number: number | null): void {
    if (word === 'f') this.#set({ font: number ?? 0 });
    if (word !== 'fcharset') return;
    const encoding = number === 2 ? SYMBOL : encodingOfCharacterSet(number ?? 0);
    if (encoding !== null) this.#fonts.set(this.#group.font, encoding);
  }

  #ofText(word: string, number: number | null): void {
    const sign = SIGNS.get(word);
    if (sign !== undefined) {
      this.#write(sign);
      return;
    }
    const change = changeOf(word, number);
    if (change) this.#set(change);
    else this.#ofLines(word, number);
  }

  #ofLines(word: string, number: number | null): void {
    switch (word) {
      case 'u':
        this.#write(String.fromCharCode((number ?? 0x3f) & 0xffff));
        this.#skipped = this.#group.substitutes;
        return;
      case 'ansicpg':
        this.#encoding = encodingOfCodePage(number ?? 0);
        return;
      case 'par':
      case 'sect':
      case 'page':
        if (this.#group.isInTable) this.#break();
        else this.#endParagraph();
        return;
      case 'line':
        this.#break();
        return;
      default:
        this.#ofTable(word, number);
    }
  }

  #ofTable(word: string, number: number | null): void {
    switch (word) {
      case 'trowd':
        this.#shape = [];
        this.#merge = { across: 'none', down: 'none' };
        return;
      case 'clmgf':
        this.#merge = { ...this.#merge, across: 'first' };
        return;
      case 'clmrg':
        this.#merge = { ...this.#merge, across: 'covered' };
        return;
      case 'clvmgf':
        this.#merge = { ...this.#merge, down: 'first' };
        return;
      case 'clvmrg':
        this.#merge = { ...this.#merge, down: 'continued' };
        return;
      case 'cellx':
        this.#shape.push({ right: number ?? 0, ...this.#merge });
        this.#merge = { across: 'none', down: 'none' };
        return;
      case 'cell':
        this.#cells.push(this.#takenLines().filter(({ text }) => text !== ''));
        return;
      case 'row':
        this.#endRow();
    }
  }

  #break(): void {
    if (this.#group.goesTo === 'text') this.#lines.push({ text: '', strong: true });
    else this.#write(' ');
  }

  #endRow(): void {
    const last = this.#shape.at(-1)?.right ?? 0;
    const cells = this.#cells.map((lines, index): RtfCell => {
      const shape = this.#shape[index] ?? { right: last + (index + 1) * 1_000, across: 'none', down: 'none' };
      return { ...shape, lines };
    });
    if (cells.length > 0) this.#rows.push(cells);
    this.#cells = [];
  }

  #endParagraph(): void {
    if (this.#group.goesTo !== 'text') {
      this.#write(' ');
      return;
    }
    this.#endTable();
    for (const { text } of this.#takenLines(false)) this.#paragraph(text);
  }

  #paragraph(text: string): void {
    this.#paragraphs += 1;
    this.#blocks.push({ kind: 'paragraph', text, source: `paragraph ${this.#paragraphs}` });
  }

  #endTable(): void {
    if (this.#rows.length === 0) return;
    this.#tables += 1;
    this.#blocks.push(tableOfRows(this.#rows, `table ${this.#tables}`));
    this.#rows = [];
  }

  /** Removes and returns the lines since the last cell or paragraph. */
  #takenLines(isCell = true): RtfLine[] {
    const text = tidied(this.#hidden).trim();
    if (text !== '') this.#repairs.push({ code: 'STRUCK_LEFT_OUT', text });
    this.#hidden = '';
    const lines = this.#lines.map((line) => {
      const printed = tidied(line.text);
      return { ...line, text: isCell ? printed.replace(/\s+/gu, ' ').trim() : printed.trimEnd() };
    });
    this.#lines = [{ text: '', strong: true }];
    return lines;
  }
}
