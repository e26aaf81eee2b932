import type { RevisablePlan } from '../domain/revision/revisable.js';
import { unpackedBytes } from './formats/container.js';
import { isOldWord } from './formats/signatures.js';
import { Office } from './office.js';
import { type PaperToPrint, rowCount } from './printing/paperToPrint.js';
import { printedPaper } from './printing/printedPaper.js';
import type { DocumentFile, DocumentPreview, PreviewRequest, ReadPlan, TaskTypes } from './tasks.js';
import { inThread } from './thread.js';
import { type Turn, type TurnLimits, Turns } from './turns.js';
import { UnreadableDocument } from './unreadable.js';

/** Reads, compares and prints plan documents, each in a thread with bounded memory and time. */
export interface DocumentThreads {
  /** Reads a plan document. @throws UnreadableDocument @throws NoPlace @throws TurnAborted */
  read(file: DocumentFile, turn: Turn): Promise<ReadPlan>;
  /**
   * Reads a document and compares it with a draft, without importing it. @throws UnreadableDocument @throws NoPlace
   * @throws TurnAborted
   */
  preview(request: PreviewRequest, turn: Turn): Promise<DocumentPreview>;
  /**
   * Prints a paper; a short one in the calling thread, but never a comparison.
   *
   * @throws UnreadableDocument @throws NoPlace @throws TurnAborted
   */
  print(paper: PaperToPrint, turn: Turn): Promise<Uint8Array>;
}

/** Returns the largest request body, in bytes, for a document of this size in base64. */
export function bodyLimit(maxBytes: number): number {
  return Math.ceil(maxBytes / 3) * 4 + 1_000_000;
}

const TIMEOUT_MS = 30_000;
/** The largest calendar takes ten seconds on an idle processor. */
const PRINT_MS = 120_000;
/**
 * Number of rows that take less time to print than a thread takes to start. Comparisons are excluded, because their
 * texts must be compared first.
 */
const SHORT_ROWS = 60;
/** Memory of a row that waits to be printed, in bytes. */
const ROW_BYTES = 1_000;
/** Documents with more unpacked bytes are large: about 700 rows of a verbose Word document, or 1,000 rows to print. */
const LARGE_BYTES = 2_000_000;
const LARGE_ROWS = 1_000;

/** Turn of the operator's own commands. */
export const OPERATOR: Turn = { caller: 'operator', isKnown: true };

/** Limits, and the path of LibreOffice. */
export interface DocumentOptions {
  readonly timeoutMs?: number;
  readonly limits?: TurnLimits;
  /** LibreOffice's `soffice`, which reads old Word documents: a name on the PATH, or a path. */
  readonly soffice?: string | undefined;
}

/**
 * Returns the threads that read, compare and print plan documents.
 *
 * @param maxBytes larger files are refused unread.
 */
export function documentThreads(
  maxBytes: number,
  { timeoutMs = TIMEOUT_MS, limits, soffice = 'soffice' }: DocumentOptions = {},
): DocumentThreads {
  const turns = new Turns(limits);
  const office = new Office(soffice);
  const runOnFile = async <K extends 'read' | 'preview'>(kind: K, input: TaskTypes[K]['input'], turn: Turn) => {
    const { bytes } = input;
    checkDocumentSize(bytes.length, maxBytes);
    const isOld = isOldWord(bytes);
    const isLarge = isOld || (await unpackedBytes(bytes)) > LARGE_BYTES;
    return turns.run(turn, { bytes: bytes.length, isLarge }, async () => {
      const file = isOld ? { ...input, bytes: await office.toDocx(bytes, turn.signal) } : input;
      return { isOld, output: await inThread(kind, file, { timeoutMs, isLarge, signal: turn.signal }) };
    });
  };
  return {
    async read(file, turn) {
      const { isOld, output } = await runOnFile('read', file, turn);
      return isOld ? { ...output, reader: 'doc-1' } : output;
    },
    async preview(request, turn) {
      return (await runOnFile('preview', request, turn)).output;
    },
    async print(paper, turn) {
      const rows = rowCount(paper);
      if (rows <= SHORT_ROWS && paper.kind !== 'comparison') return printedPaper(paper);
      const isLarge = rows > LARGE_ROWS;
      return turns.run(turn, { bytes: rows * ROW_BYTES, isLarge }, () =>
        inThread('print', paper, { timeoutMs: PRINT_MS, isLarge, signal: turn.signal }),
      );
    },
  };
}

const NOTHING_SHOWN = { structure: false, html: false, plan: false, organisation: null } as const;

/** Returns a function that reads a document and compares it with a plan, names of persons included. */
export function comparer(documents: DocumentThreads, turn: Turn) {
  return (file: DocumentFile, compareWith: RevisablePlan) =>
    documents.preview({ ...file, ...NOTHING_SHOWN, compareWith, hidesNames: false }, turn);
}

/** Checks the size of a document. @throws UnreadableDocument for a larger file than is accepted. */
export function checkDocumentSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new UnreadableDocument(
    null,
    `the file has ${bytes} bytes; at most ${maxBytes} are taken. Remove its pictures, or raise LETOPIS_MAX_UPLOAD`,
    'TOO_LARGE',
  );
}
