import type { Bilingual } from '../domain/language.js';

/**
 * An export that cannot be made. The text says what to request instead; the message of the error is the English text.
 */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';

  constructor(readonly text: Bilingual) {
    super(text.en);
  }
}
