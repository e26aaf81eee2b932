import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { linesOfPlan, type PlanLines } from '../../application/proof/lines.js';
import { lineJson, namesJson, proofPageOf, writerName } from '../../application/proof/planProof.js';
import { NAME_STATES, type NameState, type ProofName } from '../../documents/printing/proofLines.js';
import {
  type BundleFinding,
  type BundleVerification,
  bundleIn,
  type ProofBundle,
  pageAround,
  type ReadableBundle,
  verifyBundle,
} from '../../engine/log/bundle.js';
import { MalformedNote, type NoteVerifier, verifierFrom } from '../../engine/log/note.js';
import { type HistoryFinding, historyFindings, writerOf } from '../../engine/log/readableHistory.js';
import { faultOf } from '../../engine/storage/thrown.js';
import { version } from '../version.js';

/** A place where the text of a proof differs from the text that follows from its events. */
export type WordingFinding =
  /** The text of the line with this number (from 1) differs from its event. */
  | { readonly kind: 'otherLine'; readonly number: number; readonly stands: string; readonly follows: string }
  /** The list of names differs from the names in the events. */
  | { readonly kind: 'otherNames' }
  /** The page differs from the lines. */
  | { readonly kind: 'otherPage' }
  /** This version cannot read the events. */
  | { readonly kind: 'unreadable'; readonly problem: string };

/** The history in words of a proof. */
export interface VerifiedWords {
  /** The program that wrote the history, with its version. */
  readonly writer: string;
  /** True if this version wrote the history: each difference is a finding then. */
  readonly isOurs: boolean;
  /** True if the file is an HTML page. Then the whole text of the page was verified. */
  readonly hasPage: boolean;
  readonly lines: number;
  readonly names: Readonly<Record<NameState, number>>;
  /** Differences that another version of the program may explain, if another version wrote the history. */
  readonly unconfirmed: readonly WordingFinding[];
}

/** The result of verifying a proof. */
export interface VerifiedProof extends Omit<BundleVerification, 'findings'> {
  readonly bundle: ProofBundle;
  /** Undefined for a proof without a history in words. */
  readonly words: VerifiedWords | undefined;
  readonly findings: readonly (BundleFinding | HistoryFinding | WordingFinding)[];
}

/**
 * Verifies a proof: its events, the signature that binds each line to its event, and that each line follows from its
 * event.
 *
 * @param key the trusted key of the log; undefined: the key in the proof.
 * @throws MalformedNote when the file holds no proof.
 */
export async function verifyProof(
  file: Uint8Array,
  key: NoteVerifier | undefined,
  witness: NoteVerifier | undefined,
): Promise<VerifiedProof> {
  const text = utf8Text(file);
  const bundle = bundleIn(text);
  const { findings, ...verified } = verifyBundle(bundle, key, witness);
  if (!('history' in bundle)) return { ...verified, bundle, words: undefined, findings };
  const page = pageAround(text);
  const signed = historyFindings(bundle, bundle.history, page, key ?? verifierFrom(bundle.keys.log));
  // Events that are not in the log are not compared with the text.
  const written = findings.length > 0 ? [] : await wordingFindings(bundle, page);
  const writer = writerOf(bundle.history);
  const isOurs = writer === writerName(version);
  const names = Object.fromEntries(NAME_STATES.map((state) => [state, namesInState(bundle, state)]));
  return {
    ...verified,
    bundle,
    words: {
      writer,
      isOurs,
      hasPage: page !== undefined,
      lines: bundle.history.lines.length,
      names: { ...NO_NAMES, ...names },
      unconfirmed: isOurs ? [] : written,
    },
    findings: [...findings, ...signed, ...(isOurs ? written : [])],
  };
}

const NO_NAMES: Readonly<Record<NameState, number>> = { SHOWN: 0, SEALED: 0, ERASED: 0, LOST: 0 };

/** Returns the text of a file. @throws MalformedNote for bytes that are not UTF-8 */
function utf8Text(file: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file);
  } catch (error) {
    throw new MalformedNote('this file contains no proof: it is not UTF-8', { cause: error });
  }
}

/** Creates the history again from the events, and returns where the given history differs. */
async function wordingFindings(bundle: ReadableBundle, page: string | undefined): Promise<WordingFinding[]> {
  const { stream, entries, history } = bundle;
  let follows: PlanLines;
  try {
    follows = await linesOfPlan(
      stream,
      entries.map(({ entry }) => entry),
      () => nextTurn(),
    );
  } catch (error) {
    return [{ kind: 'unreadable', problem: faultOf(error) }];
  }
  const { title, timeZone, lines, names } = follows;
  const findings: WordingFinding[] = [];
  for (let at = 0; at < Math.max(lines.length, history.lines.length); at += 1) {
    const line = lines[at];
    const stands = history.lines[at];
    if (!line || stands !== lineJson(line)) {
      const difference = { stands: sentenceIn(stands), follows: line?.sentence.ru ?? '' };
      findings.push({ kind: 'otherLine', number: at + 1, ...difference });
    }
  }
  const shown = proofNamesIn(history.names);
  const isSame = (name: ProofName, at: number) =>
    name.subject === names[at]?.subject && name.sealed === names[at]?.sealed;
  if (shown?.length !== names.length || !shown.every(isSame) || namesJson(shown) !== history.names) {
    return [...findings, { kind: 'otherNames' }];
  }
  if (page !== undefined && page !== proofPageOf(bundle, { title, timeZone, lines, names: shown }, '')) {
    findings.push({ kind: 'otherPage' });
  }
  return findings;
}

const Names = z.array(
  z.strictObject({
    subject: z.string(),
    sealed: z.string(),
    state: z.enum(NAME_STATES),
    name: z.string().nullable(),
  }),
);
const LineSentence = z.looseObject({ sentence: z.looseObject({ ru: z.string() }) });

function proofNamesIn(text: string): readonly ProofName[] | undefined {
  const names = Names.safeParse(jsonOrUndefined(text)).data;
  return names?.every(({ state, name }) => (name !== null) === (state === 'SHOWN')) ? names : undefined;
}

function namesInState({ history }: ReadableBundle, wanted: NameState): number {
  return (proofNamesIn(history.names) ?? []).filter(({ state }) => state === wanted).length;
}

function sentenceIn(line: string | undefined): string {
  return LineSentence.safeParse(jsonOrUndefined(line ?? '')).data?.sentence.ru ?? '—';
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
