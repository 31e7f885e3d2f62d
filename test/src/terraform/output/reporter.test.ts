import { Progress } from '../../../../src/terraform/output/progress';
import { reporterTo } from '../../../../src/terraform/output/reporter';

function collector(more: object = {}) {
  const written: string[] = [];
  return { written, write: (text: string) => written.push(text), ...more };
}

it('writes lines, warnings beside them, and no status where nobody watches', () => {
  const output = collector();
  const errors = collector();
  const reporter = reporterTo(output, errors);
  reporter.status('a, b ...');
  reporter.line('done');
  reporter.warn('odd');
  expect(output.written).toEqual(['done\n']);
  expect(errors.written).toEqual(['warning: odd\n']);
});

it('shows on a terminal what is running, on one line that the next one clears', () => {
  const output = collector({ isTTY: true, columns: 10 });
  const reporter = reporterTo(output, output);
  reporter.status('0123456789abc');
  reporter.line('done');
  reporter.warn('odd');
  expect(output.written).toEqual(['\r\u001b[K012345678', '\r\u001b[Kdone\n', '\r\u001b[Kwarning: odd\n']);
});

it('writes one line for each stack, with the time it took, and details below', () => {
  const lines: string[] = [];
  const statuses: string[] = [];
  let now = 0;
  const reporter = {
    line: (text: string) => lines.push(text),
    warn: () => undefined,
    status: (text: string) => statuses.push(text),
  };
  const progress = new Progress(reporter, [{ id: 'a' }, { id: 'longer' }, { id: 'b' }], () => now);
  progress.start('a');
  progress.start('longer');
  now = 12_400;
  progress.end('a', 'no changes');
  progress.end('longer', 'failed', ['why', 'log']);
  progress.end('b', 'not planned');
  expect(lines).toEqual([
    'a       no changes (12 s)',
    'longer  failed (12 s)',
    '  why',
    '  log',
    'b       not planned',
  ]);
  expect(statuses).toEqual(['a ...', 'a, longer ...', 'longer ...']);
});
