import { basisDocumentText } from '../words/basis';
import { language } from '../words/language';
import { distinctTexts } from '../words/persons';
import { proofWords } from '../words/proof';
import { wordFor, words } from '../words/words';
import { memberOf, parsedOrUndefined } from './bytes';

/** An event as a sentence in a proof. The file may be malformed, so a missing text is empty. */
export interface ShownLine {
  /** RFC 3339; empty if the line has no valid time. */
  readonly recordedAt: string;
  readonly effectiveOn: string;
  readonly sentence: string;
  /**
   * Name, post or role, organisation, on whose behalf, and the key or program; values that are not stated are left out.
   */
  readonly actor: readonly string[];
  readonly reason: string;
  readonly basis: string;
  readonly changes: readonly {
    readonly path: string;
    readonly label: string;
    readonly before: string;
    readonly after: string;
  }[];
}

/** Returns a line of a proof as it is shown, in the language of the page. */
export function shownLine(line: string, names: readonly string[]): ShownLine {
  const said = parsedOrUndefined(line);
  const actor = memberOf(said, 'actor');
  const changes = memberOf(said, 'changes');
  const [name, client] = [memberOf(actor, 'name'), memberOf(said, 'client')].map((each) => nameText(each, names));
  return {
    recordedAt: memberText(said, 'recordedAt'),
    effectiveOn: memberText(said, 'effectiveOn'),
    sentence: memberText(memberOf(said, 'sentence'), language),
    actor: distinctTexts([
      ...[name, memberText(actor, 'post') || wordFor(words.roles, memberText(actor, 'role').toUpperCase())],
      ...[memberText(actor, 'organisation'), memberText(said, 'onBehalfOf'), client],
    ]),
    reason: memberText(said, 'reason'),
    basis: provedBasisText(memberOf(said, 'basis')),
    changes: (Array.isArray(changes) ? changes : []).map((change: unknown) => ({
      path: memberText(change, 'path'),
      label: memberText(memberOf(change, 'label'), language),
      before: provedValueText(memberOf(change, 'before'), names),
      after: provedValueText(memberOf(change, 'after'), names),
    })),
  };
}

/** Returns the names of a proof: a name, or its number with the reason why it is not shown. */
export function shownNames(text: string): string[] {
  const names = parsedOrUndefined(text);
  if (!Array.isArray(names)) return [];
  const persons = [...new Set(names.map((each: unknown) => memberOf(each, 'subject')))];
  return names.map((each: unknown) => {
    const number = persons.indexOf(memberOf(each, 'subject')) + 1;
    const { name, hidden } = proofWords.bundle;
    return memberText(each, 'name') || `${name} ${number} (${wordFor(hidden, memberText(each, 'state'))})`;
  });
}

function provedBasisText(basis: unknown): string {
  const document = memberOf(basis, 'document');
  if (document === undefined)
    return memberOf(basis, 'kind') === 'withoutDocument' ? words.activity.withoutDocument : '';
  const [type, issuer, date, number] = ['type', 'issuer', 'date', 'number'].map((name) => memberText(document, name));
  return basisDocumentText({ type: type?.toUpperCase() ?? '', issuer, date, number });
}

function nameText(value: unknown, names: readonly string[]): string {
  return names[Number(memberOf(value, 'name'))] ?? '';
}

function provedValueText(value: unknown, names: readonly string[]): string {
  if (!Array.isArray(value)) return memberText(value, language);
  return value.map((part: unknown) => (typeof part === 'string' ? part : nameText(part, names))).join('');
}

function memberText(value: unknown, name: string): string {
  const text = memberOf(value, name);
  return typeof text === 'string' ? text : '';
}
