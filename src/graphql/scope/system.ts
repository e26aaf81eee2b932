import { logProblemText } from '../../application/logProblems.js';
import type { EventLog } from '../../engine/eventstore/port.js';
import type { ReadableProofs } from '../../engine/signing/readableProofs.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { globalId } from '../ids.js';
import { unscoped } from './unscoped.js';

/** The public part of the signed log: hashes, and the indexes of positions. */
export type PublicLog = Pick<EventLog, 'tree' | 'indexOf' | 'hashes' | 'lastCheckpoint'>;

/** Returns the signed log. @throws GraphQLError BAD_USER_INPUT if the server has none */
export function logOf(context: Context): PublicLog {
  return unscoped(context).log ?? noLog(context);
}

/**
 * Returns the functions that make proofs of plans. @throws GraphQLError BAD_USER_INPUT if the server has no signed log
 */
export function proofsOf(context: Context): ReadableProofs {
  return unscoped(context).proofs ?? noLog(context);
}

/** Returns the version of this program. */
export function versionOf(context: Context): string {
  return unscoped(context).version;
}

function noLog(context: Context): never {
  const { engine } = unscoped(context).events;
  throw apiError('BAD_USER_INPUT', `This server keeps no signed log: its chronicle lies in ${engine}.`);
}

/**
 * Returns the state of the server: engines, versions, progress. It has no data of single organisations, except the ids
 * of damaged plans that the caller sees.
 */
export async function systemState(context: Context) {
  const { events, store, runner, version, vault, logState, maxUpload } = unscoped(context);
  const { position } = runner;
  const { keys, refused, cosigned } = await logState();
  const { awaySince, head } = events.known();
  const isAway = awaySince !== undefined;
  return {
    version,
    chronicleId: events.chronicleId,
    eventStore: events.engine,
    readStore: store.engine,
    eventStoreAwaySince: awaySince ?? null,
    readStoreAwaySince: store.known().awaySince ?? null,
    head: await context.positions.tokenAt(isAway ? head : await events.head()),
    readModels: await context.positions.tokenAt(position),
    lag: events.known().countAfter(position),
    maxDocument: maxUpload,
    writing: context.health.writing,
    damagedPlans: await damagedPlansFor(context),
    logKey: keys?.log ?? null,
    witnessKey: keys?.witness ?? null,
    damagedPersonKeys: vault.damage.count,
    cosigned,
    logProblem: refused?.problem ?? null,
    logProblemText: refused ? logProblemText(refused) : null,
  };
}

/** Prefix of the streams of plans. */
const PLAN_STREAM_PREFIX = 'plan-';

/** Returns the damaged plans that the caller sees, by their global ids. */
async function damagedPlansFor(context: Context): Promise<string[]> {
  const streams = unscoped(context)
    .events.damage()
    .map(({ stream }) => stream);
  const plans = streams.flatMap((stream) =>
    stream?.startsWith(PLAN_STREAM_PREFIX) ? [stream.slice(PLAN_STREAM_PREFIX.length)] : [],
  );
  const seen = await Promise.all(plans.map((id) => context.loaders.plan.load(id)));
  return plans.filter((_, index) => seen[index] !== undefined).map((id) => globalId('plan', id));
}
