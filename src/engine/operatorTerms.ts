/** Commands, settings and pages that messages to the operator name. */
export interface OperatorTerms {
  /** Commands. */
  readonly copy: string;
  readonly rebuild: string;
  readonly restore: string;
  readonly retry: string;
  readonly verify: string;
  /** Settings. */
  readonly dataDirectory: string;
  readonly eventStore: string;
  readonly logKey: string;
  readonly masterKey: string;
  readonly namespace: string;
  readonly previousLogKey: string;
  /** The page about event stores on servers. */
  readonly clusterGuide: string;
}

let current: OperatorTerms = {
  copy: 'the copy command',
  rebuild: 'the rebuild command',
  restore: 'the restore command',
  retry: 'the retry command',
  verify: 'the verify command',
  dataDirectory: 'the data directory',
  eventStore: 'the address of the event store',
  logKey: 'the log key',
  masterKey: 'the master key',
  namespace: 'the namespace',
  previousLogKey: 'the previous log key',
  clusterGuide: 'the operating instructions',
};

/** Returns the terms of the product that runs on the engine, or general terms if the product has not set any. */
export function operatorTerms(): OperatorTerms {
  return current;
}

/** Sets the terms of the product. They apply to all messages of this process. */
export function setOperatorTerms(terms: OperatorTerms): void {
  current = terms;
}
