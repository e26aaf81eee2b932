import type { DocumentType } from '../api/generated/graphql';
import { words } from '../words/words';

/** The reason and the basis of a decision. */
export interface DecisionValues {
  readonly reason: string;
  readonly basis: '' | 'document' | 'none';
  readonly orderType: DocumentType;
  readonly orderNumber: string;
  /** A day as YYYY-MM-DD; empty if none was chosen. */
  readonly orderDate: string;
  readonly orderIssuer: string;
}

/** The values of an empty form. */
export const NO_DECISION: DecisionValues = {
  reason: '',
  basis: '',
  orderType: 'ORDER',
  orderNumber: '',
  orderDate: '',
  orderIssuer: '',
};

/** Which path of the input each value of a document fills. */
const DOCUMENT_PATHS: ReadonlyMap<string, string> = new Map([
  ['orderType', 'basis.document.type'],
  ['orderNumber', 'basis.document.number'],
  ['orderDate', 'basis.document.date'],
  ['orderIssuer', 'basis.document.issuer'],
]);

/** The paths of the inputs that the fields of a basis fill, the more precise ones first. */
export const BASIS_PATHS: readonly string[] = [...DOCUMENT_PATHS.values(), 'basis'];

/** Returns the path of the input that a value of a decision fills. */
export function decisionPath(key: string): string {
  return DOCUMENT_PATHS.get(key) ?? key;
}

/** Returns the errors of required fields of a decision that are empty, by the path of the input. */
export function missingInDecision(
  { reason, basis, orderNumber, orderDate }: DecisionValues,
  required: { readonly reason: boolean; readonly basis: boolean },
): Record<string, string> {
  const { form } = words;
  const missing: Record<string, string> = {};
  if (required.reason && reason.trim() === '') missing.reason = form.reasonRequired;
  if (required.basis && basis === '') missing.basis = form.basisRequired;
  if (basis === 'document') {
    if (orderNumber.trim() === '') missing['basis.document.number'] = form.numberRequired;
    if (orderDate === '') missing['basis.document.date'] = form.dayRequired;
  }
  return missing;
}

/** Returns the values as the basis of a command. */
export function basisFrom({ basis, orderType, orderNumber, orderDate, orderIssuer }: DecisionValues) {
  if (basis === '') return null;
  if (basis === 'none') return { withoutDocument: true };
  return {
    document: {
      type: orderType,
      number: orderNumber || null,
      date: orderDate || null,
      issuer: orderIssuer || null,
    },
  };
}
