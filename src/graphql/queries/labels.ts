import { Field, ObjectType, Query, Resolver } from 'type-graphql';
import { INDICATOR_TITLES } from '../../application/indicatorTitles.js';
import { ROLE_TEXTS } from '../../documents/printing/roles.js';
import {
  CLOSING_RULE_VALUES,
  CONFIDENCE_VALUES,
  DEADLINE_DAY_VALUES,
  DOCUMENT_TYPE_VALUES,
  EVIDENCE_VALUES,
  KIND_VALUES,
  LATENESS_VALUES,
  OUTCOME_VALUES,
  PAPER_DUE,
  PERIOD_KIND_VALUES,
  ROW_CHANGE_VALUES,
  STAMP_STATE_VALUES,
  STATUS_VALUES,
  TIMING_VALUES,
  UNIT_VALUES,
} from '../../documents/printing/valueWords.js';
import type { Sentence } from '../../domain/language.js';
import {
  ClosingRuleEnum,
  ConfidenceEnum,
  DeadlineDayEnum,
  DocumentTypeEnum,
  EvidenceEnum,
  LatenessRuleEnum,
  OutcomeEnum,
  PaperDueRuleEnum,
  PartyKindEnum,
  PeriodKindEnum,
  PlanStatusEnum,
  QuotaUnitEnum,
  ReportStatusEnum,
  RequestStatusEnum,
  RoleEnum,
  RouteKindEnum,
  RowChangeEnum,
  ScheduleKindEnum,
  StampKindEnum,
  StampStateEnum,
  TermKindEnum,
  TimingEnum,
} from '../types/enums.js';
import { IndicatorEnum, PeriodReportKindEnum } from '../types/figureEnums.js';

type EnumWords = readonly [values: Readonly<Record<string, string>>, words: Readonly<Record<string, Sentence>>];

/** The enums of the API whose values people read, with the words for each value. */
const ENUM_LABELS: Readonly<Record<string, EnumWords>> = {
  ClosingOutcomeKind: [OutcomeEnum, OUTCOME_VALUES],
  ClosingRule: [ClosingRuleEnum, CLOSING_RULE_VALUES],
  Confidence: [ConfidenceEnum, CONFIDENCE_VALUES],
  DeadlineDay: [DeadlineDayEnum, DEADLINE_DAY_VALUES],
  DocumentType: [DocumentTypeEnum, DOCUMENT_TYPE_VALUES],
  Evidence: [EvidenceEnum, EVIDENCE_VALUES],
  IndicatorCode: [IndicatorEnum, INDICATOR_TITLES],
  LatenessRule: [LatenessRuleEnum, LATENESS_VALUES],
  PaperDueRule: [PaperDueRuleEnum, PAPER_DUE],
  PartyKind: [PartyKindEnum, KIND_VALUES],
  PeriodKind: [PeriodKindEnum, PERIOD_KIND_VALUES],
  PeriodReportKind: [PeriodReportKindEnum, KIND_VALUES],
  PlanStatus: [PlanStatusEnum, STATUS_VALUES],
  QuotaUnit: [QuotaUnitEnum, UNIT_VALUES],
  ReportStatus: [ReportStatusEnum, STATUS_VALUES],
  RequestStatus: [RequestStatusEnum, STATUS_VALUES],
  Role: [RoleEnum, ROLE_TEXTS],
  RouteStepKind: [RouteKindEnum, KIND_VALUES],
  RowChange: [RowChangeEnum, ROW_CHANGE_VALUES],
  ScheduleKind: [ScheduleKindEnum, KIND_VALUES],
  SchoolTermKind: [TermKindEnum, KIND_VALUES],
  StampKind: [StampKindEnum, KIND_VALUES],
  StampState: [StampStateEnum, STAMP_STATE_VALUES],
  Timing: [TimingEnum, TIMING_VALUES],
};

@ObjectType({ description: 'The words for a value of an enum.' })
class ValueLabel {
  @Field(() => String, { description: 'The value, as the API has it.' })
  value!: string;
  @Field(() => String, { description: 'In Russian.' })
  ru!: string;
  @Field(() => String, { description: 'In English.' })
  en!: string;
}

@ObjectType({ description: 'The words for the values of an enum, in both languages.' })
class EnumLabels {
  @Field(() => String, { description: 'Name of the enum in this schema.' })
  name!: string;
  @Field(() => [ValueLabel], { description: 'Its values.' })
  values!: ValueLabel[];
}

@Resolver()
export class LabelQueries {
  @Query(() => [EnumLabels], {
    description:
      'Words in both languages for the values of the enums that people read: statuses, timings, kinds, indicators. Other enums are for programs, or their values have sentences in the answers.',
  })
  labels(): EnumLabels[] {
    return Object.entries(ENUM_LABELS).map(([name, [values, words]]) => ({
      name,
      values: Object.entries(values).map(([value, inner]) => {
        const [ru, en] = words[inner] ?? [value, value];
        return { value, ru, en };
      }),
    }));
  }
}
