/** An export that cannot be made; the message says what to ask for instead. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';
}
