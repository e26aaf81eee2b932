import { z } from 'zod';
import { type AskOptions, FIELD_PATH, type TestApi } from './api.js';

const OUTCOME = z.object({
  token: z.string().nullable(),
  position: z.string().nullable(),
  access: z
    .looseObject({ id: z.string(), status: z.string(), organisationIds: z.array(z.string()).nullable() })
    .nullable(),
  userErrors: z.array(z.object({ code: z.string(), field: FIELD_PATH, message: z.string() })),
});

/** The payload of a command on access. */
export type AccessOutcome = z.infer<typeof OUTCOME>;

/** Executes a command on access by the name of its mutation, as the administrator unless `key` names another role. */
export async function onAccess(
  server: TestApi,
  name: string,
  input: Readonly<Record<string, unknown>>,
  options: AskOptions = {},
): Promise<AccessOutcome> {
  const type = {
    issueAccess: 'IssueAccessInput',
    rotateAccess: 'RotateAccessInput',
    renameAccess: 'RenameAccessInput',
    linkSignIn: 'LinkSignInInput',
    unlinkSignIn: 'UnlinkSignInInput',
  };
  const scope = name === 'revokeAccess' ? 'AccessInput' : 'ScopeInput';
  const known = Object.entries(type).find(([each]) => each === name)?.[1] ?? scope;
  const document = `mutation($input: ${known}!) { outcome: ${name}(input: $input) {
    token position access { id name role status organisationIds revision issuedAt credentials { kind hint until } formerAccessIds }
    userErrors { code field message } } }`;
  const { outcome } = await server.read(z.object({ outcome: OUTCOME }), document, { ...options, variables: { input } });
  return outcome;
}

/** Creates a key. Returns its token and the id of the access. */
export async function newKey(
  server: TestApi,
  input: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly token: string; readonly id: string }> {
  const { token, access, userErrors } = await onAccess(server, 'issueAccess', {
    ...{ name: 'Портал района', role: 'INTEGRATOR' },
    ...input,
  });
  if (token === null || !access) throw new Error(JSON.stringify(userErrors));
  return { token, id: access.id };
}
