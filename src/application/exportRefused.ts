/** An export that cannot be made. The message says what to request instead. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';
}
