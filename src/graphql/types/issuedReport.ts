import { Field, Float, ObjectType } from 'type-graphql';
import type { Figures } from '../../domain/indicators/figure.js';
import { DateScalar } from '../scalars.js';
import { DateWindow, Node } from './common.js';
import { IndicatorEnum, PeriodReportKindEnum } from './figureEnums.js';
import { FiguresType } from './figures.js';

/** The common fields of period reports of plans and of organisations. */
@ObjectType()
export abstract class IssuedReport extends Node {
  @Field(() => PeriodReportKindEnum, { description: 'Month, quarter, half-year or year.' })
  kind!: string;
  @Field(() => DateWindow, { description: 'The period.' })
  window!: DateWindow;
  @Field(() => DateScalar, { description: 'Local day of issue.' })
  issuedOn!: string;
  @Field(() => FiguresType, { description: 'The figures as they were issued.' })
  figures!: FiguresType;
  @Field(() => String, { nullable: true, description: 'A remark.' })
  note!: string | null;
}

@ObjectType({ description: 'A figure that was corrected after a report was issued; the report keeps the issued one.' })
export class FigureDifference {
  @Field(() => IndicatorEnum, { description: 'Which indicator.' })
  code!: string;
  @Field(() => Float, { nullable: true, description: 'As it was issued; null: no data.' })
  issued!: number | null;
  @Field(() => Float, { nullable: true, description: 'As it is known now; null: no data.' })
  now!: number | null;
}

/** Returns the figures of an issued report that have changed since. */
export function differencesOf(issued: Figures, now: Figures): FigureDifference[] {
  return issued.figures.flatMap(({ code, value }) => {
    const present = now.figures.find((figure) => figure.code === code)?.value ?? null;
    return present === value ? [] : [{ code, issued: value, now: present }];
  });
}
