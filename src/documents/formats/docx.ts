import mammoth from 'mammoth';
import type { DocumentContent } from '../model.js';
import { UnreadableDocument } from '../unreadable.js';
import { withPrintedText } from './docxMarkup.js';
import { blocksOfHtml } from './html.js';

/** Keeps empty paragraphs, which separate the stamps from the title. Skips pictures. */
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
  let printed: ReturnType<typeof withPrintedText>;
  try {
    printed = withPrintedText(bytes);
    ({ value: html } = await mammoth.convertToHtml({ buffer: Buffer.from(printed.bytes) }, OPTIONS));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableDocument(
      null,
      `the Word document is damaged (${reason.slice(0, 200)}): open it in a word processor, save it anew as docx and import that`,
      'DAMAGED',
    );
  }
  const { blocks, repairs } = blocksOfHtml(html, 'kept');
  return { reader: 'docx-2', blocks, repairs: [...printed.repairs, ...repairs] };
}
