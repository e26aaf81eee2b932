import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM } from '../../src/access/principals.js';
import { perform } from '../../src/app/admin/client.js';
import { openLetopis } from '../../src/app/compose.js';
import { compareWordings, ownPartyCells, ownWordings } from '../../src/app/operations/wordings.js';
import { newOrganisationId } from '../../src/application/commands.js';
import type { OrganisationCommand } from '../../src/domain/organisation/catalogue.js';
import type { PlanCommand } from '../../src/domain/plan/catalogue.js';
import { globalId } from '../../src/graphql/ids.js';
import { entry, YEAR, ZONE } from '../support/domain.js';
import { removeDirectory, silent, temporaryDirectory, testConfig } from '../support/server.js';

const PLAN = '0b9b0a5c-5d3e-4c44-9a5e-6f2f1f0f7d11';
const ORGANISATION = newOrganisationId(SYSTEM, 'school');

let directory: string;
beforeAll(async () => {
  directory = await temporaryDirectory();
  const letopis = await openLetopis(testConfig({ directory }), silent, {});
  const given = { principal: SYSTEM, payload: null, expectedRevision: null, basis: null, effectiveOn: null };
  const { organisations, handler } = letopis.services;
  const onSchool = (command: OrganisationCommand) =>
    organisations.handle({ id: ORGANISATION, ...given, commandId: null, reason: 'Календарь', command: () => command });
  const onPlan = (command: PlanCommand) =>
    handler.handle({ id: PLAN, ...given, commandId: null, reason: null, command: () => command });
  const activity = (text: string): PlanCommand => ({
    ...{ type: 'addActivity', activity: entry(text), sectionId: 's1', after: null },
  });
  await onSchool({ type: 'registerOrganisation', name: 'Школа', parentId: null, timeZone: ZONE, settings: {} });
  await onPlan({
    ...{ type: 'draftPlan', title: 'План', documentKind: 'план', ownerUnit: 'Школа', institution: null },
    ...{ period: YEAR, organisationId: ORGANISATION, timeZone: ZONE },
  });
  await onPlan({ type: 'addSection', numberText: '', title: 'Раздел', after: null });
  await onPlan(activity('1 четверть'));
  await onPlan(activity('октябрь 2020 г.'));
  await onSchool({
    type: 'changeSettings',
    settings: { terms: [{ kind: 'term', start: '2020-09-01', end: '2020-10-25' }] },
  });
  await onSchool({ type: 'adoptWording', text: 'как решит совет', schedule: { kind: 'external' }, period: YEAR });
  const archive = { name: ['Районный архив'], kind: 'org', agreement: true, joint: false } as const;
  await onSchool({ type: 'adoptPartyCell', text: 'Архив (по согл.)', parties: [archive] });
  await letopis.close();
});
afterAll(() => removeDirectory(directory));

describe('letopis wording', () => {
  it('--compare lists what the present rules and school terms read otherwise', async () => {
    const found = await perform(testConfig({ directory }), silent, compareWordings, {});
    expect(found).toEqual({
      plans: 1,
      differences: [
        {
          ...{ planId: globalId('plan', PLAN), activityId: globalId('activity', PLAN, 'a1'), status: 'DRAFT' },
          ...{ number: '1', text: '1 четверть', rules: expect.stringMatching(/^ru-/), confidence: 'certain' },
          ...{ stored: 'by-schedule:external', now: 'range:2020-09-01/2020-10-25' },
        },
      ],
    });
  });

  it('--own lists what an organisation has settled, and --withdraw ends one', async () => {
    const organisationId = globalId('organisation', ORGANISATION);
    const own = (withdraw: string | null) =>
      perform(testConfig({ directory }), silent, ownWordings, { organisationId, withdraw });
    expect(await own(null)).toEqual({ wordings: [{ text: 'как решит совет', meaning: 'by-schedule:external' }] });
    expect(await own('Как решит  совет.')).toEqual({ wordings: [] });
    await expect(own('как решит совет')).rejects.toThrow('«как решит совет»');
  });
});

describe('letopis parties', () => {
  it('--own lists what an organisation has settled, and --withdraw ends one', async () => {
    const organisationId = globalId('organisation', ORGANISATION);
    const own = (withdraw: string | null) =>
      perform(testConfig({ directory }), silent, ownPartyCells, { organisationId, withdraw });
    expect(await own(null)).toEqual({
      cells: [{ text: 'Архив (по согл.)', parties: [{ name: 'Районный архив', kind: 'org+agreement' }] }],
    });
    expect(await own('архив  (по согл.)')).toEqual({ cells: [] });
    await expect(own('архив')).rejects.toThrow('«архив»');
  });
});
