import type { RevisablePlan } from '../domain/revision.js';
import { type PaperToPrint, rowCount } from './printing/paperToPrint.js';
import { printedPaper } from './printing/printedPaper.js';
import type { DocumentFile, DocumentPreview, PreviewRequest, ReadPlan, TaskKind, TaskTypes } from './tasks.js';
import { inThread } from './thread.js';
import { type Turn, type TurnLimits, Turns } from './turns.js';
import { UnreadableDocument } from './unreadable.js';

/** Reads, compares and prints plan documents, each in a thread with bounded memory and time. */
export interface DocumentThreads {
  /** @throws UnreadableDocument @throws NoPlace @throws TurnAborted */
  read(file: DocumentFile, turn: Turn): Promise<ReadPlan>;
  /** Reads a document and compares it with a draft, without importing it. @throws UnreadableDocument @throws NoPlace @throws TurnAborted */
  preview(request: PreviewRequest, turn: Turn): Promise<DocumentPreview>;
  /** Prints a paper; a short one in the calling thread. @throws UnreadableDocument @throws NoPlace @throws TurnAborted */
  print(paper: PaperToPrint, turn: Turn): Promise<Uint8Array>;
}

/** Bytes of a request that carries a document of so many bytes in base64, and what stands around it. */
export function bodyLimit(maxBytes: number): number {
  return Math.ceil(maxBytes / 3) * 4 + 1_000_000;
}

const TIMEOUT_MS = 30_000;
/** The largest calendar takes ten seconds of an idle processor. */
const PRINT_MS = 120_000;
/** A thread takes longer to start than so many rows to print. */
const SHORT_ROWS = 60;
/** Memory that a row takes while it waits to be printed, in bytes. */
const ROW_BYTES = 1_000;

/** Turn of the operator's own commands. */
export const OPERATOR: Turn = { caller: 'operator', isKnown: true };

/**
 * @param maxBytes larger files are refused unread.
 * @param options bounds other than the usual ones.
 */
export function documentThreads(
  maxBytes: number,
  { timeoutMs = TIMEOUT_MS, limits }: { readonly timeoutMs?: number; readonly limits?: TurnLimits } = {},
): DocumentThreads {
  const turns = new Turns(limits);
  const run = <K extends TaskKind>(kind: K, input: TaskTypes[K]['input'], bytes: number, turn: Turn) =>
    turns.run(turn, bytes, () =>
      inThread(kind, input, { timeoutMs: kind === 'print' ? PRINT_MS : timeoutMs, signal: turn.signal }),
    );
  return {
    async read(file, turn) {
      checkDocumentSize(file.bytes.length, maxBytes);
      return run('read', file, file.bytes.length, turn);
    },
    async preview(request, turn) {
      checkDocumentSize(request.bytes.length, maxBytes);
      return run('preview', request, request.bytes.length, turn);
    },
    async print(paper, turn) {
      const rows = rowCount(paper);
      return rows <= SHORT_ROWS ? printedPaper(paper) : run('print', paper, rows * ROW_BYTES, turn);
    },
  };
}

/** Returns a function that reads a document and compares it with a draft, names of persons included. */
export function comparer(documents: DocumentThreads, turn: Turn) {
  return (file: DocumentFile, draft: RevisablePlan) =>
    documents.preview({ ...file, structure: false, html: false, draft, hidesNames: false }, turn);
}

/** @throws UnreadableDocument for a file of more bytes than are taken. */
export function checkDocumentSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new UnreadableDocument(
    null,
    `the file has ${bytes} bytes; at most ${maxBytes} are taken. Remove its pictures, or raise LETOPIS_MAX_UPLOAD`,
  );
}
