import type { Principal } from '../../access/principal.js';
import { type LocalDate, localDay } from '../../domain/dates.js';
import type { PersonalText } from '../../domain/personal.js';
import { retainedUntil } from '../../domain/retention.js';
import type { Clock } from '../../engine/clock.js';
import { bodyOf } from '../../engine/projections/readModel.js';
import type { ProjectionRunner } from '../../engine/projections/runner.js';
import { documentPages } from '../../engine/readstore/pages.js';
import type { Filter, ReadStore } from '../../engine/readstore/port.js';
import type { Vault } from '../../engine/vault/vault.js';
import { type AuditBody, auditTrail } from '../../projections/auditTrail.js';
import { freeTexts, sealedIn } from '../../projections/freeText.js';
import type { ReadModel } from '../../projections/model.js';
import { parties } from '../../projections/parties.js';
import { plans } from '../../projections/plans.js';
import { excerptAround, isNamedIn, type NameStem, nameStems } from './surnames.js';

/** Dependencies of a search for the traces of a person. */
export interface TraceSources {
  readonly store: ReadStore;
  readonly runner: Pick<ProjectionRunner, 'live'>;
  readonly vault: Vault;
  /** Returns all possible actors: holders of API keys, and the program itself. */
  readonly holders: () => Promise<readonly Pick<Principal, 'id' | 'name' | 'post' | 'organisation'>[]>;
  readonly clock: Clock;
  readonly timeZone: string;
  /** Years for which a plan is retained. */
  readonly retentionYears: number;
}

/** A person by data subject, or by the printed name. */
export type PersonSearch = { readonly subject: string } | { readonly name: string };

/** A plan that names a person. */
export interface NamingPlan {
  readonly planId: string;
  readonly title: string;
  /** First day on which the plan need no longer be retained; null if it need not be retained. */
  readonly retainedUntil: LocalDate | null;
  readonly isRetained: boolean;
}

/** A free text that may contain the name. It is not a sealed name: erasing the key does not erase it. */
export interface Mention {
  readonly entryId: string;
  readonly planId: string | null;
  /** Path of the text within the event. */
  readonly path: string;
  readonly excerpt: string;
}

/** An API key whose name, post or organisation names a person. */
export interface NamingKey {
  readonly id: string;
  readonly name: string;
  /** True if the key has exactly this name: further events of the key would record the name again. */
  readonly isSame: boolean;
}

/** All traces of a person in this chronicle. */
export interface Traces {
  /** Null if there is no sealed name. Free texts may still name the person. */
  readonly subject: string | null;
  /** Null: erased. */
  readonly name: string | null;
  /** Number of events that name the person, including those where the person is the actor. */
  readonly entries: number;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly plans: readonly NamingPlan[];
  readonly mentions: readonly Mention[];
  /** True if there are more mentions than these. */
  readonly hasMoreMentions: boolean;
  /** API keys with this name or a similar one. */
  readonly apiKeys: readonly NamingKey[];
  /** Other data subjects with similar names: possibly the same person, printed differently. */
  readonly alike: readonly { readonly subject: string; readonly name: string }[];
}

const TRACED_EVENTS_PER_READ = 500;
/** Maximum number of mentions, and of persons with similar names, in the result. */
const MAX_MENTIONS = 200;
const MAX_ALIKE = 50;

/**
 * Returns the traces of a person.
 *
 * @throws VaultUnavailable, ReadStoreUnavailable
 */
export async function tracesOf(sources: TraceSources, sought: PersonSearch): Promise<Traces> {
  const { vault } = sources;
  const subject = 'subject' in sought ? sought.subject : ((await vault.subjectOf({ person: sought.name })) ?? null);
  const named = await entriesNaming(sources, subject);
  const sealed = named.sealed ? vault.open(named.sealed) : null;
  const name = sealed ?? ('name' in sought ? sought.name : null);
  const stems = name === null ? [] : nameStems(name);
  const mentions = await mentionsOf(sources, stems);
  return {
    subject,
    name,
    entries: named.count,
    firstAt: named.firstAt,
    lastAt: named.lastAt,
    plans: await namingPlans(sources, [...named.planIds]),
    mentions: mentions.slice(0, MAX_MENTIONS),
    hasMoreMentions: mentions.length > MAX_MENTIONS,
    apiKeys: name === null ? [] : await keysNaming(sources, subject, name),
    alike: await alikeTo(sources, subject, stems),
  };
}

/** Returns true if there are no traces of a person. */
export function isUnknown({ subject, name, entries, mentions, apiKeys, alike }: Traces): boolean {
  const isSealed = subject !== null && (entries > 0 || name !== null);
  return !isSealed && mentions.length + apiKeys.length + alike.length === 0;
}

async function entriesNaming(sources: TraceSources, subject: string | null) {
  const planIds = new Set<string>();
  let count = 0;
  let sealed: PersonalText | undefined;
  let firstAt: string | null = null;
  let lastAt: string | null = null;
  const filter: Filter = [{ field: 'subjects', op: 'has', value: subject ?? '' }];
  for await (const { planId, recorded } of subject === null ? [] : collectedItems(sources, auditTrail, filter)) {
    count += 1;
    firstAt ??= recorded.recordedAt;
    lastAt = recorded.recordedAt;
    sealed ??= sealedIn(recorded).find((text) => text.subject === subject);
    if (planId !== null) planIds.add(planId);
  }
  return { planIds, count, sealed, firstAt, lastAt };
}

async function namingPlans(
  { store, runner, clock, timeZone, retentionYears }: TraceSources,
  planIds: readonly string[],
): Promise<NamingPlan[]> {
  const today = localDay(clock(), timeZone);
  const documents = await store.get(runner.live(plans.spec), planIds);
  return documents.flatMap((document) => {
    if (!document) return [];
    const { planId, title, status, period } = bodyOf(plans, document);
    const until = retainedUntil({ status, period }, retentionYears);
    return [{ planId, title, retainedUntil: until, isRetained: until !== null && today < until }];
  });
}

async function mentionsOf(sources: TraceSources, stems: readonly NameStem[]): Promise<Mention[]> {
  const mentions: Mention[] = [];
  for (const stem of stems) {
    const op = stem.isWhole ? 'has' : 'hasPrefix';
    for await (const body of collectedItems(sources, auditTrail, [{ field: 'words', op, value: stem.stem }])) {
      mentions.push(...mentionsIn(body, stem));
      if (mentions.length > MAX_MENTIONS) return mentions;
    }
  }
  return mentions;
}

function mentionsIn({ recorded, planId }: AuditBody, stem: NameStem): Mention[] {
  return freeTexts(recorded).flatMap(({ path, text }) => {
    const excerpt = excerptAround(text, stem);
    return excerpt === undefined ? [] : [{ entryId: recorded.id, planId, path, excerpt }];
  });
}

async function keysNaming({ holders, vault }: TraceSources, subject: string | null, sought: string) {
  const naming: NamingKey[] = [];
  for (const { id, name, post, organisation } of await holders()) {
    const isSame = subject !== null && (await vault.subjectOf({ person: name })) === subject;
    const said = [name, post, organisation].join(' ');
    if (isSame || isNamedIn(sought, said)) naming.push({ id, name, isSame });
  }
  return naming;
}

/** Returns persons with similar names among responsible parties and on stamps. */
async function alikeTo(sources: TraceSources, subject: string | null, stems: readonly NameStem[]) {
  const found = new Map<string, string>();
  if (stems.length === 0) return [];
  const look = async (value: unknown) => {
    await sources.vault.learn(value);
    for (const sealed of sealedIn(value)) {
      const name = sealed.subject === subject ? null : sources.vault.open(sealed);
      if (name !== null && stems.some((stem) => excerptAround(name, stem) !== undefined))
        found.set(sealed.subject, name);
    }
  };
  for await (const { name } of collectedItems(sources, parties, [{ field: 'kind', op: 'eq', value: 'person' }])) {
    await look(name);
    if (found.size >= MAX_ALIKE) break;
  }
  for await (const { stamps } of collectedItems(sources, plans, [])) {
    if (found.size >= MAX_ALIKE) break;
    await look(stamps);
  }
  return [...found]
    .map(([other, name]) => ({ subject: other, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'ru'));
}

/** Yields the bodies of a model that a filter selects, oldest first if the model has a time, otherwise by id. */
async function* collectedItems<Body>(
  { store, runner, vault }: TraceSources,
  model: ReadModel<Body>,
  filter: Filter,
): AsyncGenerator<Body> {
  const spec = runner.live(model.spec);
  const order = spec.fields.at === undefined ? [] : [{ field: 'at', direction: 'asc' } as const];
  for await (const { documents } of documentPages(store, spec, { filter, order, limit: TRACED_EVENTS_PER_READ })) {
    await vault.learn(documents);
    for (const document of documents) yield bodyOf(model, document);
  }
}
