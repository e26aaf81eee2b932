import { setTimeout as pause } from 'node:timers/promises';
import type { ProofLine, ProofName } from '../../documents/printing/proofLines.js';
import { proofPage } from '../../documents/printing/proofPage.js';
import { localDay } from '../../domain/dates.js';
import type { PersonalText } from '../../domain/personal.js';
import type { EventStore } from '../../engine/eventstore/port.js';
import type { ProofBundle } from '../../engine/log/bundle.js';
import { leafHash } from '../../engine/log/merkle.js';
import type { ReadableProofs } from '../../engine/signing/readableProofs.js';
import type { Vault } from '../../engine/vault/vault.js';
import { exportedFileName } from '../exporting.js';
import { linesOfPlan, type PlanLines } from './lines.js';

/** How long to wait for the signature over the last event, in milliseconds. It usually arrives within a second. */
const SIGNED_MS = 5_000;
const SIGNED_POLL_MS = 50;

/** What the proof of a plan is made from. */
export interface PlanProofSource {
  readonly planId: string;
  readonly events: Pick<EventStore, 'readStream'>;
  readonly proofs: ReadableProofs;
  /** Returns names as the proof shows them. */
  readonly namesOf: (names: readonly PersonalText[]) => Promise<readonly ProofName[]>;
  /** Version of this program, which is named as the writer. */
  readonly version: string;
  /** Called between the steps of long work. */
  readonly turn: () => Promise<void>;
}

/** The proof of a plan as a page. */
export interface PlanProof {
  /** File name for people, with the local day of the last event. */
  readonly fileName: string;
  readonly page: string;
  readonly events: number;
}

/**
 * Returns the history of a plan as sentences with its proofs, as a page. Waits until all events are signed; returns
 * undefined when that takes too long.
 */
export async function planProof(source: PlanProofSource): Promise<PlanProof | undefined> {
  const { planId, events, proofs, namesOf, version, turn } = source;
  const stream = `plan-${planId}`;
  const stored = await events.readStream(stream);
  const until = performance.now() + SIGNED_MS;
  let bundle = await proofs.prove(stream, stored);
  while (!bundle && performance.now() < until) {
    await pause(SIGNED_POLL_MS);
    bundle = await proofs.prove(stream, stored);
  }
  if (!bundle) return undefined;
  const proved = bundle;
  const entries = proved.entries.map(({ entry }) => entry);
  const { title, timeZone, lines, names } = await linesOfPlan(stream, entries, turn);
  const shown = await namesOf(names);
  const page = proofs.sign(proved, {
    writer: writerName(version),
    lines: lines.map(lineJson),
    names: namesJson(shown),
    page: (element) => proofPageOf(proved, { title, timeZone, lines, names: shown }, element),
  });
  const last = lines.at(-1);
  const day = last ? `${localDay(last.recordedAt, timeZone)} ` : '';
  return { fileName: exportedFileName(`Доказательство ${day}${title}`, 'html'), page, events: stored.length };
}

/** Returns the name of this program as the writer of a history. */
export function writerName(version: string): string {
  return `letopis ${version}`;
}

/** Returns the stored text of a line. */
export function lineJson(line: ProofLine): string {
  return JSON.stringify(line);
}

/** Returns the stored text of the names. */
export function namesJson(names: readonly ProofName[]): string {
  return JSON.stringify(names.map(({ subject, sealed, state, name }) => ({ subject, sealed, state, name })));
}

/** Returns the page of a proof with its element. */
export function proofPageOf(
  { checkpoint, keys, entries }: ProofBundle,
  history: Pick<PlanLines, 'title' | 'timeZone' | 'lines'> & { readonly names: readonly ProofName[] },
  element: string,
): string {
  const rows = history.lines.flatMap((line, at) => {
    const event = entries[at];
    return event ? [{ line, index: event.index, leaf: leafHash(event.entry).toString('base64') }] : [];
  });
  return proofPage({ ...history, rows, checkpoint, key: keys.log }, element);
}

/**
 * Returns the names that a proof contains. An erased name is never shown.
 *
 * @param isShown false: all names stay encrypted.
 * @param reads called with the subject of each name that is shown.
 */
export async function proofNames(
  vault: Pick<Vault, 'learn' | 'open' | 'isErased'>,
  names: readonly PersonalText[],
  isShown: boolean,
  reads: (subject: string) => void,
): Promise<readonly ProofName[]> {
  await vault.learn(names);
  return names.map((sealed) => {
    if (vault.isErased(sealed.subject)) return { ...sealed, state: 'ERASED', name: null };
    if (!isShown) return { ...sealed, state: 'SEALED', name: null };
    const name = vault.open(sealed);
    if (name === null) return { ...sealed, state: 'LOST', name };
    reads(sealed.subject);
    return { ...sealed, state: 'SHOWN', name };
  });
}
