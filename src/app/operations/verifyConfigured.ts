import { withOpened } from '../../engine/closing.js';
import type { Config } from '../config.js';
import { filesIn } from '../dataDirectory.js';
import { EMBEDDED, openChronicle } from '../stores.js';
import { besideLog, openVerifiable } from '../verifiableStores.js';
import type { VerifiedChronicle } from '../verified.js';
import type { GivenKeys } from './trustedLogs.js';
import { verifyHistory, verifyHistoryOnServer } from './verifyHistory.js';
import { verifyKeysBeside, verifyKeysIn } from './verifyKeys.js';

/**
 * Verifies the configured chronicle and its keys of persons, on files or on servers. A server may run. Nothing is
 * written to them.
 *
 * @throws ChronicleDamaged, LogNotBuilt, OperationRefused, EventStoreUnavailable, ReadStoreUnavailable, MalformedNote
 */
export async function verifyConfigured(
  config: Config,
  given: GivenKeys,
  onProgress: (events: number) => void,
): Promise<VerifiedChronicle> {
  const files = filesIn(config.LETOPIS_DATA);
  const masterKey = config.LETOPIS_MASTER_KEY;
  return withOpened(async (onClose) => {
    const stores = await openVerifiable(config, files, onClose);
    if (config.LETOPIS_EVENT_STORE === EMBEDDED) {
      const history = await verifyHistory(files.chronicle, stores.anchors, given, onProgress);
      return { ...history, persons: (await verifyKeysIn(files, masterKey, stores)) ?? null };
    }
    const events = await openChronicle(config, files, { mustExist: true });
    onClose(() => events.close());
    const log = await besideLog(stores, files);
    const history = await verifyHistoryOnServer(events, log, stores.anchors, given, onProgress);
    return { ...history, persons: (await verifyKeysBeside(events, stores, files, masterKey)) ?? null };
  });
}
