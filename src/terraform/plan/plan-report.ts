import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCommand, type Target } from '../output/command-text';
import { forgetText, importTexts, lossLines, orderedLosses, type PlanSummary } from './plan-summary';
import { revisionText, type Revision } from './revision';
import { waitingText, type Waiting } from '../stacks/waiting';

/** What became of each stack in a plan, with names and counts alone: anybody may read it, and builds may keep it. */
export interface PlanReport {
  readonly target: Target;
  /** In ISO 8601. */
  readonly at: string;
  readonly revision: Revision | undefined;
  readonly stacks: readonly ReportedStack[];
}

export interface ReportedStack {
  readonly id: string;
  readonly outcome: string;
  readonly summary?: PlanSummary;
  readonly waiting?: readonly Waiting[];
}

/** Writes `plan.md` for a pull request and `plan.json` for machines. */
export function writeReport(folder: string, report: PlanReport): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'plan.md'), markdown(report));
  writeFileSync(join(folder, 'plan.json'), `${JSON.stringify(report, undefined, 2)}\n`);
}

export function markdown({ target, at, revision, stacks }: PlanReport): string {
  const planned = plannedOf(stacks);
  const losses = orderedLosses(planned);
  const imports = importTexts(planned);
  return [
    `# Plan of ${target.scope}`,
    '',
    `Made ${at} at ${revisionText(revision)}. ${planned.length} of ${stacks.length} stacks to apply: \`${makeCommand('apply', target)}\``,
    '',
    '| stack | | add | change | replace | destroy |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...stacks.map(row),
    ...(imports.length === 0 ? [] : ['', '## Taken over', '']),
    ...imports.map(({ address, text }) => `- \`${address}\` from ${text}`),
    ...(losses.length === 0 ? [] : ['', '## Replaced and destroyed', '']),
    ...losses.map(
      ({ loss, text }) =>
        `- ${loss.stateful ? '**stateful** ' : ''}${text.replace(/^(\w+) (\S+)/, '$1 `$2`')}`,
    ),
    '',
  ].join('\n');
}

function row({ id, outcome, summary, waiting }: ReportedStack): string {
  const text = waiting ? waitingText(waiting) : `${outcome}${summary ? forgetText(summary) : ''}`;
  const counts = summary ? [summary.add, summary.change, summary.replace, summary.destroy] : ['', '', '', ''];
  return `| ${[id, text, ...counts].join(' | ')} |`;
}

export const plannedOf = (stacks: readonly ReportedStack[]) =>
  stacks.flatMap(({ id, summary }) => (summary ? [{ id, summary }] : []));

/** The same for the terminal. */
export function terminalLines({ stacks }: Pick<PlanReport, 'stacks'>): readonly string[] {
  const planned = plannedOf(stacks);
  const imports = importTexts(planned).map(({ address, text }) => `  ${address} from ${text}`);
  const losses = lossLines(planned);
  return [
    ...(imports.length > 0 ? ['To be taken over:', ...imports] : []),
    ...(losses.length > 0 ? ['To be destroyed or replaced:', ...losses] : []),
  ];
}
