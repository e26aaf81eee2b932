// Seals names, prints the sealed texts, and kills itself before or after their keys are stored.
import { writeSync } from 'node:fs';

const [root, argument] = process.argv.slice(2);
const { place, masterKey, names, moment } = JSON.parse(argument);
const [module, where] = place;
const load = (path) => import(`${root}${path}.js`);

const vault = await { sqlite, mongodb }[module]();
const sealing = vault.sealing();
const texts = names.map((person) => sealing.seal({ person }));
if (moment === 'after') await sealing.ready();
writeSync(1, JSON.stringify(texts));
process.kill(process.pid, 'SIGKILL');

async function sqlite() {
  const { openVault } = await load('engine/vault/sqlite');
  return openVault(where, Buffer.from(masterKey, 'base64'));
}

async function mongodb() {
  const { connectMongo } = await load('engine/storage/mongodb');
  const { openMongoVault } = await load('engine/vault/mongodb');
  const { db } = await connectMongo(where);
  return openMongoVault(db, Buffer.from(masterKey, 'base64'));
}
