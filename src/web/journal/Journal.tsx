import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Link, useSearch } from 'wouter';
import { EntryItem } from '../activity/ActivityHistory';
import { ask } from '../api/ask';
import { JournalDocument } from '../api/generated/graphql';
import { JOURNAL_KEY } from '../api/queries';
import { limitOf } from '../forms/limits';
import { Choice } from '../parts/Choice';
import { DayField } from '../parts/DayField';
import { Problem } from '../parts/Problem';
import { Search } from '../parts/Search';
import { useTitle } from '../parts/useTitle';
import { words } from '../words/words';
import { ENTRY_KINDS, type Kind } from './kinds';
import { usePlanTitles } from './usePlanTitles';

/** The audit trail: who changed what, when, why and on what order. The latest entry is the first. */
export default function Journal() {
  useTitle(words.journal);
  const [text, setText] = useState('');
  const [order, setOrder] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [kind, setKind] = useState<Kind | ''>('');
  const given = new URLSearchParams(useSearch());
  const [planId, actorId] = [given.get('plan'), given.get('actor')];
  const filter = {
    planId,
    actorId,
    eventType: kind === '' ? null : ENTRY_KINDS[kind],
    text: text || null,
    orderNumber: order || null,
    from: from === '' ? null : startOfDay(from),
    to: to === '' ? null : endOfDay(to),
  };
  const found = useInfiniteQuery({
    queryKey: [...JOURNAL_KEY, filter],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) => (await ask(JournalDocument, { filter, before: pageParam })).auditTrail,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasPreviousPage ? pageInfo.startCursor : null),
  });
  const entries = found.data?.pages.flatMap(({ nodes }) => nodes.toReversed()) ?? [];
  const titles = usePlanTitles([
    ...(planId === null ? [] : [planId]),
    ...entries.flatMap((entry) => entry.planId ?? []),
  ]);
  const total = found.data?.pages[0]?.totalCount;
  return (
    <>
      <h1>{words.journal}</h1>
      {planId !== null && (
        <p className="lead">
          {words.trail.plan}: <PlanLink planId={planId} titles={titles} />
          {' · '}
          <Link href="/journal">{words.trail.ofAll}</Link>
        </p>
      )}
      {actorId !== null && (
        <p className="lead">
          {words.trail.author}: {entries[0]?.actor.name ?? '…'}
          {' · '}
          <Link href="/journal">{words.trail.ofAll}</Link>
        </p>
      )}
      <div className="filters">
        <Search label={words.trail.text} limit={limitOf('auditTrail', 'filter.text')} onFind={setText} />
        <Choice
          label={words.trail.kind}
          value={kind}
          onChange={setKind}
          options={[['', words.trail.anyKind], ...KIND_NAMES.map((each) => [each, words.trail.kinds[each]] as const)]}
        />
        <Search label={words.trail.order} limit={limitOf('auditTrail', 'filter.orderNumber')} onFind={setOrder} />
        <DayField label={words.trail.from} value={from} onChange={setFrom} />
        <DayField label={words.trail.to} value={to} onChange={setTo} />
        <a className="button" href={`/audit.csv${exportQuery(filter)}`} download>
          {words.trail.export}
        </a>
        <Link className="button" href="/proof">
          {words.trail.checkFile}
        </Link>
      </div>
      <p className="small">{words.trail.textHint}</p>
      {found.error && <Problem error={found.error} again={() => void found.refetch()} />}
      {total !== undefined && (
        <p className="small" role="status">
          {words.trail.count}: {total}
        </p>
      )}
      {found.isSuccess && entries.length === 0 && <p className="empty">{words.trail.none}</p>}
      <ol className="entries journal">
        {entries.map((entry) => (
          <EntryItem
            key={entry.id}
            entry={entry}
            isCompared
            about={
              planId === null &&
              entry.planId && (
                <p className="small">
                  {words.trail.plan}: <PlanLink planId={entry.planId} titles={titles} />
                </p>
              )
            }
          >
            {entry.planId && entry.activityId && (
              <Link href={`/plan/${entry.planId}/${entry.activityId}`}>{words.trail.openActivity}</Link>
            )}
          </EntryItem>
        ))}
      </ol>
      {found.hasNextPage && <Button onPress={() => void found.fetchNextPage()}>{words.trail.earlier}</Button>}
    </>
  );
}

const KIND_NAMES = ['TERMS', 'EXECUTION', 'CONTENT', 'APPROVAL', 'ACCESS'] as const satisfies readonly Kind[];

/** A link to a plan by its title; by the word «plan» while the title is not known. */
function PlanLink({ planId, titles }: { readonly planId: string; readonly titles: ReadonlyMap<string, string> }) {
  return <Link href={`/plan/${planId}`}>{titles.get(planId) ?? words.trail.open}</Link>;
}

function startOfDay(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}

function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59.999`).toISOString();
}

function exportQuery(filter: Readonly<Record<string, string | readonly string[] | null>>): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
