import { type DecisionValues, decisionPath, missingInDecision, NO_DECISION } from '../forms/decision';
import { isChosen, NO_READING, type ReadingValues } from '../forms/reading';
import { words } from '../words/words';
import type { FieldName } from './catalogue';

/** The values that a person has entered in the form of an action. Each form shows some of the fields. */
export interface FormValues extends DecisionValues, ReadingValues {
  readonly text: string;
  /** A day as YYYY-MM-DD; empty if none was chosen. */
  readonly actualOn: string;
  readonly interim: boolean;
  readonly pointId: string;
  readonly count: string;
  readonly evidenceTitle: string;
  readonly evidenceUrl: string;
  readonly term: string;
  /** The cell of responsible parties as printed. */
  readonly cell: string;
  /** One party on each line. */
  readonly parties: string;
  /** Who reports: the place of a responsible party, or `KEEPER`; empty if none was chosen. */
  readonly accountable: string;
}

/** The unit that keeps the plan, as the one who reports for an activity. */
export const KEEPER = 'keeper';

/** The values of an empty form. */
export const EMPTY_FORM: FormValues = {
  text: '',
  actualOn: '',
  interim: false,
  pointId: '',
  count: '',
  evidenceTitle: '',
  evidenceUrl: '',
  term: '',
  cell: '',
  parties: '',
  accountable: '',
  ...NO_DECISION,
  ...NO_READING,
};

/** Returns the path of the input that a value of the form fills. */
export function actionPath(value: string): string {
  switch (value) {
    case 'term':
      return 'timeframe';
    case 'evidenceTitle':
    case 'evidenceUrl':
      return 'evidence';
    case 'cell':
      return 'responsible';
    case 'accountable':
      return 'place';
    case 'from':
    case 'to':
      return 'reading';
    default:
      return decisionPath(value);
  }
}

/**
 * Returns the errors of required fields that are empty, by the path of the input.
 *
 * @param pointCount the number of control points of the activity. A single point need not be chosen.
 */
export function missingInAction(
  values: FormValues,
  required: readonly FieldName[],
  pointCount: number,
): Record<string, string> {
  const { form } = words;
  const isLeftOut = (field: FieldName, isEmpty: boolean) => isEmpty && required.includes(field);
  const decision = { reason: required.includes('reason'), basis: required.includes('basis') };
  const missing = missingInDecision(values, decision);
  if (isLeftOut('text', values.text.trim() === '')) missing.text = form.required;
  if (isLeftOut('actualOn', values.actualOn === '')) missing.actualOn = form.dayRequired;
  if (isLeftOut('pointId', values.pointId === '' && pointCount > 1)) missing.pointId = form.pointRequired;
  if (isLeftOut('timeframe', values.term.trim() === '')) missing.timeframe = form.required;
  if (isLeftOut('parties', partiesFrom(values.parties).length === 0)) missing.parties = form.required;
  if (isLeftOut('reading', !isChosen(values))) missing.reading = form.readingRequired;
  if (isLeftOut('accountable', values.accountable === '')) missing.place = form.accountableRequired;
  if (values.evidenceTitle.trim() !== '' && values.evidenceUrl.trim() === '') missing.evidence = form.linkRequired;
  return missing;
}

/** Returns the parties of an activity as lines of a form. */
export function partyLines(parties: readonly { readonly name: string; readonly agreement: boolean }[]): string {
  return parties.map(({ name, agreement }) => (agreement ? `${name} (по согласованию)` : name)).join('\n');
}

/** Returns the parties that stand on the lines of a form. */
export function partiesFrom(lines: string): { readonly name: string }[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((name) => name !== '')
    .map((name) => ({ name }));
}

/** Returns a typed link as an address: people leave out `https://`. */
export function linkFrom(typed: string): string {
  const link = typed.trim();
  return link === '' || /^[a-z][a-z\d+.-]*:/i.test(link) ? link : `https://${link}`;
}
