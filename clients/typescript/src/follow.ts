import { asLetopisError, LetopisError } from './errors.js';
import { type ChangeFieldsFragment, FollowDocument, StartDocument } from './generated/graphql.js';
import { type Connection, type Options, pauseAfter } from './http.js';
import { request } from './request.js';
import { streamed } from './stream.js';

/** A change of a plan, an organisation or of access. `position` is where to continue after it. */
export type Change = ChangeFieldsFragment;

/** Options of {@link follow}. */
export interface FollowOptions extends Options {
  /** Position of the last change that was handled. Omitted: from now on. */
  readonly after?: string | undefined;
}

/**
 * Yields every change after a position: first the missed ones, then live ones, for ever. Reconnects by itself, without
 * repeating or losing a change. Store the position of a change together with what you make of it, and give it as
 * `after` when the program starts again.
 *
 * @throws LetopisError when a retry does not help: the key has ended, or the position is unknown (`BAD_POSITION`)
 */
export async function* follow(to: Connection, options: FollowOptions = {}): AsyncGenerator<Change> {
  for await (const changes of followTogether(to, options)) yield* changes;
}

/** Like {@link follow}, but yields changes that arrive together as one list. */
export async function* followTogether(
  to: Connection,
  { after, signal }: FollowOptions,
): AsyncGenerator<readonly Change[]> {
  let position = after ?? (await currentPosition(to, { signal }));
  // Plans that enter or leave the scope together have one position. A cut between them repeats those before it.
  const delivered = new Set<string>();
  const isNew = (change: Change): boolean => {
    const name = `${change.entryId} ${change.kind} ${change.planId}`;
    if (delivered.has(name)) return false;
    if (change.position !== position) delivered.clear();
    position = change.position;
    delivered.add(name);
    return true;
  };
  for (let failures = 0; ; ) {
    let failure = new LetopisError('NO_ANSWER', 'the stream has ended');
    try {
      for await (const results of streamed(to, FollowDocument, {}, position, signal)) {
        failures = 0;
        const changes = results.map(({ changes }) => changes).filter(isNew);
        if (changes.length > 0) yield changes;
      }
    } catch (error) {
      signal?.throwIfAborted();
      failure = asLetopisError(error);
      if (!failure.passes) throw failure;
    }
    failures += 1;
    await pauseAfter(failure, failures, signal);
  }
}

/** Returns the position up to which the read models are complete. @throws LetopisError */
export async function currentPosition(to: Connection, options: Options): Promise<string> {
  const { system } = await request(to, StartDocument, {}, options);
  if (!system) throw new LetopisError('INTERNAL_SERVER_ERROR', 'the answer has no position');
  return system.readModels;
}
