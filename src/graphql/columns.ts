import { Field, InputType, Int } from 'type-graphql';
import { checkedColumns, InvalidColumns, type StatedColumns } from '../documents/statedColumns.js';
import { apiError } from './errors.js';

@InputType({
  description:
    'Which columns of a document’s table are what, counted from 1: for a document whose headings are not those of a plan. Times or responsible parties may be missing, not both.',
})
export class ColumnsInput {
  @Field(() => Int, { description: 'The column of activities.' })
  activity!: number;
  @Field(() => Int, { nullable: true, description: 'The column of times.' })
  time?: number | null;
  @Field(() => Int, { nullable: true, description: 'The column of responsible parties.' })
  responsible?: number | null;
  @Field(() => Int, { nullable: true, description: 'The column of numbers.' })
  number?: number | null;
}

/** Returns the stated columns of a document; null if there are none. @throws GraphQLError BAD_USER_INPUT */
export function statedColumnsOf(columns: ColumnsInput | null | undefined): StatedColumns | null {
  if (!columns) return null;
  const { activity, time = null, responsible = null, number = null } = columns;
  try {
    return checkedColumns({ activity, time, responsible, number });
  } catch (error) {
    throw error instanceof InvalidColumns ? apiError('BAD_USER_INPUT', error.message) : error;
  }
}
