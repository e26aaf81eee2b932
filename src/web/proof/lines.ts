import { language } from '../words/words';
import { memberOf, parsedOrUndefined } from './bytes';

/** An event in words, as a proof has it. A file may hold anything, so what is missing is an empty text. */
export interface ShownLine {
  /** RFC 3339; empty when the line names no moment. */
  readonly recordedAt: string;
  readonly effectiveOn: string;
  readonly sentence: string;
  /** Name, post or role, organisation of who acted, and on whose behalf, without those that are not stated. */
  readonly actor: readonly string[];
  readonly reason: string;
  /** Type, issuer, number and date of the document, without those that are not stated. */
  readonly basis: readonly string[];
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
  const [actor, basis] = [memberOf(said, 'actor'), memberOf(memberOf(said, 'basis'), 'document')];
  const changes = memberOf(said, 'changes');
  return {
    recordedAt: textIn(said, 'recordedAt'),
    effectiveOn: textIn(said, 'effectiveOn'),
    sentence: textIn(memberOf(said, 'sentence'), language),
    actor: [
      ...[nameText(memberOf(actor, 'name'), names), textIn(actor, 'post') || textIn(actor, 'role')],
      ...[textIn(actor, 'organisation'), textIn(said, 'onBehalfOf')],
    ].filter((text) => text !== ''),
    reason: textIn(said, 'reason'),
    basis: ['type', 'issuer', 'number', 'date'].map((name) => textIn(basis, name)).filter((text) => text !== ''),
    changes: (Array.isArray(changes) ? changes : []).map((change: unknown) => ({
      path: textIn(change, 'path'),
      label: textIn(memberOf(change, 'label'), language),
      before: valueText(memberOf(change, 'before'), names),
      after: valueText(memberOf(change, 'after'), names),
    })),
  };
}

/** Returns the names of a proof: a name, or a mark with its number where it is not shown. */
export function shownNames(text: string): string[] {
  const names = parsedOrUndefined(text);
  if (!Array.isArray(names)) return [];
  const persons = [...new Set(names.map((each: unknown) => memberOf(each, 'subject')))];
  return names.map((each: unknown) => {
    const name = textIn(each, 'name');
    return name === '' ? `[${persons.indexOf(memberOf(each, 'subject')) + 1}]` : name;
  });
}

function nameText(value: unknown, names: readonly string[]): string {
  return names[Number(memberOf(value, 'name'))] ?? '';
}

function valueText(value: unknown, names: readonly string[]): string {
  if (!Array.isArray(value)) return '';
  return value.map((part: unknown) => (typeof part === 'string' ? part : nameText(part, names))).join('');
}

function textIn(value: unknown, name: string): string {
  const text = memberOf(value, name);
  return typeof text === 'string' ? text : '';
}
