/** Why something is decided, and on which basis. */
export interface DecisionValues {
  readonly reason: string;
  readonly basis: '' | 'document' | 'none';
  readonly orderNumber: string;
  /** A day as YYYY-MM-DD; empty when none was chosen. */
  readonly orderDate: string;
  readonly orderIssuer: string;
}

/** The values of an empty form. */
export const NO_DECISION: DecisionValues = { reason: '', basis: '', orderNumber: '', orderDate: '', orderIssuer: '' };

/** Returns the values as the basis of a command. */
export function basisFrom({ basis, orderNumber, orderDate, orderIssuer }: DecisionValues) {
  if (basis === '') return null;
  if (basis === 'none') return { withoutDocument: true };
  return {
    document: {
      type: 'ORDER' as const,
      number: orderNumber || null,
      date: orderDate || null,
      issuer: orderIssuer || null,
    },
  };
}
