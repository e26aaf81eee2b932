import { join } from 'node:path';
import { openVault } from '../../src/vault/sqlite.js';
import { vaultConformance } from './vault.js';

vaultConformance('sqlite', (directory, masterKey) => openVault(join(directory, 'keys.db'), masterKey));
