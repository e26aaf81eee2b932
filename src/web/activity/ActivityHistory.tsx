import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { EntryFragment } from '../api/generated/graphql';
import { presentId } from '../api/ids';
import { EntryCheck } from '../journal/EntryCheck';
import { comparisonHref } from '../plan/address';
import { shownBasisText } from '../words/basis';
import { momentInWords } from '../words/dates';
import { distinctTexts, nameAndPost } from '../words/persons';
import { roleAndPost } from '../words/roles';
import { words } from '../words/words';
import { EntryDetails } from './EntryDetails';

/** The history of an activity in sentences, the latest first. */
export function ActivityHistory({ entries }: { readonly entries: readonly EntryFragment[] | undefined }) {
  return (
    <section aria-labelledby="history-title">
      <h3 id="history-title">{words.activity.history}</h3>
      {entries ? (
        <ol className="entries">
          {entries.toReversed().map((entry) => (
            <EntryItem key={entry.id} entry={entry} isCompared />
          ))}
        </ol>
      ) : (
        <p className="small">{words.activity.noHistory}</p>
      )}
    </section>
  );
}

/** An entry of the audit trail: what happened, when, by whom, why, on what basis, and each field before and after. */
export function EntryItem({
  entry,
  isCompared = false,
  about,
  children,
}: {
  readonly entry: EntryFragment;
  /** True to link to the plan before and after it. */
  readonly isCompared?: boolean;
  /** The subject of the entry, if the page does not show it elsewhere. */
  readonly about?: ReactNode;
  /** Further links. */
  readonly children?: ReactNode;
}) {
  const { sentence, recordedAt, actor, accessOf, onBehalfOf, reason, changes, planId, revision, edition } = entry;
  const basis = basisOf(entry);
  return (
    <li>
      <p>{sentence}</p>
      {accessOf && (
        <p>
          {words.trail.accessOf}: {distinctTexts([accessOf.name, roleAndPost(accessOf)]).join(', ')}
        </p>
      )}
      <p className="small">
        <time dateTime={recordedAt}>{momentInWords(recordedAt)}</time> · <EntryAuthor actor={actor} />
        {onBehalfOf && `, ${words.activity.onBehalfOf}: ${onBehalfOf}`}
      </p>
      {about}
      <EntryDetails reason={reason} basis={basis} changes={changes} />
      <div className="links">
        {isCompared && planId && edition > 0 && revision > 0 && (
          <Link href={comparisonHref(presentId(planId), `r${revision - 1}`, `r${revision}`)}>
            {words.compare.title}
          </Link>
        )}
        {children}
        <EntryCheck entry={entry} />
      </div>
    </li>
  );
}

/** The author of an entry with the post. The name is a link to all entries by this person. */
function EntryAuthor({ actor }: { readonly actor: EntryFragment['actor'] }) {
  const { name, holder } = actor;
  if (!holder) return nameAndPost(actor);
  return (
    <>
      <Link href={`/journal?actor=${holder.id}`} title={words.trail.ofAuthor}>
        {name}
      </Link>
      {nameAndPost(actor).slice(name.length)}
    </>
  );
}

/** Types of events that change an approved plan. An entry of such a type says so if no basis was stated. */
const AMENDMENTS: readonly string[] = ['PlanAmended', 'ActivityRescheduled', 'ActivityExcluded'];

function basisOf({ basis, eventType, edition }: EntryFragment): string | undefined {
  const isMissing = !basis && edition > 1 && AMENDMENTS.includes(eventType);
  return isMissing ? words.activity.noBasis : shownBasisText(basis);
}
