import { ADMINISTRATOR } from '../access/principals.js';
import { digestsOf } from '../access/tokens.js';
import type { Letopis } from './compose.js';

/** Returns a new one-time code that signs the configured administrator in. */
export async function administratorCode({ sessions, administratorKey, services }: Letopis): Promise<string> {
  const { token } = await administratorKey();
  return sessions.newCode({ holderId: ADMINISTRATOR.id, lookup: digestsOf(token).lookup }, services.clock());
}

/** Returns the link that opens the page and signs in. The code is in the fragment, which browsers send to no server. */
export function signInLink(address: string, code: string): string {
  return `${address}/sign-in#${code}`;
}
