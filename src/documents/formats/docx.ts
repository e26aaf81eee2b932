import mammoth from 'mammoth';
import type { DocumentContent } from '../model.js';
import { UnreadableDocument } from '../unreadable.js';
import { blocksOfHtml } from './html.js';

/** Empty paragraphs part the stamps from the title; pictures are no part of a plan. */
const OPTIONS = {
  ignoreEmptyParagraphs: false,
  convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
};

/**
 * Reads a Word document whose container was checked.
 *
 * @throws UnreadableDocument when it is damaged.
 */
export async function readDocx(bytes: Uint8Array): Promise<DocumentContent> {
  let html: string;
  try {
    ({ value: html } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, OPTIONS));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableDocument(
      null,
      `the Word document is damaged (${reason.slice(0, 200)}): open it in a word processor, save it anew as docx and import that`,
    );
  }
  return { reader: 'docx-1', ...blocksOfHtml(html, 'kept') };
}
