import { OperationRefused } from './operation.js';

/** A place of a chronicle as the command line names it: `sqlite:DIRECTORY` or a connection string. */
export type ChroniclePlace =
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'server'; readonly url: string };

/**
 * Parses a {@link ChroniclePlace}.
 *
 * @param schemes accepted connection strings.
 * @param example a connection string for the error message.
 * @throws OperationRefused when the text is neither `sqlite:DIRECTORY` nor an accepted connection string.
 */
export function parsePlace(text: string, schemes: RegExp, example: string): ChroniclePlace {
  if (text.startsWith('sqlite:') && text.length > 'sqlite:'.length) {
    return { kind: 'directory', path: text.slice('sqlite:'.length) };
  }
  if (schemes.test(text)) return { kind: 'server', url: text.replace(/^kurrentdb(\+discover)?:/, 'esdb$1:') };
  throw new OperationRefused({
    ru: `это не место хранения: напишите sqlite:ПАПКА или ${example}`,
    en: `this is not a place: write sqlite:DIRECTORY or ${example}`,
  });
}
