import { z } from 'zod';
import { type AskOptions, FIELD_PATH, type TestApi } from './api.js';

const PAYLOAD = z.object({
  organisation: z.looseObject({ id: z.string(), revision: z.number() }).nullable(),
  entries: z.array(z.object({ eventType: z.string(), sentence: z.string() })),
  position: z.string().nullable(),
  userErrors: z.array(z.object({ code: z.string(), field: FIELD_PATH, message: z.string() })),
});

/** The payload of a command on an organisation. */
export type OrganisationOutcome = z.infer<typeof PAYLOAD>;

/** Executes a command on an organisation by the name of its mutation. */
export async function onOrganisation(
  server: TestApi,
  name: string,
  input: Readonly<Record<string, unknown>>,
  options: AskOptions = {},
): Promise<OrganisationOutcome> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation($input: ${type}!) { outcome: ${name}(input: $input) {
    organisation { id revision name parentId timeZone settings { closingRule dueSoonDays reportDueDay } }
    entries { eventType sentence } position userErrors { code field message } } }`;
  const { outcome } = await server.read(z.object({ outcome: PAYLOAD }), document, {
    ...options,
    variables: { input },
  });
  return outcome;
}

/** Registers an organisation and returns its id. */
export async function registered(server: TestApi, input: Readonly<Record<string, unknown>>): Promise<string> {
  const { organisation, userErrors } = await onOrganisation(server, 'registerOrganisation', input);
  if (!organisation) throw new Error(JSON.stringify(userErrors));
  return organisation.id;
}
