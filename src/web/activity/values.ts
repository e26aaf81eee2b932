/** What a person has typed into the form of an action. Each form shows some of the fields. */
export interface FormValues {
  readonly text: string;
  /** A day as YYYY-MM-DD; empty when none was chosen. */
  readonly actualOn: string;
  readonly interim: boolean;
  readonly pointId: string;
  readonly count: string;
  readonly evidenceTitle: string;
  readonly evidenceUrl: string;
  readonly term: string;
  readonly reason: string;
  readonly basis: '' | 'document' | 'none';
  readonly orderNumber: string;
  readonly orderDate: string;
  readonly orderIssuer: string;
}

/** The values of an empty form. */
export const EMPTY: FormValues = {
  ...{ text: '', actualOn: '', interim: false, pointId: '', count: '', evidenceTitle: '', evidenceUrl: '' },
  ...{ term: '', reason: '', basis: '', orderNumber: '', orderDate: '', orderIssuer: '' },
};

/** Returns the values as the basis of a command. */
export function basisFrom({ basis, orderNumber, orderDate, orderIssuer }: FormValues) {
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

/** Returns the values of a draft that the browser holds until the tab is closed; undefined when there is none. */
export function draftAt(key: string): FormValues | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : { ...EMPTY, ...JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Keeps what was typed over a reload or the end of a session; null deletes it. */
export function keepDraft(key: string, values: FormValues | null): void {
  try {
    if (values === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(values));
  } catch {
    // The browser stores nothing in this mode: the values are still in the form.
  }
}
