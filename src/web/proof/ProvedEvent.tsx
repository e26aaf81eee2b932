import { EntryDetails } from '../activity/EntryDetails';
import { isDay, momentInWords, shortDayText } from '../words/dates';
import { proofWords } from '../words/proof';
import type { EventCheck } from './bundleCheck';
import { type ShownLine, shownLine } from './lines';

/** An event of a proof, as its sentence in the file, with its findings. */
export function ProvedEvent({
  event,
  names,
}: {
  readonly event: EventCheck;
  /** The names that lines refer to. */
  readonly names: readonly string[];
}) {
  const problem = eventProblem(event);
  return (
    <li className={problem ? 'unproved' : undefined}>
      {problem && (
        <p className="problem">
          <span aria-hidden="true">✗ </span>
          {problem}
        </p>
      )}
      {event.line === undefined ? (
        <p>{proofWords.bundle.noLine}</p>
      ) : (
        <ProvedLine line={shownLine(event.line, names)} />
      )}
      <details className="small hash">
        <summary>
          № {event.number}, {proofWords.bundle.number(event.index + 1)}
        </summary>
        {proofWords.bundle.hash}: {event.leaf}
      </details>
    </li>
  );
}

function ProvedLine({ line }: { readonly line: ShownLine }) {
  const { recordedAt, effectiveOn, sentence, actor, reason, basis, changes } = line;
  const { bundle } = proofWords;
  return (
    <>
      <p>{sentence}</p>
      <p className="small">
        {[momentOf(recordedAt), ...actor].join(' · ')}
        {isDay(effectiveOn) && ` · ${bundle.inForce} ${shortDayText(effectiveOn)}`}
      </p>
      <EntryDetails reason={reason} basis={basis} changes={changes} />
    </>
  );
}

function eventProblem({ isIncluded, isNext, words: state, hasOwnFacts }: EventCheck): string | undefined {
  const { bundle } = proofWords;
  if (!isIncluded || !isNext) return bundle.unproved;
  if (state === 'UNSIGNED') return bundle.unsignedLine;
  return state === 'CHANGED' || !hasOwnFacts ? bundle.changed : undefined;
}

/** Returns a moment in words; a text that is not a moment is returned unchanged. */
function momentOf(text: string): string {
  return Number.isNaN(Date.parse(text)) ? text : momentInWords(text);
}
