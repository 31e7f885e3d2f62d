import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runApply } from '../../src/commands/apply';
import { runMove } from '../../src/commands/move';
import { runPlan } from '../../src/commands/plan';
import { readMoves } from '../../src/config/moves';
import { Handovers } from '../../src/stacks/handovers';
import { stackId } from '../../src/stacks/base-stack';
import { stateLocation } from '../../src/terraform/state/state-store';
import { DriverEstate, place, readsStateOf, type DrivenStack } from './driver-estate';
import type { JsonObject } from './stack-document';

const FOUNDATION = place('foundation');
const WORKLOAD = place('workload');
const OLD = stackId(FOUNDATION);
const NEW = stackId(WORKLOAD);

let estate: DriverEstate;
let folder: string;
beforeEach(async () => {
  estate = await DriverEstate.start();
  folder = mkdtempSync(join(tmpdir(), 'driver-move-'));
});
afterEach(async () => {
  await estate.stop();
  rmSync(folder, { recursive: true, force: true });
});

const movesPath = () => join(folder, 'moves.json');
const outside = () => ({ ...estate.surroundings, movesPath });
const plan = () => runPlan({ scope: 'dev' }, outside());
const apply = () => runApply({ scope: 'dev' }, outside());

const topic = { aws_sns_topic: { alerts: { name: 'dev-alerts' } } };
const foundation = (more: object): DrivenStack => ({
  place: FOUNDATION,
  config: {
    resource: { aws_vpc: { network: { cidr_block: '10.0.0.0/16' } }, ...more },
    output: { vpc: { value: '${aws_vpc.network.id}' } },
  },
});
const workload = (more: object): DrivenStack => ({
  place: WORKLOAD,
  after: [OLD],
  config: {
    data: readsStateOf(FOUNDATION),
    resource: {
      aws_subnet: {
        a: { cidr_block: '10.0.0.0/24', vpc_id: '${data.terraform_remote_state.foundation.outputs.vpc}' },
      },
      ...more,
    },
  },
});

/** The stacks as synthesis writes them, with the moves that the file says. */
function withMoves(...stacks: readonly DrivenStack[]): readonly DrivenStack[] {
  const { file, list } = readMoves(movesPath(), 'environments/moves.json');
  return stacks.map((one) => {
    const handovers = new Handovers();
    for (const { from, to, resources } of list)
      for (const { id, ...resource } of resources) {
        if (to === stackId(one.place)) handovers.add(file, { takes: resource.to, id });
        const there = { stack: to, address: resource.to, ...stateLocation(WORKLOAD) };
        if (from === stackId(one.place)) handovers.add(file, { leaves: resource.from, for: there });
      }
    return { ...one, config: handovers.addTo(one.config, stackId(one.place)) as JsonObject };
  });
}

describe('a topic that the workload makes now, where the foundation made it', () => {
  beforeEach(async () => {
    await estate.write(foundation(topic), workload({}));
    for (let round = 0; round < 2; round += 1) {
      await plan();
      await apply();
    }
    await estate.write(foundation({}), workload(topic));
    await runMove({ from: `${OLD}:aws_sns_topic.alerts`, to: NEW }, outside());
    await estate.write(...withMoves(foundation({}), workload(topic)));
    estate.said();
  });

  it('is taken over first, then left, and is destroyed by nobody', async () => {
    await plan();
    await apply();
    expect(estate.said().filter((line) => line.startsWith('dev-'))).toEqual(
      expect.arrayContaining([
        `${OLD}  waiting for ${NEW} (to take over aws_sns_topic.alerts)`,
        `${NEW}    applied: 1 imported, 0 added, 0 changed, 0 replaced, 0 destroyed`,
      ]),
    );
    // whoever is killed here finds it in both states
    expect([estate.state(FOUNDATION), estate.state(WORKLOAD)]).toEqual([
      ['aws_sns_topic.alerts', 'aws_vpc.network'],
      ['aws_sns_topic.alerts', 'aws_subnet.a'],
    ]);
    await plan();
    await apply();
    expect(estate.said()).toContain(
      `${OLD}  applied: 0 added, 0 changed, 0 replaced, 0 destroyed, 1 forgotten`,
    );
    expect([estate.state(FOUNDATION), estate.state(WORKLOAD)]).toEqual([
      ['aws_vpc.network'],
      ['aws_sns_topic.alerts', 'aws_subnet.a'],
    ]);
    await plan();
    expect(estate.said()).toEqual([`${OLD}  no changes`, `${NEW}    no changes`]);
  });

  it('would be destroyed and made anew without the file', async () => {
    await estate.write(foundation({}), workload(topic));
    await plan();
    expect(estate.said()).toContain('  destroy aws_sns_topic.alerts in dev-us-east-1-foundation');
  });
});
