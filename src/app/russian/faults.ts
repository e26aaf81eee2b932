import { UnreadableDocument } from '../../documents/unreadable.js';
import type { Bilingual } from '../../domain/language.js';
import { faultOf } from '../../engine/storage/thrown.js';
import { OperationRefused } from '../operations/operation.js';
import { whyUnread } from '../unreadDocument.js';
import { messageInBoth } from './messages.js';

/** Returns what went wrong in both languages: the text of a refusal, or the message of an error of a module below. */
export function faultInBoth(error: unknown): Bilingual {
  if (error instanceof OperationRefused) return error.text;
  return error instanceof UnreadableDocument ? whyUnread(error) : messageInBoth(faultOf(error));
}
