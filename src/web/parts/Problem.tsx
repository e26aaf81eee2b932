import { Button } from 'react-aria-components';
import { Link } from 'wouter';
import { ApiError } from '../api/ask';
import { words } from '../words/words';

/** A message in place of data: what happened, and what can be done. */
export function Problem({
  error,
  again,
}: {
  readonly error: Error;
  /** Omitted if the page repeats the request itself. */
  readonly again?: () => void;
}) {
  return (
    <div className="empty" role="alert">
      <p>{sentenceOf(error)}</p>
      {again ? <Button onPress={again}>{words.again}</Button> : <p>{words.repeats}</p>}
    </div>
  );
}

/** A message that there is no such page for this person. */
export function Gone() {
  return (
    <div className="empty">
      <p role="alert">{words.gone}</p>
      <Link href="/plan">{words.toPlans}</Link>
    </div>
  );
}

function sentenceOf(error: Error): string {
  if (!(error instanceof ApiError)) return words.failed;
  if (error.code === 'OFFLINE') return words.signIn.offline;
  return error.code === 'FORBIDDEN' ? words.forbidden : words.failed;
}
