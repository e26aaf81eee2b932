import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Figure, Figures } from '../../domain/indicators/figure.js';
import { FigureUnitEnum, IndicatorEnum } from './figureEnums.js';

@ObjectType('Indicator', { description: 'One figure with what it is a share of.' })
export class IndicatorType {
  @Field(() => IndicatorEnum, { description: 'Which indicator.' })
  code!: string;
  @Field(() => FigureUnitEnum, { description: 'What its value is.' })
  unit!: string;
  @Field(() => Float, { description: 'What counts: things, days or weights.' })
  numerator!: number;
  @Field(() => Float, { description: 'Of how many.' })
  denominator!: number;
  @Field(() => Float, { nullable: true, description: 'Null when there are no data: never 0 % or 100 %.' })
  value!: number | null;
  @Field(() => Boolean, { description: 'There is nothing to count («нет данных»).' })
  noData!: boolean;
}

@ObjectType('Figures', { description: 'The figures of a period as they were reckoned.' })
export class FiguresType {
  @Field(() => Int, { description: 'N: firm points due in the period by the term in force.' })
  planned!: number;
  @Field(() => Int, { description: 'N₀: firm points due in the period by the term that was approved first.' })
  plannedFirst!: number;
  @Field(() => Int, { description: 'Soft points, counted apart and never overdue.' })
  soft!: number;
  @Field(() => [IndicatorType], { description: 'Every indicator.' })
  indicators!: readonly IndicatorType[];
}

/** Returns the GraphQL object of figures. */
export function figuresType({ points, firstTermPoints, softPoints, figures }: Figures): FiguresType {
  return { planned: points, plannedFirst: firstTermPoints, soft: softPoints, indicators: figures.map(indicatorType) };
}

function indicatorType(figure: Figure): IndicatorType {
  return { ...figure, noData: figure.value === null };
}
