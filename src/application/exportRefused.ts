import type { Language } from './wordings.js';

/** An export that cannot be made. The text says what to request instead; the message is the English one. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';

  constructor(readonly text: Readonly<Record<Language, string>>) {
    super(text.en);
  }
}
