import { relative } from 'node:path';
import type { TerraformEnd } from './run-terraform';
import { PROVIDER_LOCK, type Workspace } from './workspace';

const SHOWN = 5;

/** Why Terraform failed, from its log: a line for each error, and what to do where that is known. */
export function failureLines(
  { log, logFile, exitCode }: TerraformEnd,
  workspace: Workspace,
  binary: string,
): readonly string[] {
  const errors = errorsIn(log);
  const shown = errors.length > 0 ? errors.slice(0, SHOWN) : [`Terraform ended with exit code ${exitCode}`];
  const more = errors.length > SHOWN ? [`${errors.length - SHOWN} more errors`] : [];
  return [
    ...shown,
    ...more,
    ...uninstalled(log),
    ...remedies(log, workspace, binary),
    `log: ${relative('.', logFile)}`,
  ];
}

/** Terraform prints `Error: <summary>`, then, each on its own line, what it is about: `with <address>,`, `on <place>`. */
function errorsIn(log: string): readonly string[] {
  const lines = log.split('\n');
  return lines.flatMap((line, index) => {
    const summary = /^Error: (.*)$/.exec(line)?.[1];
    if (summary === undefined) return [];
    const place = lines
      .slice(index + 1, index + 4)
      .map((near) => /^ {2}(?:with (\S+),|on \S+ line \d+, in (\S+):)/.exec(near))
      .find((found) => found);
    const where = place?.[1] ?? place?.[2];
    return [`Error: ${summary}${where === undefined ? '' : ` (${where})`}`];
  });
}

/** What stands below an error that says only that providers are missing: `- <address>: <reason>`, over several lines. */
function uninstalled(log: string): readonly string[] {
  const items = [...log.matchAll(/^- (\S+\/\S+\/\S+): ((?:.+\n)*.+)/gm)];
  return [
    ...new Set(items.map(([, address = '', reason = '']) => `${address}: ${reason.replace(/\s+/g, ' ')}`)),
  ];
}

function remedies(log: string, workspace: Workspace, binary: string): readonly string[] {
  if (/match any of the\s+checksums\s+previously\s+recorded/.test(log))
    return [
      `${PROVIDER_LOCK} knows no such provider for ${process.platform} on ${process.arch}; run make lock if it has no checksums for that, otherwise find out why another one is served`,
    ];
  if (/cannot\s+install\s+existing\s+provider\s+directory/.test(log))
    return [
      `providers in ${relative('.', workspace.work.providers())} have changed since they were installed; find out why, then remove that folder`,
    ];
  if (/^Error: Saved plan is stale/m.test(log))
    return ['the state has moved since the plan was made; plan again'];
  if (!/^Error: Error acquiring the state lock/m.test(log)) return [];
  const said = (name: string) => new RegExp(`^\\s*${name}:\\s*(\\S.*)$`, 'm').exec(log)?.[1]?.trim();
  const id = said('ID');
  if (id === undefined) return [];
  return [
    `locked by ${said('Who') ?? 'somebody'} since ${said('Created') ?? 'some time'}; wait, or if that run is gone: ${binary} -chdir=${relative('.', workspace.folder)} force-unlock ${id}`,
  ];
}
