import { Field, ID, InterfaceType, ObjectType } from 'type-graphql';
import { noticedText } from '../../documents/printing/noticed.js';
import type { Irregularity } from '../../domain/irregularities.js';
import { type NodeType, parseId } from '../ids.js';
import { DateScalar } from '../scalars.js';
import { DocumentTypeEnum } from './enums.js';

@InterfaceType({
  description: 'Anything with a global id.',
  resolveType: (value: { readonly id: string }) => NODE_NAMES[parseId(value.id).type],
})
export abstract class Node {
  @Field(() => ID, { description: 'Global id, opaque: keep it as it is.' })
  id!: string;
}

/** Options of every `staleSince` field. */
export const STALE = {
  nullable: true,
  description: 'Since when it is stale because its projection failed (see `extensions.stale`); usually null.',
} as const;

const NODE_NAMES: Readonly<Record<NodeType, string>> = {
  plan: 'Plan',
  section: 'Section',
  activity: 'Activity',
  point: 'ControlPoint',
  report: 'Report',
  request: 'RescheduleRequest',
  entry: 'AuditEntry',
  party: 'Party',
  organisation: 'Organisation',
  access: 'AccessHolder',
  webhook: 'Webhook',
};

@ObjectType({ description: 'Days from start to end, both included.' })
export class DateWindow {
  @Field(() => DateScalar, { description: 'First day.' })
  start!: string;
  @Field(() => DateScalar, { description: 'Last day.' })
  end!: string;
}

@ObjectType({ description: 'An order or other document, as far as it is known.' })
export class DocumentRef {
  @Field(() => DocumentTypeEnum, { description: 'Kind of the document.' })
  type!: string;
  @Field(() => String, { nullable: true, description: 'Who issued it.' })
  issuer!: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Its date.' })
  date!: string | null;
  @Field(() => String, { nullable: true, description: 'Its number.' })
  number!: string | null;
}

@ObjectType({ description: 'A document cited in a printed text.' })
export class CitedDocumentRef extends DocumentRef {
  @Field(() => String, { description: 'The kind of the document in words.' })
  typeText!: string;
  @Field(() => String, { description: 'The citation as printed.' })
  text!: string;
}

@ObjectType('Irregularity', { description: 'Something the reader of a document noticed.' })
export class IrregularityType {
  @Field(() => String, { description: 'Code from a closed list.' })
  code!: string;
  @Field(() => String, { description: 'The field it is about.' })
  field!: string;
  @Field(() => String, { nullable: true, description: 'The printed words it is about.' })
  text!: string | null;
  @Field(() => [String], { description: 'Other readings that are also possible.' })
  alternatives!: readonly string[];
  @Field(() => String, { description: 'What was noticed, in Russian words.' })
  sentence!: string;
}

/** Returns the GraphQL object of an irregularity. */
export function irregularityType(noticed: Irregularity): IrregularityType {
  return { ...noticed, sentence: noticedText(noticed) };
}
