import { receivedQueues } from '../../../modules/compute/queue-backlogs';
import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';
import { capabilitySchemas } from '../schema';
import { missingName, outdatedNames } from './former-name';

const entriesIn = (value: unknown): [string, unknown][] => (isMap(value) ? Object.entries(value) : []);

/** What services do with queues fits what the queues are. That they exist is another rule's to say. */
export function checkQueues(draft: Draft): void {
  const received = new Set<string>();
  for (const [service, settings] of entriesIn(draft.merged['services'])) {
    const uses = valueAt(settings, ['uses', 'queues']);
    const queues = isMap(uses) ? receivedQueues(uses) : [];
    for (const queue of queues) {
      received.add(queue);
      checkVisibility(draft, service, queue);
    }
    checkBacklog(draft, service, queues);
  }
  for (const [queue] of entriesIn(draft.merged['queues'])) {
    if (received.has(queue)) continue;
    draft.warn({
      path: ['queues', queue],
      rule: 'be received from by a service',
      hideValue: true,
      remedy: `say queues: { ${queue}: 'receive' } in the uses of one: messages wait for nobody`,
    });
  }
}

/** A task that is stopped finishes what it holds, and meanwhile nobody else may get it. */
function checkVisibility({ merged, report }: Draft, service: string, queue: string): void {
  const seconds = capabilitySchemas.queues.safeParse({ [queue]: valueAt(merged, ['queues', queue]) }).data?.[
    queue
  ]?.visibilityTimeoutSeconds;
  const stop = capabilitySchemas.services.safeParse({ [service]: valueAt(merged, ['services', service]) })
    .data?.[service]?.stopTimeoutSeconds;
  if (seconds === undefined || stop === undefined || seconds >= stop) return;
  report({
    path: ['queues', queue, 'visibilityTimeoutSeconds'],
    rule: `be at least ${stop}, the stopTimeoutSeconds of services.${service}: what a task finishes while it stops would be received a second time`,
    value: seconds,
    remedy: 'raise it, or lower stopTimeoutSeconds',
  });
}

/** Services scale on what they receive. */
function checkBacklog({ merged, report }: Draft, service: string, queues: readonly string[]): void {
  const path = ['services', service, 'tasks', 'scaleOn', 'messagesPerTask'];
  const said = valueAt(merged, path);
  if (typeof said === 'number' && queues.length !== 1) {
    report({
      path,
      rule:
        queues.length === 0
          ? 'be for a service that receives from a queue'
          : `name the queues, since the service receives from ${queues.length}`,
      value: said,
      remedy:
        queues.length === 0
          ? 'take it out, or name the queue in uses.queues with receive'
          : `write it like { ${queues[0]}: ${said} }`,
    });
  }
  for (const [queue] of entriesIn(said)) {
    if (queues.includes(queue)) continue;
    report({
      path: [...path, queue],
      rule: 'name one of the queues that the service receives from',
      value: queue,
      remedy: missingName(merged, 'queues', queue, queues),
    });
  }
}

/** A bucket tells queues that S3 can send to, where the bucket stands. */
export function checkBucketNotifications(draft: Draft): void {
  const { merged, report } = draft;
  for (const [bucket, settings] of entriesIn(merged['buckets']))
    for (const [queue] of entriesIn(valueAt(settings, ['notify']))) {
      const problem = whatIsWrong(draft, bucket, queue);
      if (problem) report({ path: ['buckets', bucket, 'notify', queue], value: queue, ...problem });
    }
}

function whatIsWrong(
  draft: Draft,
  bucket: string,
  queue: string,
): { readonly rule: string; readonly remedy: string } | undefined {
  const { merged } = draft;
  const outdated = outdatedNames(draft, 'queues');
  const known = entriesIn(merged['queues']).flatMap(([one]) => (outdated.has(one) ? [] : [one]));
  if (!known.includes(queue))
    return { rule: 'name one of queues', remedy: missingName(merged, 'queues', queue, known) };
  if (valueAt(merged, ['queues', queue, 'fifo']) !== undefined) {
    return {
      rule: 'name a queue without fifo, since S3 sends to no other',
      remedy: `take fifo out of queues.${queue}, or name another queue`,
    };
  }
  const stands = (kind: string, name: string) => valueAt(merged, [kind, name, 'standby']) !== undefined;
  if (!stands('buckets', bucket) || stands('queues', queue)) return undefined;
  return {
    rule: `stand in the standby region too, as buckets.${bucket}.standby says of the bucket`,
    remedy: `give queues.${queue} a standby, or take that of the bucket away`,
  };
}
