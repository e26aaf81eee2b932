import { z } from 'zod';
import { BY_SYSTEM } from '../../application/commands.js';
import { isUnknown, type Traces } from '../../application/persons/traces.js';
import { refusalInBoth } from '../../application/refusalSentences.js';
import { LEGAL_GROUNDS } from '../../domain/person/events.js';
import { globalId } from '../../graphql/ids.js';
import { nothingChanged } from '../bilingual.js';
import { freshReadModels } from './fresh.js';
import { OperationRefused, operation } from './operation.js';
import { isIdLike, uuidOf } from './uuid.js';

const PrintableTraces = z.object({
  subject: z.string().nullable(),
  name: z.string().nullable(),
  entries: z.number(),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  plans: z.array(
    z.object({ planId: z.string(), title: z.string(), retainedUntil: z.string().nullable(), isRetained: z.boolean() }),
  ),
  mentions: z.array(
    z.object({ entryId: z.string(), planId: z.string().nullable(), path: z.string(), excerpt: z.string() }),
  ),
  hasMoreMentions: z.boolean(),
  apiKeys: z.array(z.object({ id: z.string(), name: z.string(), isSame: z.boolean() })),
  alike: z.array(z.object({ subject: z.string(), name: z.string() })),
});

/** The traces of a person, as they are sent over the socket. */
export type ToldTraces = z.infer<typeof PrintableTraces>;

/** Returns the traces of a person. If `forget` is not null, also erases the name. */
export const forget = operation({
  name: 'forget',
  input: z.object({
    /** A name as it is printed, or the global id of a person. */
    person: z.string().max(200),
    forget: z
      .object({
        ground: z.enum(LEGAL_GROUNDS),
        reason: z.string().nullable(),
        requestedOn: z.string().nullable(),
        despiteRetention: z.boolean(),
      })
      .nullable(),
  }),
  progress: z.never(),
  result: z.object({ traces: PrintableTraces, isForgotten: z.boolean() }),
  open: {},
  writes: true,
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run({ services }, { person, forget: asked }) {
    const { persons } = services;
    // Read models that are behind would hide traces of the person.
    await freshReadModels(services);
    const sought = isIdLike(person, 'person') ? { subject: uuidOf(person, 'person') } : { name: person };
    const known = await persons.tracesOf(sought);
    if (isUnknown(known))
      throw new OperationRefused(nothingChanged(refusalInBoth({ code: 'PERSON_NOT_FOUND', field: null, params: {} })));
    if (asked === null) return { traces: parsedTraces(known), isForgotten: false };
    const { result, traces } = await persons.forget({
      ...BY_SYSTEM,
      ...asked,
      sought,
    });
    if (result.kind === 'refused' && result.refusal.code !== 'PERSON_FORGOTTEN') {
      throw new OperationRefused(nothingChanged(refusalInBoth(result.refusal)));
    }
    return { traces: parsedTraces(traces), isForgotten: true };
  },
});

/** Returns traces with global ids. */
function parsedTraces({ subject, plans, mentions, apiKeys, alike, ...traces }: Traces): ToldTraces {
  return PrintableTraces.parse({
    ...traces,
    subject: subject && globalId('person', subject),
    plans: plans.map(({ planId, ...plan }) => ({ ...plan, planId: globalId('plan', planId) })),
    mentions: mentions.map(({ entryId, planId, ...mention }) => ({
      ...mention,
      entryId: globalId('entry', entryId),
      planId: planId && globalId('plan', planId),
    })),
    apiKeys: apiKeys.map((key) => ({ ...key, id: globalId('access', key.id) })),
    alike: alike.map((other) => ({ ...other, subject: globalId('person', other.subject) })),
  });
}
