import { type DecisionValues, NO_DECISION } from '../forms/decision';
import { NO_READING, type ReadingValues } from '../forms/reading';

/** What a person has typed into the form of an action. Each form shows some of the fields. */
export interface FormValues extends DecisionValues, ReadingValues {
  readonly text: string;
  /** A day as YYYY-MM-DD; empty when none was chosen. */
  readonly actualOn: string;
  readonly interim: boolean;
  readonly pointId: string;
  readonly count: string;
  readonly evidenceTitle: string;
  readonly evidenceUrl: string;
  readonly term: string;
}

/** The values of an empty form. */
export const EMPTY: FormValues = {
  ...{ text: '', actualOn: '', interim: false, pointId: '', count: '', evidenceTitle: '', evidenceUrl: '' },
  ...{ term: '', ...NO_DECISION, ...NO_READING },
};
