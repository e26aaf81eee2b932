import { newToken } from '../access/tokens.js';
import type { Config } from './config.js';
import { type DataDirectory, secretFile } from './dataDirectory.js';

/** The token of the configured administrator. */
export interface AdministratorKey {
  readonly token: string;
  /** `new`: created by this process; `kept`: read from `file`; `configured`: from LETOPIS_BOOTSTRAP_KEY. */
  readonly from: 'new' | 'kept' | 'configured';
  /** The file that holds the token unless it is configured. */
  readonly file: string;
}

/** Returns the administrator's token. Creates it if there is none. */
export async function administratorKeyOf(config: Config, files: DataDirectory): Promise<AdministratorKey> {
  const file = files.administratorKey;
  const configured = config.LETOPIS_BOOTSTRAP_KEY;
  if (configured !== undefined) return { token: configured, from: 'configured', file };
  const { secret, isNew } = await secretFile(file, newToken);
  return { token: secret, from: isNew ? 'new' : 'kept', file };
}
