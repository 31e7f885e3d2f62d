import { Construct } from 'constructs';
import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import type { Naming } from '../naming/naming';
import type { Alarms, WatchedMetric } from './alarms';

/** What a dashboard shows of one thing. */
export type IWatched = Pick<Alarms, 'name' | 'watched'>;

export interface DashboardProps {
  readonly naming: Naming;
  /** Everything that has alarms. */
  readonly things: readonly IWatched[];
  /** Unique in the account. @default the environment and the region */
  readonly name?: string;
}

/** A dashboard is 24 columns wide. */
const COLUMNS = 24;
/** Of a graph: four of them stand beside each other. */
const WIDTH = 6;
const HEIGHT = 5;
/** CloudWatch shows the states of at most 100 alarms in one widget (API reference, Dashboard body structure). */
const MOST_ALARMS = 100;

/**
 * One page for an environment in a region: first which alarms ring, then of every thing the metrics that its
 * alarms watch, each with the line beyond which it rings. What has no alarm is not on it, so that whoever is
 * called at night sees what called them.
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { naming, things, name }: DashboardProps) {
    super(scope, id);
    const { environment, region } = naming.place;
    const shown = things.filter(({ watched }) => watched.length > 0);
    const sorted = [...shown].sort((a, b) => (a.name < b.name ? -1 : 1));
    new CloudwatchDashboard(this, 'Dashboard', {
      // dashboards of all regions of an account share one set of names
      dashboardName: name ?? `${environment}-${region}`,
      dashboardBody: JSON.stringify({ widgets: [...states(sorted, naming), ...graphs(sorted, region)] }),
    });
  }
}

type Widget = Readonly<Record<string, unknown>>;

/** Which alarms ring, all of them in rows of as many as a widget takes. */
function states(things: readonly IWatched[], { place }: Naming): Widget[] {
  const arns = things.flatMap(({ watched }) =>
    watched.map(({ alarmName }) => `arn:aws:cloudwatch:${place.region}:${place.account}:alarm:${alarmName}`),
  );
  return chunks(arns, MOST_ALARMS).map((alarms) => ({
    type: 'alarm',
    width: COLUMNS,
    height: HEIGHT,
    properties: { title: 'Alarms', alarms, states: ['ALARM', 'INSUFFICIENT_DATA'] },
  }));
}

/** A heading for each thing, and below it its graphs. CloudWatch puts widgets without a place one after the other. */
function graphs(things: readonly IWatched[], region: string): Widget[] {
  return things.flatMap(({ name, watched }) => [
    { type: 'text', width: COLUMNS, height: 1, properties: { markdown: `## ${name}` } },
    ...[...byMetric(watched)].map(([title, metrics]) => graph(title, metrics, region)),
  ]);
}

/** Alarms on one metric of several nodes are one graph: what differs between nodes is what one looks for. */
function byMetric(watched: readonly WatchedMetric[]): ReadonlyMap<string, readonly WatchedMetric[]> {
  const found = new Map<string, WatchedMetric[]>();
  for (const one of watched) {
    const title = `${one.metric} (${one.statistic})`;
    const known = found.get(title);
    if (known) known.push(one);
    else found.set(title, [one]);
  }
  return found;
}

function graph(title: string, metrics: readonly WatchedMetric[], region: string): Widget {
  const lines = new Map(metrics.map((one) => [`${one.bad ?? 'above'} ${one.threshold}`, one.threshold]));
  return {
    type: 'metric',
    width: WIDTH,
    height: HEIGHT,
    properties: {
      title,
      region,
      view: 'timeSeries',
      metrics: metrics.map(({ namespace, metric, dimensions, statistic, periodSeconds = 60 }) => [
        namespace,
        metric,
        ...Object.entries(dimensions).flat(),
        { stat: statistic, period: periodSeconds },
      ]),
      annotations: {
        horizontal: [...lines].map(([words, value]) => ({ label: `alarm ${words}`, value })),
      },
    },
  };
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  const rows = Math.ceil(all.length / size);
  return Array.from({ length: rows }, (_, row) => all.slice(row * size, (row + 1) * size));
}
