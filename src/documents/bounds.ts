import { MAX_LONG } from '../domain/texts.js';
import { unreadableCharacter } from '../engine/readable.js';
import type { Block, DocumentContent } from './model.js';
import { UnreadableDocument } from './unreadable.js';

/** Longest paragraph of a document, in characters: some plans are written as prose. */
const MAX_PARAGRAPH = 20_000;

/**
 * Returns a document in which the special line and page breaks of word processors are plain line breaks, after a check
 * that each cell and paragraph is short enough and can be stored.
 *
 * @throws UnreadableDocument that names the first cell that is too long, or has a character that cannot be printed.
 */
export function bounded(content: DocumentContent): DocumentContent {
  return { ...content, blocks: content.blocks.map(boundedBlock) };
}

function boundedBlock(block: Block): Block {
  if (block.kind === 'paragraph') return { ...block, text: checked(block.text, block.source, MAX_PARAGRAPH, ' ') };
  return {
    ...block,
    rows: block.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell) => ({ ...cell, text: checked(cell.text, row.source, MAX_LONG, '\n') })),
    })),
  };
}

function checked(printed: string, place: string, max: number, lineBreak: string): string {
  const text = printed.replace(/[\v\f\u0085\u2028\u2029]/g, lineBreak);
  if (text.length > max) {
    throw new UnreadableDocument(place, `a text of ${text.length} characters; at most ${max} are read: divide it`);
  }
  const unreadable = unreadableCharacter(text);
  if (!unreadable) return text;
  const { character, place: at } = unreadable;
  throw new UnreadableDocument(place, `a character that cannot be printed (${character}, at place ${at}): remove it`);
}
