import { newToken } from '../access/tokens.js';
import type { Config } from './config.js';
import { type DataDirectory, secretFile } from './dataDirectory.js';

/** The token of the administrator by configuration. */
export interface AdministratorKey {
  readonly token: string;
  /** `new`: made by this process; `kept`: in its file since an earlier start; `configured`: LETOPIS_BOOTSTRAP_KEY. */
  readonly from: 'new' | 'kept' | 'configured';
  /** The file that holds it, where it is not configured. */
  readonly file: string;
}

/** Returns the administrator's token, made when there is none yet. */
export async function administratorKeyOf(config: Config, files: DataDirectory): Promise<AdministratorKey> {
  const file = files.administratorKey;
  const configured = config.LETOPIS_BOOTSTRAP_KEY;
  if (configured !== undefined) return { token: configured, from: 'configured', file };
  const { secret, isNew } = await secretFile(file, newToken);
  return { token: secret, from: isNew ? 'new' : 'kept', file };
}
