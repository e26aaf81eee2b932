import { Arg, Ctx, Field, Float, Int, ObjectType } from 'type-graphql';
import { indicatorTitle } from '../../application/indicatorTitles.js';
import { INDICATORS, type IndicatorCode } from '../../domain/indicators/codes.js';
import type { Figure, Figures } from '../../domain/indicators/figure.js';
import type { Context } from '../context.js';
import { FigureUnitEnum, IndicatorEnum } from './figureEnums.js';

@ObjectType('Indicator', { description: 'One figure with what it is a share of.' })
export class IndicatorType {
  @Field(() => IndicatorEnum, { description: 'Which indicator.' })
  code!: IndicatorCode;
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

  @Field(() => String, { description: 'Its name, in the language of the caller.' })
  title(@Ctx() { language }: Context): string {
    return indicatorTitle(this.code, language);
  }
}

@ObjectType('Figures', { description: 'The figures of a period as they were reckoned.' })
export class FiguresType {
  #sizes: Figures | undefined;

  // Computed on demand: most queries select few fields.
  constructor(
    private readonly figuresOf: (codes: readonly IndicatorCode[]) => Figures,
    /** Expected time of computing the indicators, in milliseconds; 0 for figures that wait for no turn. */
    private readonly expectedMs = 0,
  ) {}

  @Field(() => Int, { description: 'N: firm points due in the period by the term in force.' })
  get planned(): number {
    return this.sizes().points;
  }
  @Field(() => Int, { description: 'N₀: firm points due in the period by the term that was approved first.' })
  get plannedFirst(): number {
    return this.sizes().firstTermPoints;
  }
  @Field(() => Int, { description: 'Soft points, counted apart and never overdue.' })
  get soft(): number {
    return this.sizes().softPoints;
  }
  @Field(() => [IndicatorType], { description: 'The indicators.' })
  async indicators(
    @Ctx() context: Context,
    @Arg('codes', () => [IndicatorEnum], { nullable: true, description: 'Only these; left out: every indicator.' })
    codes?: IndicatorCode[] | null,
  ): Promise<readonly IndicatorType[]> {
    if (this.expectedMs > 0) await context.turn(this.expectedMs);
    const wanted = codes ? INDICATORS.filter((code) => codes.includes(code)) : INDICATORS;
    return this.figuresOf(wanted).figures.map(indicatorType);
  }

  private sizes(): Figures {
    this.#sizes ??= this.figuresOf([]);
    return this.#sizes;
  }
}

/** Returns the GraphQL object of figures. */
export function figuresType({ figures, ...sizes }: Figures): FiguresType {
  return new FiguresType((codes) => ({ ...sizes, figures: figures.filter(({ code }) => codes.includes(code)) }));
}

function indicatorType(figure: Figure): IndicatorType {
  return Object.assign(new IndicatorType(), figure, { noData: figure.value === null });
}
