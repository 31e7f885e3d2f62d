import { variableName } from '../access/usable';
import type { Naming } from '../naming/naming';

/** What SQS wants at the end of the name of a queue that keeps its order. */
const ending = (fifo: object | undefined) => (fifo ? '.fifo' : '');

/** What a queue and its parts are called. Checking asks for them before anything is built. */
export const queueNames = (naming: Naming, name: string, fifo: object | undefined) => ({
  queue: `${naming.regional(name)}${ending(fifo)}`,
  // of the same kind as its queue, or SQS refuses it
  deadLetters: `${naming.regional(`${name}-dead-letters`)}${ending(fifo)}`,
  // a database or a service may have the same name, and alarms share one set of names
  alarms: naming.regional(`${name}-queue`),
});

/** A made ARN, for what a queue refers to before it stands. */
export const queueArn = ({ place: { region, account } }: Naming, queueName: string) =>
  `arn:aws:sqs:${region}:${account}:${queueName}`;

/** By which a client finds a queue. */
export const queueVariable = (name: string) => variableName('QUEUE', name, 'URL');
