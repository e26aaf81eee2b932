import type { Bilingual } from '../../domain/language.js';
import { OperationRefused } from '../operations/operation.js';
import type { Flags } from './terminal.js';

/** Flags of commands that read texts by the rules, or list what an organisation has confirmed about them. */
export interface ReadingFlags extends Flags {
  readonly own?: string;
  readonly withdraw?: string;
}

/** The organisation whose confirmed texts are listed, and a text that is withdrawn before; null for none. */
export interface OwnAsked {
  readonly organisationId: string;
  readonly withdraw: string | null;
}

/**
 * Returns the organisation whose confirmed texts the flags request, with the text to withdraw; undefined to read texts
 * by the rules.
 *
 * @param what the kind of text, for the refusal.
 * @throws OperationRefused if a text is to be withdrawn and no organisation is named.
 */
export function ownAsked({ own, withdraw }: ReadingFlags, what: Bilingual): OwnAsked | undefined {
  if (own !== undefined) return { organisationId: own, withdraw: withdraw ?? null };
  if (withdraw === undefined) return undefined;
  throw new OperationRefused({
    ru: `укажите организацию: --own <организация> --withdraw <${what.ru}>`,
    en: `name the organisation: --own <organisation> --withdraw <${what.en}>`,
  });
}
