import { setOperatorTerms } from '../engine/operatorTerms.js';

/** Makes the messages of the engine name the commands and settings of Letopis. */
export function nameLetopisInMessages(): void {
  setOperatorTerms({
    copy: 'npx letopis copy',
    rebuild: 'npx letopis rebuild',
    restore: 'npx letopis restore',
    retry: 'npx letopis projections retry',
    verify: 'npx letopis verify',
    dataDirectory: 'LETOPIS_DATA or --data',
    eventStore: 'LETOPIS_EVENT_STORE',
    logKey: 'LETOPIS_LOG_KEY',
    masterKey: 'master.key or LETOPIS_MASTER_KEY',
    namespace: 'LETOPIS_NAMESPACE',
    previousLogKey: 'LETOPIS_LOG_KEY_BEFORE',
    clusterGuide: 'docs/cluster.md',
  });
}
