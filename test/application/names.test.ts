import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { derivedId } from '../../src/engine/eventstore/envelope.js';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { HOLDERS } from '../support/keys.js';
import { letopis } from '../support/process.js';
import {
  removeDirectory,
  type Sample,
  sampleOf,
  startServer,
  type TestServer,
  temporaryDirectory,
} from '../support/server.js';

let directory: string;
let server: TestServer;
let sample: Sample;

/** Names that were printed, entered or carried by keys. */
const NAMES = ['Филатова', 'Стапинов', 'Иванова', 'Вяземцев', 'Карташова', 'Орешкина', 'Щукин'];

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await startServer({ directory });
  sample = await sampleOf(server);
  const period = { start: '2020-09-01', end: '2021-08-31' };
  const { plan } = await server.done(
    'draftPlan',
    { title: 'План', ownerUnit: 'Центр', period },
    { key: 'methodologist' },
  );
  const [planId, sectionId] = [plan.id, `${plan.id.replace('plan', 'section')}.s1`];
  await server.done('addSection', { planId, title: 'Работа' });
  const responsible = 'Иванова А.П., методист';
  await server.done('addActivity', {
    activity: { sectionId, title: 'Семинар', timeframe: { text: 'май' }, responsible },
  });
  await server.done('submitPlan', { planId, route: [{ kind: 'AGREE', post: 'Начальник отдела образования' }] });
  const stamp = { post: 'Начальник отдела образования', person: 'С.И. Вяземцев' };
  await server.done('agreePlan', { planId, stamp }, { key: 'department' });
  const input = { activityId: sample.activity(5), responsible, reason: 'Замена' };
  await server.done('reassignActivity', input, { key: 'director' });
});
afterAll(async () => {
  await server.close();
  await removeDirectory(directory);
});

/** Returns the files of the directory that contain one of the names, with the names. */
async function found(): Promise<Record<string, string[]>> {
  const files: Record<string, string[]> = {};
  for (const file of (await readdir(directory)).filter((name) => !name.endsWith('.sock'))) {
    // Files of SQLite beside a database, and a file that is being replaced, may be deleted during the search.
    const content = readFile(join(directory, file), 'utf8');
    const text = await (/(-(wal|shm)|\.part)$/.test(file) ? content.catch(() => '') : content);
    const names = NAMES.filter((name) => text.toLowerCase().includes(name.toLowerCase()));
    if (names.length > 0) files[file.replace(/-(wal|shm)$/, '')] = names;
  }
  return files;
}

async function stampsAndActors(): Promise<unknown> {
  return server.data(`{
    plans(filter: { status: [APPROVED] }) { nodes { stamps { person } } }
    auditTrail(last: 1) { nodes { actor { name } client } }
  }`);
}

describe('names of persons', () => {
  it('stand in the clear in no file, while the server runs and after it', async () => {
    expect(await found()).toEqual({});
    await server.close();
    expect(await found()).toEqual({});
    server = await startServer({ directory });
  });

  it('are read by who may see them, until the key of the person is destroyed: then they are not to be had, and nobody says that they were erased', async () => {
    expect(await stampsAndActors()).toEqual({
      plans: { nodes: [{ stamps: [{ person: 'Е.Н. Филатова' }, { person: 'СВ Стапинов' }] }] },
      auditTrail: { nodes: [{ actor: { name: HOLDERS.director.name }, client: HOLDERS.director.name }] },
    });
    const system = '{ system { damagedPersonKeys } }';
    expect(await server.data(system)).toEqual({ system: { damagedPersonKeys: 0 } });
    await server.close();
    const vault = await openSqlite(join(directory, 'keys.db'), 'writer');
    // Keys that are stored for other persons open no name, like keys that are missing.
    vault.exec(`UPDATE subject SET wrapped = (SELECT wrapped FROM subject ORDER BY id DESC LIMIT 1)
      WHERE id < (SELECT max(id) FROM subject)`);
    server = await startServer({ directory });
    expect(JSON.stringify(await stampsAndActors())).toContain('имя недоступно');
    expect(await server.data(system)).not.toEqual({ system: { damagedPersonKeys: 0 } });
    await server.close();
    vault.exec('DELETE FROM subject');
    vault.close();
    server = await startServer({ directory });
    expect(await stampsAndActors()).toEqual({
      plans: { nodes: [{ stamps: [{ person: 'имя недоступно' }, { person: 'имя недоступно' }] }] },
      auditTrail: { nodes: [{ actor: { name: 'имя недоступно' }, client: 'имя недоступно' }] },
    });
    const { stdout } = await letopis(['export', sample.planId, '--format', 'html'], { LETOPIS_DATA: directory });
    expect(stdout).toContain('имя недоступно');
    expect(stdout).not.toContain('удалено');
    // New events have the new name after the access was renamed; older events stay without a name.
    await server.data('mutation($input: RenameAccessInput!) { renameAccess(input: $input) { userErrors { code } } }', {
      variables: { input: { accessId: `access_${derivedId('key of the director')}`, name: HOLDERS.director.name } },
    });
    const activityId = sample.activity(8);
    const { position } = await server.done(
      'completeActivity',
      { activityId, actualOn: '2020-09-30' },
      { key: 'director' },
    );
    const document = `query($at: Position) {
      auditTrail(filter: { actorId: "access_${derivedId('key of the director')}" }, last: 2, atLeast: $at) { nodes { actor { name } } } }`;
    expect(await server.data(document, { variables: { at: position } })).toEqual({
      auditTrail: { nodes: [{ actor: { name: 'имя недоступно' } }, { actor: { name: HOLDERS.director.name } }] },
    });
  });
});
