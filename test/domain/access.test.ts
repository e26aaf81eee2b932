import { describe, expect, it } from '@jest/globals';
import type { AccessCommand, AccessCommandOf } from '../../src/domain/access/commands.js';
import { decideAccess } from '../../src/domain/access/decide.js';
import type { AccessEvent } from '../../src/domain/access/events.js';
import { evolveHolder } from '../../src/domain/access/evolve.js';
import { type Holder, NO_HOLDER } from '../../src/domain/access/holder.js';
import type { Given } from '../../src/domain/actor.js';

const NOW = '2020-10-01T09:00:00.000Z';
const GIVEN: Given = {
  actor: { id: 'a', role: 'administrator', post: null, organisation: null },
  now: NOW,
  reason: 'По заявлению',
  basis: null,
  effectiveOn: null,
  organisation: null,
};
const name = { subject: 's', sealed: 'x' };
const key = (lookup: string) => ({ kind: 'key', prefix: `letopis_${lookup}`, lookup, hash: 'f' }) as const;
const ISSUE = {
  type: 'issueAccess',
  ...{ name, role: 'integrator', post: null, organisation: null, organisationIds: ['o1'] },
  ...{ credential: key('k1'), expiresAt: null, unknown: [] },
} as const satisfies AccessCommand;
const { type: _, unknown: _unknown, ...issuedData } = ISSUE;
const issued: AccessEvent = { type: 'AccessIssued', data: issuedData };
const revoked: AccessEvent = { type: 'AccessRevoked', data: {} };

const folded = (...events: readonly AccessEvent[]) =>
  events.reduce<Holder>((holder, event) => evolveHolder(holder, event), NO_HOLDER);
const events = (holder: Holder, command: AccessCommand, given: Partial<Given> = {}) => {
  const decision = decideAccess(holder, command, { ...GIVEN, ...given });
  return decision.kind === 'accepted' ? decision.events : decision.refusal.code;
};

describe('access', () => {
  it('is issued once, with what may be seen, each organisation once', () => {
    expect(events(NO_HOLDER, { ...ISSUE, organisationIds: ['o1', 'o1', 'o2'] })).toEqual([
      { type: 'AccessIssued', data: { ...issuedData, organisationIds: ['o1', 'o2'] } },
    ]);
    expect(events(folded(issued), ISSUE)).toBe('ACCESS_EXISTS');
  });

  it.each([
    [{ expiresAt: NOW }, 'EXPIRY_PAST'],
    [{ organisationIds: [] }, 'REQUIRED'],
    [{ unknown: ['o1'] }, 'ORGANISATION_NOT_FOUND'],
    [{ organisationIds: Array.from({ length: 501 }, (_each, index) => `o${index}`) }, 'TOO_MANY'],
    [{ post: 'п'.repeat(501) }, 'TOO_LONG'],
  ])('is not issued with %j', (wrong, code) => {
    expect(events(NO_HOLDER, { ...ISSUE, ...wrong })).toBe(code);
  });

  it('is nothing before it is issued, and nothing more once it is revoked', () => {
    expect(events(NO_HOLDER, { type: 'revokeAccess' })).toBe('ACCESS_NOT_FOUND');
    expect(events(folded(issued), { type: 'revokeAccess' }, { reason: null })).toBe('REASON_REQUIRED');
    expect(events(folded(issued), { type: 'revokeAccess' })).toEqual([revoked]);
    expect(events(folded(issued, revoked), { type: 'renameAccess', name })).toBe('ACCESS_REVOKED');
    expect(folded(issued, revoked)).toMatchObject({ status: 'REVOKED' });
  });
});

describe('another key', () => {
  const rotate = { type: 'rotateAccess', credential: key('k2'), expiresAt: null, overlapHours: 24 } as const;
  const rotated = (previousUntil: string, lookup = 'k2'): AccessEvent => ({
    type: 'AccessRotated',
    data: { credential: key(lookup), expiresAt: null, previousUntil },
  });

  it('comes beside the one before, which ends after some hours', () => {
    expect(events(folded(issued), rotate)).toEqual([rotated('2020-10-02T09:00:00.000Z')]);
    expect(folded(issued, rotated('2020-10-02T09:00:00.000Z'))).toMatchObject({
      credentials: [
        { credential: key('k1'), until: '2020-10-02T09:00:00.000Z' },
        { credential: key('k2'), until: null },
      ],
    });
  });

  it('ends when the one before would have, unless another end is stated', () => {
    const { expiresAt: _expiresAt, ...silent } = rotate;
    const until = '2020-12-01T00:00:00.000Z';
    const ending: AccessEvent = { type: 'AccessIssued', data: { ...issuedData, expiresAt: until } };
    const expiryIn = (command: AccessCommand) => {
      const [event] = events(folded(ending), command);
      return typeof event === 'object' && event.type === 'AccessRotated' ? event.data.expiresAt : event;
    };
    expect(expiryIn(silent)).toBe(until);
    expect(expiryIn({ ...silent, expiresAt: null })).toBeNull();
  });

  it('leaves of the earlier ones the last alone, and prolongs none', () => {
    const first = rotated('2020-10-01T10:00:00.000Z');
    const second = rotated('2020-10-05T10:00:00.000Z', 'k3');
    expect(folded(issued, first, second)).toMatchObject({
      credentials: [{ credential: key('k2'), until: '2020-10-05T10:00:00.000Z' }, { credential: key('k3') }],
    });
    const short: AccessEvent = { type: 'AccessIssued', data: { ...issuedData, expiresAt: '2020-10-01T12:00:00.000Z' } };
    expect(folded(short, rotated('2020-10-05T10:00:00.000Z'))).toMatchObject({
      credentials: [{ until: '2020-10-01T12:00:00.000Z' }, { until: null }],
    });
  });

  it('is not made for a person of an identity provider, nor with an overlap out of bounds', () => {
    const identity = { kind: 'identity', issuer: 'https://id.example', lookup: 'i' } as const;
    const person: AccessEvent = { type: 'AccessIssued', data: { ...issuedData, credential: identity } };
    expect(events(folded(person), rotate)).toBe('ACCESS_HAS_NO_KEY');
    for (const overlapHours of [-1, 0.5, 721])
      expect(events(folded(issued), { ...rotate, overlapHours })).toBe('OUT_OF_BOUNDS');
  });
});

describe('what is seen', () => {
  const grant = (...organisationIds: string[]) => ({ type: 'grantAccess', organisationIds, unknown: [] }) as const;
  const withdraw = (...organisationIds: string[]) => ({ type: 'withdrawAccess', organisationIds }) as const;

  it('grows and shrinks by organisations, with a reason', () => {
    const granted = { type: 'AccessGranted', data: { organisationIds: ['o2'] } } as const;
    expect(events(folded(issued), grant('o1', 'o2'))).toEqual([granted]);
    expect(events(folded(issued), grant('o2'), { reason: ' ' })).toBe('REASON_REQUIRED');
    expect(events(folded(issued, granted), withdraw('o1', 'o9'))).toEqual([
      { type: 'AccessWithdrawn', data: { organisationIds: ['o1'] } },
    ]);
    expect(folded(issued, granted, { type: 'AccessWithdrawn', data: { organisationIds: ['o1'] } })).toMatchObject({
      organisationIds: ['o2'],
    });
  });

  it('does not change by what changes nothing, or is not there', () => {
    expect(events(folded(issued), grant('o1'))).toBe('NOTHING_CHANGES');
    expect(events(folded(issued), withdraw('o2'))).toBe('NOTHING_CHANGES');
    expect(events(folded(issued), { ...grant('o2'), unknown: ['o2'] })).toBe('ORGANISATION_NOT_FOUND');
  });

  it('is not taken from who sees everything: that access is issued anew', () => {
    const all: AccessEvent = { type: 'AccessIssued', data: { ...issuedData, organisationIds: null } };
    expect(events(folded(all), withdraw('o1'))).toBe('ACCESS_TO_ALL');
    expect(events(folded(all), grant('o1'))).toBe('NOTHING_CHANGES');
  });
});

describe('a webhook', () => {
  const add = (url: string) => ({ type: 'addWebhook', webhookId: 'w', url, eventTypes: null }) as const;

  it('has an address without secrets', () => {
    expect(events(folded(issued), add('https://portal.example:8443/in?school=7'))).toHaveLength(1);
    for (const url of [
      'https://user:secret@portal.example/',
      'https://user@portal.example/',
      'https://:secret@portal.example/',
      'https://portal.example/#secret',
      'ftp://portal.example/',
      'portal',
      `https://portal.example/${'x'.repeat(2_000)}`,
    ]) {
      expect([url, events(folded(issued), add(url))]).toEqual([url, 'WEBHOOK_URL_REFUSED']);
    }
  });
});

describe('ways to sign in', () => {
  const identity = (lookup: string) => ({ kind: 'identity', issuer: 'https://id.example', lookup }) as const;
  const link = (more: Partial<AccessCommandOf<'linkSignIn'>> = {}) =>
    ({ type: 'linkSignIn', identity: identity('i1'), former: null, isTaken: false, ...more }) as const;
  const linked = { type: 'SignInLinked', data: { credential: identity('i1'), formerAccessId: null } } as const;
  const holder = folded(issued, linked);

  it('are linked once, beside the key, and end with the access', () => {
    expect(events(folded(issued), link())).toEqual([linked]);
    expect(events(holder, link())).toBe('NOTHING_CHANGES');
    expect(events(folded(issued), link(), { reason: null })).toBe('REASON_REQUIRED');
    const rotated = { credential: key('k2'), expiresAt: '2021-01-01T00:00:00.000Z', previousUntil: NOW };
    expect(folded(issued, linked, { type: 'AccessRotated', data: rotated })).toMatchObject({
      credentials: [
        { credential: identity('i1'), until: '2021-01-01T00:00:00.000Z' },
        { credential: key('k1'), until: NOW },
        { credential: key('k2') },
      ],
    });
    expect(events(holder, { type: 'rotateAccess', credential: key('k2'), overlapHours: 1 })).toHaveLength(1);
  });

  it('are ten at most, whatever keys there are beside them, and former access counts by itself', () => {
    const linkedTo = (lookup: string) =>
      ({ type: 'SignInLinked', data: { credential: identity(lookup), formerAccessId: null } }) as const;
    const formerly = (formerAccessId: string) =>
      ({ type: 'SignInLinked', data: { credential: null, formerAccessId } }) as const;
    const nine = Array.from({ length: 9 }, (_, at) => linkedTo(`i${at}`));
    const tenth = linkedTo('tenth');
    expect(events(folded(issued, ...nine), link({ identity: tenth.data.credential }))).toEqual([tenth]);
    const person = { type: 'AccessIssued', data: { ...issuedData, credential: identity('first') } } as const;
    expect(events(folded(person, ...nine), link({ identity: identity('i11') }))).toBe('TOO_MANY');
    const full = folded(issued, ...nine, tenth);
    expect(events(full, link({ identity: identity('i11') }))).toBe('TOO_MANY');
    const former = link({ identity: null, former: { id: 'f', status: 'REVOKED' } });
    expect(events(full, former)).toEqual([formerly('f')]);
    const formerTen = Array.from({ length: 10 }, (_, at) => formerly(`f${at}`));
    expect(events(folded(issued, ...formerTen), former)).toBe('TOO_MANY');
    expect(events(folded(issued, ...formerTen), link())).toEqual([linked]);
  });

  it('are not linked when somebody else has them', () => {
    expect(events(folded(issued), link({ isTaken: true }))).toBe('SIGN_IN_TAKEN');
  });

  it.each([
    ['REVOKED', [{ type: 'SignInLinked', data: { credential: null, formerAccessId: 'f' } }]],
    ['IN_FORCE', 'ACCESS_IN_FORCE'],
    ['ABSENT', 'ACCESS_NOT_FOUND'],
    ['LINKED_ELSEWHERE', 'SIGN_IN_TAKEN'],
  ] as const)('may bring along former access that is %s', (status, outcome) => {
    expect(events(folded(issued), link({ identity: null, former: { id: 'f', status } }))).toEqual(outcome);
  });

  it('are unlinked when there is another one, and what was done before stays theirs', () => {
    const unlink = { type: 'unlinkSignIn', lookup: 'i1' } as const;
    const unlinked = { type: 'SignInUnlinked', data: { credential: identity('i1') } } as const;
    expect(events(holder, unlink)).toEqual([unlinked]);
    expect(events(folded(issued), unlink)).toBe('SIGN_IN_NOT_FOUND');
    const former = { type: 'SignInLinked', data: { credential: null, formerAccessId: 'f' } } as const;
    expect(folded(issued, linked, former, unlinked)).toMatchObject({
      credentials: [{ credential: key('k1') }],
      formerIds: ['f'],
    });
    const person = { type: 'AccessIssued', data: { ...issuedData, credential: identity('i1') } } as const;
    expect(events(folded(person), unlink)).toBe('SIGN_IN_IS_LAST');
  });
});
