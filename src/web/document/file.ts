import { draftAt, keepDraft } from '../forms/drafts';

/** The file of a plan, as the page stores it. */
export interface PlanFile {
  /** Fingerprint of the name and the content. */
  readonly id: string;
  readonly name: string;
  /** The bytes of the file in base64. */
  readonly content: string;
}

/** Why a file is not sent. The server refuses such files for the same reasons. */
export type FileProblem = 'EMPTY' | 'TOO_LARGE';

/** Reads a file, unless it is empty or larger than the server accepts. */
export async function readFile(file: File, maxBytes: number): Promise<PlanFile | FileProblem> {
  if (file.size === 0) return 'EMPTY';
  if (file.size > maxBytes) return 'TOO_LARGE';
  const content = await contentOf(file);
  return { id: fingerprint(file.name, content), name: file.name, content };
}

function contentOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

const NO_FILE: PlanFile = { id: '', name: '', content: '' };

/** Returns the file that the browser stores for a plan, or for a new plan, until the tab is closed. */
export function fileAt(planId: string | undefined): PlanFile | undefined {
  return draftAt(fileKey(planId), NO_FILE);
}

/** Stores a file across a reload or the end of a session, if the browser has space for it; null deletes it. */
export function keepFile(planId: string | undefined, file: PlanFile | null): void {
  keepDraft(fileKey(planId), file);
}

function fileKey(planId: string | undefined): string {
  return `letopis document ${planId ?? 'new'}`;
}

function fingerprint(name: string, content: string): string {
  let hash = 0;
  for (let index = 0; index < content.length; index += 1) hash = (hash * 31 + content.charCodeAt(index)) | 0;
  return `${name} ${content.length} ${hash}`;
}
